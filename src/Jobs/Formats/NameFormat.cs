using System.Diagnostics.CodeAnalysis;

namespace Aios.Jobs.Formats;

/// <summary>A job's name: safe as part of a file name, of a URL and of an environment variable, so only ASCII.</summary>
internal sealed class NameFormat : TextFormat
{
    private const int Longest = 128;

    /// <inheritdoc/>
    public override string Kind => "name";

    /// <inheritdoc/>
    public override string Expected => $"1 to {Longest} of the characters A-Z a-z 0-9 _ - . with no dot at the beginning";

    /// <inheritdoc/>
    protected override string Pattern => "^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text;
        return text.Length is > 0 and <= Longest && text[0] != '.' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
    }
}
