using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Works;

/// <summary>The path of a program, always inside <c>Programs/</c>.</summary>
internal sealed class ProgramFileFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "path";

    /// <inheritdoc/>
    public override string Expected =>
        "a path inside Programs/ such as \"report.py\" or \"tools/clean.sh\", with no .. or drive or / or ~ at its beginning";

    /// <inheritdoc/>
    protected override string Pattern => "^(?![/~])(?![A-Za-z]:)(?!(.*/)?\\.\\.(/|$))[^\\\\]*[^\\\\/]$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = null;
        if (text.Length == 0 || text[0] is '/' or '~' || text[^1] == '/')
            return false;
        if (text.Length > 1 && text[1] == ':' && char.IsAsciiLetter(text[0]))
            return false;
        if (text.Any(c => c == '\\' || char.IsControl(c)))
            return false;

        var segments = text.Split('/').Where(segment => segment is not ("" or ".")).ToArray();
        if (segments.Length == 0 || segments.Contains(".."))
            return false;

        accepted = string.Join('/', segments);
        return true;
    }
}
