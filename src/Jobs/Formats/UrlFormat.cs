using System.Diagnostics.CodeAnalysis;

namespace Aios.Jobs.Formats;

/// <summary>The address of something on the web, or where the address is, since it may be as good as a password.</summary>
internal sealed class UrlFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "URL";

    /// <inheritdoc/>
    public override string Expected => "a URL such as https://example.org/hook, or where it is: env:NAME or file:secrets/hook";

    /// <inheritdoc/>
    protected override string Pattern => "^(https?://.+|env:.+|file:.+)$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text.Trim();
        return IsPlace(accepted)
            || (Uri.TryCreate(accepted, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") && uri.Host.Length > 0);
    }

    /// <summary>Whether a text says where something is.</summary>
    public static bool IsPlace(string text) => Place(text, "env:") || Place(text, "file:");

    private static bool Place(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length && !text.Contains('\0');
}
