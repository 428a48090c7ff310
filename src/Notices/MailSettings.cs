using System.Globalization;

namespace Aios.Notices;

/// <summary>
/// The server that takes mails, from a URL: <c>smtp://user:password@host:587</c>, or <c>smtps://</c> for TLS from the first byte.
/// </summary>
internal sealed record MailSettings
{
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;

    /// <summary>The server's name.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public required int Port { get; init; }

    /// <summary>Whether TLS is spoken from the first byte.</summary>
    public bool IsTls { get; init; }

    /// <summary>
    /// Whether the connection must be made secure; not for a server on this machine unless the URL says <c>?tls=on</c>, and not
    /// if it says <c>?tls=off</c>.
    /// </summary>
    public bool NeedsTls { get; init; }

    /// <summary>As whom; null for nobody.</summary>
    public string? User { get; init; }

    /// <summary>With which password.</summary>
    public string Password { get; init; } = "";

    /// <summary>From whom the mails are.</summary>
    public required string From { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <param name="url">The server; null for none.</param>
    /// <param name="from">From whom; null for <c>aios@</c> and the machine's name.</param>
    /// <exception cref="NoticeException">They make no sense.</exception>
    public static MailSettings? Parse(string? url, string? from)
    {
        if (url is null)
            return null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0)
            throw new NoticeException(
                "smtp (AIOS_SMTP): expected a URL such as smtp://user:password@mail.example.org:587 or smtps://mail.example.org; letters "
                    + "such as @ or / in the password are written %40, %2F."
            );
        var parts = uri.UserInfo.Split(':', 2);
        var isTls = uri.Scheme == "smtps";
        return new MailSettings
        {
            Host = uri.Host,
            Port =
                uri.Port > 0 ? uri.Port
                : isTls ? TlsPort
                : SubmissionPort,
            IsTls = isTls,
            NeedsTls = isTls || uri.Query == "?tls=on" || !(uri.IsLoopback || uri.Query == "?tls=off"),
            User = parts[0].Length > 0 ? Uri.UnescapeDataString(parts[0]) : null,
            Password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "",
            From = Sender(from),
        };
    }

    private static string Sender(string? from)
    {
        var address = from ?? string.Create(CultureInfo.InvariantCulture, $"aios@{Environment.MachineName}");
        return
            address.Count(letter => letter == '@') == 1
            && !address.Any(letter => char.IsControl(letter) || letter is ' ' or '<' or '>' or ',')
            ? address
            : throw new NoticeException(
                $"smtp_from (AIOS_SMTP_FROM): found \"{address}\", expected a mail address such as aios@example.org."
            );
    }
}
