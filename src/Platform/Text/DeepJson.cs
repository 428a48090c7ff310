using System.Text.Json;

namespace Aios.Platform;

/// <summary>How deep arguments and results may be nested: as deep as Python and SQLite go, where the runtime's own default is 64.</summary>
internal static class DeepJson
{
    /// <summary>Levels.</summary>
    public const int MaxDepth = 1000;

    /// <summary>For reading a whole document.</summary>
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };
}
