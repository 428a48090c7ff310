using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Aios.Platform;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Aios.Notices;

/// <summary>
/// Hands mails to a server: STARTTLS or TLS from the first byte, AUTH PLAIN or LOGIN. A password is sent over a secure connection only,
/// to this very machine, or where the settings say so.
/// </summary>
internal sealed class MailSender(MailSettings? settings, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Sends a mail.</summary>
    /// <param name="addresses">To whom, with commas.</param>
    /// <param name="subject">One line.</param>
    /// <param name="text">The mail.</param>
    /// <param name="id">Tells it from all others, so that receivers can tell what comes twice.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<Delivery> Send(string addresses, string subject, string text, string id, CancellationToken cancel)
    {
        if (settings is null)
            return new Delivery("there is no mail server: set smtp (AIOS_SMTP) to one such as smtp://user:password@mail.example.org:587");
        if (settings.NeedsTls && !TlsSupport.IsAvailable)
            return new Delivery(TlsSupport.Advice);
        var to = addresses.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!to.All(IsAddress))
            return new Delivery("what was found there is not a mail address such as ops@example.org", IsHopeless: true);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Longest);
        try
        {
            using var mail = MailOf(to, subject, text, id);
            return await Submit(mail, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Delivery($"{settings.Host} has not taken the mail within {Longest.TotalSeconds:0} s");
        }
        catch (Exception error) when (ProblemOf(error) is { } problem)
        {
            return problem;
        }
    }

    private static bool IsAddress(string text) =>
        text.Contains('@', StringComparison.Ordinal) && !text.Any(letter => char.IsControl(letter) || letter is ' ' or '<' or '>');

    private MimeMessage MailOf(string[] to, string subject, string text, string id)
    {
        var from = new MailboxAddress("AIOS", settings!.From);
        var mail = new MimeMessage(
            [from],
            to.Select(address => new MailboxAddress(null, address)),
            OneLine(subject),
            new TextPart("plain") { Text = text, ContentTransferEncoding = ContentEncoding.Base64 }
        )
        {
            Date = clock.GetUtcNow(),
            MessageId = $"{id}@{from.Domain}",
        };
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }

    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private async Task<Delivery> Submit(MimeMessage mail, CancellationToken cancel)
    {
        string? distrust = null;
        using var server = new SmtpClient
        {
            LocalDomain = Uri.CheckHostName(Environment.MachineName) == UriHostNameType.Dns ? Environment.MachineName : "localhost",
            // A mail must not depend on a third server, which may be out of reach.
            CheckCertificateRevocation = false,
            // The library's own check is the same, but its words have several lines.
            ServerCertificateValidationCallback = (_, _, chain, errors) =>
            {
                distrust = errors == SslPolicyErrors.None ? null : Distrust(errors, chain);
                return distrust is null;
            },
        };
        // This machine may offer STARTTLS without a good certificate for it.
        var security =
            settings!.IsTls ? SecureSocketOptions.SslOnConnect
            : settings.NeedsTls ? SecureSocketOptions.StartTls
            : SecureSocketOptions.None;
        try
        {
            await server.ConnectAsync(settings.Host, settings.Port, security, cancel).ConfigureAwait(false);
        }
        catch (SslHandshakeException) when (distrust is not null)
        {
            return new Delivery($"{settings.Host}: {distrust}");
        }

        if (settings.User is { } user)
        {
            if (WayToLogIn(server, user) is not { } way)
                return new Delivery(
                    $"{settings.Host} offers neither AUTH PLAIN nor AUTH LOGIN{(server.IsSecure ? "" : " without TLS")}",
                    IsHopeless: true
                );
            await server.AuthenticateAsync(way, cancel).ConfigureAwait(false);
        }

        await server.SendAsync(mail, cancel).ConfigureAwait(false);
        await server.DisconnectAsync(quit: true, cancel).ConfigureAwait(false);
        return Delivery.Done;
    }

    private static string Distrust(SslPolicyErrors errors, X509Chain? chain) =>
        $"the server's certificate is not trusted: {errors}{string.Concat(chain?.ChainStatus.Select(link => $", {link.Status}") ?? [])}";

    private SaslMechanism? WayToLogIn(SmtpClient server, string user) =>
        server.AuthenticationMechanisms.Contains("PLAIN") ? new SaslMechanismPlain(user, settings!.Password)
        : server.AuthenticationMechanisms.Contains("LOGIN") ? new SaslMechanismLogin(user, settings!.Password)
        : null;

    private Delivery? ProblemOf(Exception error) =>
        error switch
        {
            AuthenticationException => NotLoggedIn(error.Message),
            SmtpCommandException { Mailbox: { } mailbox } refused => Refused(
                $"{(refused.ErrorCode == SmtpErrorCode.SenderNotAccepted ? "MAIL FROM" : "RCPT TO")}:<{mailbox.Address}>",
                (int)refused.StatusCode,
                refused.Message
            ),
            SmtpCommandException refused => Refused("the mail", (int)refused.StatusCode, refused.Message),
            NotSupportedException => new Delivery(
                $"{settings!.Host} offers no TLS (STARTTLS), and nothing is sent where others can read it. If that is meant so, "
                    + "add ?tls=off to smtp",
                IsHopeless: true
            ),
            SmtpProtocolException => new Delivery($"{settings!.Host}: the server does not speak SMTP, or ended the conversation"),
            SslHandshakeException or IOException or SocketException => new Delivery(
                $"{settings!.Host}: {OneLine((error.InnerException ?? error).Message).TrimEnd('.')}"
            ),
            _ => null,
        };

    // The library tells the server's code only in its words: "535: no".
    private Delivery NotLoggedIn(string words)
    {
        var parts = words.Split(": ", 2);
        return int.TryParse(parts[0], out var code)
            ? Refused("the user or the password", code, parts[^1])
            : new Delivery($"{settings!.Host} refuses the user or the password: {OneLine(words)}");
    }

    private Delivery Refused(string what, int code, string words) =>
        new($"{settings!.Host} refuses {what}: {code} {OneLine(words)}", IsHopeless: code >= 500);
}
