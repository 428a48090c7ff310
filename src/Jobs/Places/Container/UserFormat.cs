using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Places;

/// <summary>A user of an image, by name or number, with a group if need be.</summary>
internal sealed class UserFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "user";

    /// <inheritdoc/>
    public override string Expected => "a user of the image such as \"nobody\" or \"1000:1000\"";

    /// <inheritdoc/>
    protected override string Pattern => "^[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text;
        return text.Split(':') is { Length: 1 or 2 } parts && parts.All(IsName);
    }

    private static bool IsName(string text) =>
        text.Length > 0 && text[0] is not ('.' or '-') && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
