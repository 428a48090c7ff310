using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Places;

/// <summary>The name of an image, with its registry and tag if need be.</summary>
internal sealed class ImageFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "image";

    /// <inheritdoc/>
    public override string Expected => "the name of an image such as \"python:3.13-slim\"";

    /// <inheritdoc/>
    protected override string Pattern => "^[A-Za-z0-9][^\\s\\u0000-\\u001f]*$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text;
        return text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }
}
