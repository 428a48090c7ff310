using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Aios.Tests.Support;

/// <summary>A small real mail server that keeps what it is sent.</summary>
internal sealed class MailReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;

    public MailReceiver()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        _listener.Start();
        _ = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Its certificate, for those that shall trust it.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>What it offers after EHLO.</summary>
    public string[] Offers { get; init; } = ["AUTH PLAIN LOGIN"];

    /// <summary>Whether TLS is spoken from the first byte.</summary>
    public bool IsTls { get; init; }

    /// <summary>What it refuses, and with which answer.</summary>
    public (string Command, string Answer)? Refuses { get; init; }

    /// <summary>All that it was told, line by line; "(tls)" where the connection became secure.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>The text of the mails, decoded.</summary>
    public IEnumerable<string> Texts
    {
        get
        {
            var mails = $"{string.Join('\n', Lines)}\n".Split("\nDATA\n").Skip(1).Select(mail => mail.Split("\n.\n")[0]);
            return mails.Select(mail =>
                Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(mail.Split("\n\n", 2)[1].Split('\n'))))
            );
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
                _ = Answer(await _listener.AcceptTcpClientAsync().ConfigureAwait(false));
        }
        catch (Exception error) when (error is ObjectDisposedException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task Answer(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (IsTls)
                    stream = await Secure(stream).ConfigureAwait(false);
                await Say(stream, "220 here").ConfigureAwait(false);
                while (await Line(stream).ConfigureAwait(false) is { } line)
                {
                    Lines.Enqueue(line);
                    var reply = await ReplyTo(line, stream).ConfigureAwait(false);
                    await Say(stream, reply).ConfigureAwait(false);
                    // RFC 5321: that closes the connection.
                    if (reply.StartsWith("421", StringComparison.Ordinal))
                        return;
                    if (line == "STARTTLS")
                        stream = await Secure(stream).ConfigureAwait(false);
                }
            }
            catch (Exception error) when (error is IOException or AuthenticationException or ObjectDisposedException)
            {
                Lines.Enqueue("(gone)");
            }
        }
    }

    private async Task<string> ReplyTo(string line, Stream stream)
    {
        if (Refuses is { } refused && line.StartsWith(refused.Command, StringComparison.Ordinal))
            return refused.Answer;
        var word = line.Split(' ')[0];
        if (word == "EHLO")
            return string.Join("\r\n", Offers.Select(offer => $"250-{offer}").Append("250 8BITMIME"));
        if (line == "AUTH LOGIN")
        {
            await Say(stream, "334 VXNlcm5hbWU6").ConfigureAwait(false);
            Lines.Enqueue(await Line(stream).ConfigureAwait(false) ?? "");
            await Say(stream, "334 UGFzc3dvcmQ6").ConfigureAwait(false);
            Lines.Enqueue(await Line(stream).ConfigureAwait(false) ?? "");
            return "235 ok";
        }

        if (word != "DATA")
            return word is "AUTH" ? "235 ok"
                : word is "QUIT" ? "221 bye"
                : word is "STARTTLS" ? "220 go on"
                : "250 ok";
        await Say(stream, "354 go on").ConfigureAwait(false);
        while (await Line(stream).ConfigureAwait(false) is { } text)
        {
            Lines.Enqueue(text);
            if (text == ".")
                break;
        }

        return "250 taken";
    }

    private async Task<Stream> Secure(Stream stream)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(_certificate).ConfigureAwait(false);
        Lines.Enqueue("(tls)");
        return secure;
    }

    private static async Task Say(Stream stream, string text) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n")).ConfigureAwait(false);

    // Byte by byte: what comes after a line may already be TLS.
    private static async Task<string?> Line(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one).ConfigureAwait(false) == 1)
        {
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        return null;
    }
}
