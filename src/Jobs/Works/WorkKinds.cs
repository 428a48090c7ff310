using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>The kinds of work. A kind is registered by its line here.</summary>
internal static class WorkKinds
{
    /// <summary>In the order in which a person reads about them.</summary>
    public static readonly ImmutableArray<WorkKind> All =
    [
        FileKind.Instance,
        CommandKind.Instance,
        ShellKind.Instance,
        LlmKind.Instance,
        FlowKind.Instance,
    ];
}
