using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>Somebody is told when something is wrong: by real web and mail servers, and whatever happens to the daemon.</summary>
public sealed class NoticeTests
{
    [RequiresFact]
    public void A_failure_and_the_recovery_reach_a_webhook_slack_and_a_program()
    {
        using var web = new HttpReceiver();
        using var home = new AiosHome();
        home.WriteJobs(
            $$"""
            - name: flaky
              type: trigger
              command: [test, -e, good]
              env: {TOKEN: very-secret}
              notify:
                - webhook: {{web.Url}}/plain?token=very-secret
                - slack: file:slack-hook
                - command: [sh, -c, 'echo "$AIOS_NOTICE_EVENT: $AIOS_NOTICE_TEXT" >> told; echo "$AIOS_KWARGS" > kwargs']
            """
        );
        File.WriteAllText(home.In("slack-hook"), $"{web.Url}/slack\n");
        home.Start("--device-id", "box");
        home.Closed(home.Insert("flaky"));
        home.WaitFor(() => web.Requests.Count == 2 && Told() == 3, "the failure is told");
        var plain = JsonDocument.Parse(BodyOf("/plain")).RootElement;
        Assert.Equal(
            ("failure", "flaky", "box"),
            (plain.GetProperty("event").GetString(), plain.GetProperty("job_name").GetString(), plain.GetProperty("device").GetString())
        );
        Assert.Contains(
            "has failed on box: ",
            JsonDocument.Parse(BodyOf("/slack")).RootElement.GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        Assert.StartsWith("failure: Job \"flaky\" has failed on box: ", File.ReadAllText(home.In("told")), StringComparison.Ordinal);
        Assert.Equal("flaky", JsonDocument.Parse(File.ReadAllText(home.In("kwargs"))).RootElement.GetProperty("job_name").GetString());

        File.WriteAllText(home.In("good"), "");
        home.Closed(home.Insert("flaky"));
        home.WaitFor(() => web.Requests.Count == 4 && Told() == 6, "the recovery is told");
        Assert.Equal("recovery", home.Get<string>("SELECT event FROM notices ORDER BY id DESC LIMIT 1"));
        Assert.DoesNotContain(
            "very-secret",
            string.Concat(
                home.Column("SELECT message || channel || outcome FROM notices")
                    .Concat(home.Column("SELECT coalesce(after, '') FROM audit"))
                    .Concat(home.Column("SELECT message FROM logs"))
            ),
            StringComparison.Ordinal
        );

        int Told() => home.Get<int>("SELECT count(*) FROM notices WHERE outcome = 'told'");
        string BodyOf(string path) => web.Requests.First(request => request.Line.Contains(path, StringComparison.Ordinal)).Body;
    }

    [RequiresFact]
    public void A_notice_that_could_not_be_told_is_told_by_the_next_daemon()
    {
        using var web = new HttpReceiver();
        using var home = new AiosHome(
            $$"""
            - {name: bad, type: trigger, command: ["false"], notify: {webhook: "{{web.Url}}/"} }
            """
        );
        for (var i = 0; i < 3; i++)
            web.AnswerNext("503 Busy");
        var daemon = home.Start();
        home.Closed(home.Insert("bad"));
        home.WaitFor(() => home.Get<int>("SELECT attempts FROM notices") > 0, "it was tried");
        daemon.Kill();
        home.Start();
        home.WaitFor(() => home.Get<string>("SELECT outcome FROM notices") == "told", "it is told", 60);
        Assert.Single(web.Bodies.Select(body => JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()).Distinct());
    }

    [RequiresFact]
    public void A_receiver_that_never_answers_holds_up_nothing()
    {
        var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}";
        using var home = new AiosHome(
            $$"""
            defaults: {notify: [{webhook: "{{url}}/", repeat: 0}], ping: "{{url}}/x"}
            jobs: [{name: tick, type: interval, interval: 100ms, command: ["false"]}]
            """
        );
        var daemon = home.Start();
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM runs WHERE status = 'failed'") >= 40, "runs go on", 60);
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM notices WHERE closed IS NOT NULL"));
        Assert.True(home.Get<int>("SELECT count(*) FROM notices") >= 30);
        Assert.Equal(0, daemon.Stop());
        silent.Dispose();
    }

    [RequiresFact]
    public void A_job_that_does_not_come_is_late_and_a_heartbeat_service_hears_of_each_run()
    {
        using var web = new HttpReceiver();
        using var home = new AiosHome(
            $$"""
            - {name: dead, type: trigger, command: ["true"], deadline: 1s, notify: {webhook: "{{web.Url}}/late", on: late} }
            - {name: beat, type: trigger, command: [test, -e, good], ping: "{{web.Url}}/beat"}
            """
        );
        home.Start();
        home.Closed(home.Insert("beat"));
        File.WriteAllText(home.In("good"), "");
        home.Closed(home.Insert("beat"));
        home.WaitFor(() => Lines("/beat").Count == 4, "the heartbeats");
        Assert.Equal(
            ["GET /beat/start HTTP/1.1", "POST /beat/fail HTTP/1.1", "GET /beat/start HTTP/1.1", "GET /beat HTTP/1.1"],
            Lines("/beat")
        );
        home.WaitFor(() => Lines("/late").Count == 1, "it is late", 60);

        List<string> Lines(string path) =>
            [.. web.Requests.Select(request => request.Line).Where(line => line.Contains(path, StringComparison.Ordinal))];
    }

    [RequiresFact]
    public void A_mail_is_tried_from_the_command_line_over_tls()
    {
        using var server = new MailReceiver { Offers = ["STARTTLS", "AUTH PLAIN"] };
        using var home = new AiosHome(
            "- {name: report, type: trigger, command: [\"true\"], notify: [{email: ops@example.org}, {command: [sh, -c, 'echo no "
                + ">&2; exit 3']}]}"
        );
        File.WriteAllText(home.In("cert.pem"), server.CertificatePem);
        var smtp = ("AIOS_SMTP", $"smtp://ada:pass@localhost:{server.Port}?tls=on");
        var refused = CliResult.Of(home.Folder, ["notify", "test"], smtp).Exits(1);
        Assert.Contains("email ops@example.org: NOT sent: localhost: ", refused.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Lines, line => line.StartsWith("AUTH", StringComparison.Ordinal));

        var tried = CliResult.Of(home.Folder, ["notify", "test", "report"], smtp, ("SSL_CERT_FILE", home.In("cert.pem"))).Exits(1).Out;
        Assert.Contains("email ops@example.org: sent.", tried, StringComparison.Ordinal);
        Assert.Contains("command sh: NOT sent: sh: no (exit status 3).", tried, StringComparison.Ordinal);
        Assert.Contains("This is a test of the notices of job \"report\"", Assert.Single(server.Texts), StringComparison.Ordinal);
        Assert.True(
            server.Lines.ToList().IndexOf("(tls)")
                < server.Lines.ToList().FindIndex(line => line.StartsWith("AUTH", StringComparison.Ordinal))
        );
        Assert.False(File.Exists(home.Database));
    }

    [RequiresFact]
    public void A_test_without_anybody_to_tell_says_so()
    {
        using var home = new AiosHome("- {name: report, type: trigger, command: [\"true\"]}");
        Assert.Contains("there is no channel to test", home.Cli("notify", "test").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"report\"", home.Cli("notify", "test", "reprot").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains(
            "expected a URL such as smtp://",
            CliResult.Of(home.Folder, ["run", "--until-idle"], ("AIOS_SMTP", "mail.example.org")).Exits(2).Error,
            StringComparison.Ordinal
        );
    }
}
