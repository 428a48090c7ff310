using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Works;

/// <summary>A command line for a shell.</summary>
internal sealed class ShellFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "string";

    /// <inheritdoc/>
    public override string Expected => "a command line for /bin/sh such as \"pg_dump shop | gzip > shop.gz\"";

    /// <inheritdoc/>
    protected override string Pattern => "\\S";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text;
        return !string.IsNullOrWhiteSpace(text) && !text.Contains('\0');
    }
}
