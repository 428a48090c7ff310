using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>A job that fails again and again looks so wherever one looks.</summary>
public sealed class WellTests
{
    [RequiresFact]
    public void What_fails_again_and_again_looks_so_everywhere_until_it_is_mended()
    {
        using var web = new HttpReceiver();
        using var home = new AiosHome();
        const string Refused = """[sh, -c, "echo refused; sleep 0.2; exit 1"]""";
        WriteJob(Refused);
        using var api = ApiClient.Start(home);
        home.WaitFor(
            () => home.RunsOf("server").Count >= 8 && home.Get<int>("SELECT count(*) FROM notices WHERE event = 'failure'") >= 2,
            "it has failed often, and been told again",
            60
        );

        var health = home.Cli("health", "--json")
            .Exits(1)
            .Json.GetProperty("checks")
            .EnumerateArray()
            .Single(check => check.GetProperty("name").GetString() == "jobs");
        Assert.Equal("problem", health.GetProperty("state").GetString());
        Assert.Contains(
            "\"server\" is in a crash loop: exit status 1 (run ",
            health.GetProperty("figure").GetString(),
            StringComparison.Ordinal
        );
        Assert.Matches(
            @"It is not well: it is in a crash loop: exit status 1 \(run \d+\); it has failed \d+ times since",
            string.Join(' ', home.Cli("why", "server").Exits(0).Out.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries))
        );
        Assert.Contains("Job \"server\" is in a crash loop: ", home.Cli("status").Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("crash loop, ", home.Cli("jobs").Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal("crash_loop", home.Cli("jobs", "--json").Exits(0).Json[0].GetProperty("health").GetProperty("state").GetString());
        Assert.Equal(
            "crash_loop",
            api.Get("/api/v1/jobs").Json.GetProperty("items")[0].GetProperty("health").GetProperty("state").GetString()
        );
        Assert.Equal("crash_loop", api.Get("/api/v1/jobs/server").Json.GetProperty("health").GetProperty("state").GetString());
        Assert.Equal((0, 1), (MetricsPage.Of(api).Sum("aios_job_well"), MetricsPage.Of(api).Sum("aios_jobs_crash_looping")));
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM notices WHERE event = 'recovery'"));
        Assert.Matches(
            "has failed on .*, [0-9]+ times since ",
            home.Column("SELECT message FROM notices WHERE event = 'failure' ORDER BY id DESC").First()
        );

        // One line for all that failed alike.
        Assert.Single(home.Cli("status").Out.Split("Latest:")[1].Split('\n'), line => line.Contains("failed", StringComparison.Ordinal));
        Assert.Single(home.Cli("runs").Out.Split('\n'), line => line.Contains("failed", StringComparison.Ordinal));
        Assert.True(home.Cli("runs", "server").Out.Split('\n').Count(line => line.Contains("failed", StringComparison.Ordinal)) >= 8);

        WriteJob("[sleep, '1000']");
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM notices WHERE event = 'recovery'") == 1,
            "that it is well again is told",
            60
        );
        Assert.Equal("well", home.Cli("jobs", "--json").Exits(0).Json[0].GetProperty("health").GetProperty("state").GetString());
        Assert.DoesNotContain("not well", home.Cli("why", "server").Exits(0).Out, StringComparison.Ordinal);

        void WriteJob(string command) =>
            home.WriteJobs(
                $$"""
                - {name: server, type: always, min_uptime: 50ms, backoff: [100ms], command: {{command}}, notify: {webhook: "{{web.Url}}/", repeat: 1s} }
                """
            );
    }

    [RequiresFact]
    public void What_a_daemon_that_was_stopped_has_not_told_is_told_by_the_next_whatever_its_name()
    {
        using var web = new HttpReceiver();
        using var home = new AiosHome(
            $$"""
            - {name: bad, type: trigger, command: ["false"], notify: {webhook: "{{web.Url}}/"} }
            """
        );
        for (var i = 0; i < 3; i++)
            web.AnswerNext("503 Busy");
        var daemon = home.Start("--device-id", "one");
        home.Closed(home.Insert("bad"));
        home.WaitFor(() => home.Get<int>("SELECT attempts FROM notices") > 0, "it was tried");
        Assert.Equal(0, daemon.Stop());
        home.Start("--device-id", "two");
        home.WaitFor(() => home.Get<string>("SELECT outcome FROM notices") == "told", "it is told", 60);
        Assert.Equal("two", home.Get<string>("SELECT device FROM notices"));
        Assert.Single(web.Bodies.Select(body => JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()).Distinct());
    }

    [RequiresFact]
    public void A_restart_of_the_daemon_does_not_make_a_job_well()
    {
        using var home = new AiosHome("[{name: bad, type: trigger, command: [\"false\"]}]");
        var daemon = home.Start("--device-id", "one");
        home.Closed(home.Insert("bad"));
        daemon.Kill();
        home.Start("--device-id", "two");
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM devices WHERE device = 'two' AND status = 'online'") == 1,
            "the next one is there"
        );
        Assert.Equal("failing", home.Cli("jobs", "--json").Exits(0).Json[0].GetProperty("health").GetProperty("state").GetString());
        Assert.Contains("; it has failed once since ", home.Cli("health").Exits(1).Out, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_mistake_in_the_list_is_logged_once_however_often_it_is_saved()
    {
        using var home = new AiosHome("[{name: good, type: trigger, command: [\"true\"]}]");
        home.Start();
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM device_jobs") == 1, "the list is in force");
        for (var i = 0; i < 3; i++)
        {
            home.WriteJobs($"[{{name: good, type: trigger, command: [\"true\"], timeot: 3}}] # {i}\n");
            home.WaitFor(() => home.Get<int>("SELECT count(*) FROM devices WHERE trouble LIKE '%timeot%'") == 1, "the mistake is noticed");
            Thread.Sleep(300);
        }

        Assert.Single(home.Column("SELECT message FROM logs WHERE message LIKE '%timeot%'"));
        home.WriteJobs("[{name: good, type: trigger, command: [\"false\"]}]");
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM devices WHERE trouble IS NULL") == 1, "it is mended");
        home.WriteJobs("[{name: good, type: trigger, command: [\"true\"], timeot: 3}]");
        home.WaitFor(
            () => home.Column("SELECT message FROM logs WHERE message LIKE '%timeot%'").Count == 2,
            "the same mistake made anew is news"
        );
    }
}
