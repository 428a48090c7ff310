using System.Diagnostics.CodeAnalysis;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Places;

/// <summary>A network of the engine.</summary>
internal sealed class NetworkFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "network";

    /// <inheritdoc/>
    public override string Expected => "bridge, none, host, or the name of a network of the engine";

    /// <inheritdoc/>
    protected override string Pattern => "^[A-Za-z0-9][A-Za-z0-9_.-]*$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text;
        return text.Length > 0
            && char.IsAsciiLetterOrDigit(text[0])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
    }
}
