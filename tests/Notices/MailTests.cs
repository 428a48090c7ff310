using System.Text;
using Aios.Notices;
using MimeKit;

namespace Aios.Tests.Notices;

/// <summary>Mails, handed to a real server.</summary>
public sealed class MailTests
{
    private const string Password = "s:e@c/r!t ü";
    private static readonly string Url = $"smtp://ada:{Uri.EscapeDataString(Password)}@localhost";

    [Fact]
    public async Task A_mail_arrives_whole_whatever_is_in_it()
    {
        using var server = new MailReceiver();
        var text = "Größe: 5 µ\n.\n.hidden\r\nSubject: none\n" + new string('x', 5000);
        Assert.Null(
            (
                await Send(
                    server,
                    Url,
                    "a@example.org, b@example.org",
                    "[AIOS] Störung\r\nBcc: eve@example.org " + new string('ß', 60),
                    text
                )
            ).Problem
        );

        var lines = server.Lines.ToList();
        Assert.Equal(
            [
                $"AUTH PLAIN {Base64($"\0ada\0{Password}")}",
                "MAIL FROM:<aios@example.org>",
                "RCPT TO:<a@example.org>",
                "RCPT TO:<b@example.org>",
                "DATA",
            ],
            lines.Skip(1).Take(5)
        );
        Assert.Equal(text, Assert.Single(server.Texts));
        Assert.All(lines, line => Assert.True(line.Length < 200 && line.All(char.IsAscii)));
        Assert.DoesNotContain(lines, line => line.StartsWith("Bcc", StringComparison.Ordinal));
        var header = string.Join("\r\n", lines.SkipWhile(line => line != "DATA").Skip(1).TakeWhile(line => line.Length > 0));
        using var mail = MimeMessage.Load(new MemoryStream(Encoding.ASCII.GetBytes(header + "\r\n\r\n")));
        Assert.Equal("[AIOS] Störung  Bcc: eve@example.org " + new string('ß', 60), mail.Subject);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("\"AIOS\" <aios@example.org>", mail.From.ToString());
        Assert.Equal("db-1@example.org", mail.MessageId);
    }

    [Fact]
    public async Task The_other_way_to_log_in_is_taken_where_there_is_no_better()
    {
        using var server = new MailReceiver { Offers = ["SIZE 1000", "AUTH CRAM-MD5 LOGIN"] };
        Assert.Null((await Send(server, Url)).Problem);
        Assert.Equal(["AUTH LOGIN", Base64("ada"), Base64(Password)], server.Lines.Skip(1).Take(3));
    }

    [Theory]
    [InlineData("AUTH CRAM-MD5", "neither AUTH PLAIN nor AUTH LOGIN")]
    [InlineData("SIZE 5", "neither AUTH PLAIN nor AUTH LOGIN")]
    public async Task Nothing_is_sent_where_there_is_no_way_to_log_in(string offer, string problem)
    {
        using var server = new MailReceiver { Offers = [offer] };
        var result = await Send(server, Url);
        Assert.True(result.IsHopeless);
        Assert.Contains(problem, result.Problem, StringComparison.Ordinal);
        Assert.Single(server.Lines);
    }

    [Theory]
    [InlineData("AUTH", "535 no", true, "the user or the password: 535 no")]
    [InlineData("RCPT", "550 unknown", true, "RCPT TO:<a@example.org>: 550 unknown")]
    [InlineData("MAIL", "451 later", false, "451 later")]
    [InlineData("EHLO", "421 busy", false, "ended the conversation")]
    [InlineData("AUTH", "454 later", false, "the user or the password: 454 later")]
    [InlineData("MAIL", "nonsense", false, "does not speak SMTP")]
    public async Task What_the_server_refuses_is_told_and_tried_again_if_that_may_help(
        string command,
        string answer,
        bool hopeless,
        string problem
    )
    {
        using var server = new MailReceiver { Refuses = (command, answer) };
        var result = await Send(server, Url);
        Assert.Contains(problem, result.Problem, StringComparison.Ordinal);
        Assert.Equal(hopeless, result.IsHopeless);
        Assert.DoesNotContain("s:e@c", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_in_the_open_where_tls_is_wanted()
    {
        using var server = new MailReceiver();
        var result = await Send(server, Url, query: "?tls=on");
        Assert.Contains("offers no TLS", result.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Lines, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_sent_to_a_server_whose_certificate_is_not_good(bool isTls)
    {
        using var server = new MailReceiver { Offers = ["STARTTLS", "AUTH PLAIN"], IsTls = isTls };
        var result = await Send(
            server,
            isTls ? Url.Replace("smtp:", "smtps:", StringComparison.Ordinal) : Url,
            query: isTls ? "" : "?tls=on"
        );
        Assert.Contains("certificate", result.Problem, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(server.Lines, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_from_elsewhere_cannot_say_more_than_an_address()
    {
        using var server = new MailReceiver();
        Assert.True((await Send(server, Url, "a@example.org>\r\nRCPT TO:<eve@example.org")).IsHopeless);
        Assert.Empty(server.Lines);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told() =>
        Assert.Contains(
            "127.0.0.1: ",
            (
                await new MailSender(MailSettings.Parse("smtp://127.0.0.1:1", null), TimeProvider.System).Send(
                    "a@b",
                    "s",
                    "t",
                    "i",
                    CancellationToken.None
                )
            ).Problem,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("smtp://mail.example.org", 587, false, true)]
    [InlineData("smtps://mail.example.org", 465, true, true)]
    [InlineData("smtp://localhost:25", 25, false, false)]
    [InlineData("smtp://mail.example.org:25?tls=off", 25, false, false)]
    public void The_settings_are_read(string url, int port, bool isTls, bool needsTls)
    {
        var settings = MailSettings.Parse(url, "me@example.org")!;
        Assert.Equal(
            (port, isTls, needsTls, "me@example.org", null),
            (settings.Port, settings.IsTls, settings.NeedsTls, settings.From, settings.User)
        );
    }

    [Theory]
    [InlineData("mail.example.org", null)]
    [InlineData("http://mail.example.org", null)]
    [InlineData("smtp://x", "nobody")]
    [InlineData("smtp://x", "a@b\r\nBcc: c@d")]
    public void Settings_that_make_no_sense_are_told(string url, string? from) =>
        Assert.Throws<NoticeException>(() => MailSettings.Parse(url, from));

    private static Task<Delivery> Send(
        MailReceiver server,
        string url,
        string to = "a@example.org",
        string subject = "s",
        string text = "t",
        string query = ""
    ) =>
        new MailSender(MailSettings.Parse($"{url}:{server.Port}{query}", "aios@example.org"), TimeProvider.System).Send(
            to,
            subject,
            text,
            "db-1",
            CancellationToken.None
        );

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
