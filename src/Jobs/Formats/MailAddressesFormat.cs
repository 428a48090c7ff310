using System.Diagnostics.CodeAnalysis;

namespace Aios.Jobs.Formats;

/// <summary>One mail address, or several with commas between them, or where they are.</summary>
internal sealed class MailAddressesFormat : TextFormat
{
    /// <inheritdoc/>
    public override string Kind => "mail address";

    /// <inheritdoc/>
    public override string Expected =>
        "a mail address such as ops@example.org, several with commas, or where they are: env:NAME or file:path";

    /// <inheritdoc/>
    protected override string Pattern => "^([^@\\s,]+@[^@\\s,]+(,\\s*[^@\\s,]+@[^@\\s,]+)*|env:.+|file:.+)$";

    /// <inheritdoc/>
    protected override bool TryAccept(string text, [MaybeNullWhen(false)] out string accepted)
    {
        accepted = text.Trim();
        if (UrlFormat.IsPlace(accepted))
            return true;
        var addresses = accepted.Split(',', StringSplitOptions.TrimEntries);
        accepted = string.Join(", ", addresses);
        return addresses.All(IsAddress);
    }

    private static bool IsAddress(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && at < text.Length - 1
            && text.LastIndexOf('@') == at
            && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '<' or '>' or ';');
    }
}
