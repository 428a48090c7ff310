using System.Diagnostics.CodeAnalysis;

namespace Aios.Jobs.Formats;

/// <summary>An absolute path in a container.</summary>
internal sealed class FolderInContainerFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "path";

    /// <inheritdoc/>
    public override string Expected => "an absolute path in the container such as \"/data\"";

    /// <inheritdoc/>
    protected override string Pattern => "^/[^\\u0000-\\u001f]*$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text;
        return text.StartsWith('/') && !text.Any(char.IsControl);
    }
}
