using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Aios.Platform;

namespace Aios.Notices;

/// <summary>
/// Hands mails to a server (RFC 6409): STARTTLS or TLS from the first byte, AUTH PLAIN or LOGIN. A password is sent over
/// a secure connection only, to this very machine, or where the settings say so.
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
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Longest);
        try
        {
            var to = addresses.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (
                to.FirstOrDefault(address =>
                    !address.Contains('@', StringComparison.Ordinal)
                    || address.Any(letter => char.IsControl(letter) || letter is ' ' or '<' or '>')
                )
                is not null
            )
                return new Delivery("what was found there is not a mail address such as ops@example.org", IsHopeless: true);
            return await Submit(to, MailText.Of(settings.From, to, subject, text, id, clock.GetUtcNow()), limit.Token)
                .ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or AuthenticationException)
        {
            return new Delivery($"{settings.Host}: {(error.InnerException ?? error).Message.TrimEnd('.')}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Delivery($"{settings.Host} has not taken the mail within {Longest.TotalSeconds:0} s");
        }
    }

    private async Task<Delivery> Submit(string[] to, string mail, CancellationToken cancel)
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(settings!.Host, settings.Port, cancel).ConfigureAwait(false);
        await using var server = new SmtpTransport(socket);
        if (settings.IsTls)
            await server.Secure(settings.Host, cancel).ConfigureAwait(false);
        if (await server.Answer(cancel).ConfigureAwait(false) is { IsGood: false } refused)
            return Refused(refused, "greeting");
        var (offers, problem) = await Greet(server, cancel).ConfigureAwait(false);
        problem ??= await LogIn(server, offers, cancel).ConfigureAwait(false);
        if (problem is not null)
            return problem;
        foreach (var line in to.Select(address => $"RCPT TO:<{address}>").Prepend($"MAIL FROM:<{settings.From}>").Append("DATA"))
        {
            if (await server.Ask(line, cancel).ConfigureAwait(false) is { IsGood: false } bad)
                return Refused(bad, line);
        }

        await server.Send(mail, cancel).ConfigureAwait(false);
        if (await server.Ask(".", cancel).ConfigureAwait(false) is { IsGood: false } notTaken)
            return Refused(notTaken, "the mail");
        await server.Send("QUIT\r\n", cancel).ConfigureAwait(false);
        return Delivery.Done;
    }

    private async Task<(SmtpReply Offers, Delivery? Problem)> Greet(SmtpTransport server, CancellationToken cancel)
    {
        var hello = $"EHLO {(Uri.CheckHostName(Environment.MachineName) == UriHostNameType.Dns ? Environment.MachineName : "localhost")}";
        var offers = await server.Ask(hello, cancel).ConfigureAwait(false);
        if (!offers.IsGood)
            return (offers, Refused(offers, "EHLO"));
        if (server.IsSecure || !Offers(offers, "STARTTLS"))
            return (
                offers,
                server.IsSecure || !settings!.NeedsTls
                    ? null
                    : new Delivery(
                        $"{settings.Host} offers no TLS (STARTTLS), and nothing is sent where others can read it. If that is meant so, "
                            + $"add ?tls=off to smtp",
                        IsHopeless: true
                    )
            );
        // This machine may offer what it has no good certificate for.
        if (!settings!.NeedsTls)
            return (offers, null);
        if (await server.Ask("STARTTLS", cancel).ConfigureAwait(false) is { IsGood: false } refused)
            return (offers, Refused(refused, "STARTTLS"));
        await server.Secure(settings.Host, cancel).ConfigureAwait(false);
        return (await server.Ask(hello, cancel).ConfigureAwait(false), null);
    }

    private async Task<Delivery?> LogIn(SmtpTransport server, SmtpReply offers, CancellationToken cancel)
    {
        if (settings!.User is not { } user)
            return null;
        var ways = offers
            .Lines.FirstOrDefault(line => line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase))
            ?.ToUpperInvariant()
            .Split([' ', '='])[1..]
            ?? [];
        SmtpReply reply;
        if (ways.Contains("PLAIN"))
            reply = await server.Ask($"AUTH PLAIN {Base64($"\0{user}\0{settings.Password}")}", cancel).ConfigureAwait(false);
        else if (ways.Contains("LOGIN"))
        {
            reply = await server.Ask("AUTH LOGIN", cancel).ConfigureAwait(false);
            if (reply.Code == 334)
                reply = await server.Ask(Base64(user), cancel).ConfigureAwait(false);
            if (reply.Code == 334)
                reply = await server.Ask(Base64(settings.Password), cancel).ConfigureAwait(false);
        }
        else
            return new Delivery(
                $"{settings.Host} offers neither AUTH PLAIN nor AUTH LOGIN{(server.IsSecure ? "" : " without TLS")}",
                IsHopeless: true
            );
        return reply.Code == 235 ? null : Refused(reply, "the user or the password");
    }

    private static bool Offers(SmtpReply reply, string word) =>
        reply.Lines.Any(line => line.Equals(word, StringComparison.OrdinalIgnoreCase));

    private Delivery Refused(SmtpReply reply, string what) =>
        new($"{settings!.Host} refuses {what}: {reply}", IsHopeless: reply.Code >= 500);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
