using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Works;

/// <summary>Where a Python is: a path, relative to the home, or a name on the PATH.</summary>
internal sealed class InterpreterFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "path";

    /// <inheritdoc/>
    public override string Expected =>
        "the path of a Python or of a virtual environment such as \"envs/ml\", or a name on the PATH such as \"python3.12\"";

    /// <inheritdoc/>
    protected override string Pattern => "^[^~\\s\\u0000-\\u001f][^\\u0000-\\u001f]*$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text;
        return text.Length > 0 && text[0] != '~' && !char.IsWhiteSpace(text[0]) && !text.Any(char.IsControl);
    }
}
