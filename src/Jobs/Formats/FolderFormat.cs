using System.Diagnostics.CodeAnalysis;

namespace Aios.Jobs.Formats;

/// <summary>A folder: of this machine, relative to the home or absolute, or absolute in a container.</summary>
internal sealed class FolderFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "path";

    /// <inheritdoc/>
    public override string Expected =>
        "the path of a folder such as \"/srv/shop\", or from the home such as \"data\"; write out what ~ or a variable stands for";

    /// <inheritdoc/>
    protected override string Pattern => "^[^~$\\s\\u0000-\\u001f][^\\u0000-\\u001f]*$";

    /// <summary>Whether it means the same wherever it is read.</summary>
    public static bool IsAbsolute(string? folder) => folder is not null && folder.StartsWith('/');

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text;
        return text.Length > 0 && text[0] is not ('~' or '$') && !char.IsWhiteSpace(text[0]) && !text.Any(char.IsControl);
    }
}
