using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary><c>aios health</c>, <c>/healthz</c>, <c>/readyz</c> and <c>/api/v1/health</c>.</summary>
public class HealthTests
{
    private const string Jobs = """
        - {name: work, type: trigger, command: ["true"]}
        - {name: crash, type: trigger, command: ["false"]}
        - {name: each, type: interval, interval_minutes: 60, command: ["true"]}
        """;

    [RequiresFact]
    public void A_system_at_work_is_well_in_each_depth_over_both_ways()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        home.WaitFor(() => api.Get("/readyz").Status == 200, "it is ready");
        Assert.Equal("alive", api.Get("/healthz", ApiClient.Proxied).Expect(200)["status"].GetString());
        Assert.Equal("ready", api.Get("/readyz", ApiClient.Proxied)["status"].GetString());
        api.Get("health", ApiClient.Proxied).Expect(401);
        var quick = api.Get("health").Expect(200);
        Assert.True(quick["live"].GetBoolean() && quick["ready"].GetBoolean());
        Assert.Equal(JsonValueKind.Null, quick["report"].ValueKind);

        home.Closed(home.Insert("work"));
        var report = api.Get("health?full").Expect(200)["report"];
        Assert.Equal(0, report.GetProperty("problems").GetInt32());
        var told = home.Cli("health", "--full", "--json").Exits(0).Json;
        Assert.Equal(Names(report), Names(told));
        Assert.Equal("ok", State(told, "daemon"));
        Assert.Contains("sound", Figure(told, "database"), StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d ms until", Figure(told, "writing"));
        Assert.StartsWith("1 followed", Figure(told, "schedules"), StringComparison.Ordinal);
        Assert.Contains(
            "\"aios",
            home.Cli("health", "--ready", "--json")
                .Exits(0)
                .Json.GetProperty("detail")
                .GetString()!
                .Replace(home.Get<string>("SELECT device FROM devices")!, "aios", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        home.Cli("health", "--live").Exits(0);
        home.Cli("health").Exits(0);
    }

    [RequiresFact]
    public void Without_a_daemon_it_says_so_and_tells_what_the_database_holds()
    {
        using var home = new AiosHome(Jobs);
        home.Cli("health", "--live").Exits(1);
        Assert.Contains("no daemon is running", home.Cli("health", "--ready").Exits(1).Out, StringComparison.Ordinal);
        Assert.Equal("problem", State(home.Cli("health", "--json").Exits(1).Json, "daemon"));
        Assert.False(File.Exists(home.Database));

        var daemon = home.Start();
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'each' AND processed IS NOT NULL") == 1,
            "the schedule has begun"
        );
        daemon.Stop();
        home.Insert("work");
        home.Execute("UPDATE schedules SET cursor = cursor - 86400");
        home.Execute("UPDATE triggers SET created = created - 3600 WHERE processed IS NULL");
        home.Execute(
            "INSERT INTO runs (trigger_id, job_name, attempt, status, device, boot_id, pid, started) VALUES (1, 'work', 1, 'running', "
                + "'gone', 'x', 1, 1)"
        );
        home.Execute("INSERT INTO job_health (job_name, since, failures, level, reason) VALUES ('crash', 1, 7, 7, 'exit status 1')");
        var found = home.Cli("health", "--full", "--json").Exits(1).Json;
        Assert.Equal("problem", State(found, "daemon"));
        Assert.Equal("note", State(found, "schedules"));
        Assert.Contains("\"each\" was due", Figure(found, "schedules"), StringComparison.Ordinal);
        Assert.Equal("note", State(found, "line"));
        Assert.Matches(@"^\d queued \(the oldest for 60 min\)", Figure(found, "line"));
        Assert.Equal("problem", State(found, "runs"));
        Assert.Contains("device \"gone\", which is gone", Figure(found, "runs"), StringComparison.Ordinal);
        Assert.Equal("problem", State(found, "jobs"));
        Assert.Contains("\"crash\"", Figure(found, "jobs"), StringComparison.Ordinal);
        Assert.All(found.GetProperty("checks").EnumerateArray(), check =>
            Assert.Equal(check.GetProperty("state").GetString() == "ok", check.GetProperty("advice").ValueKind == JsonValueKind.Null)
        );
        Assert.Contains("give one of them", home.Cli("health", "--live", "--full").Exits(2).Error, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void While_the_database_is_locked_it_lives_but_is_not_ready()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        home.WaitFor(() => api.Get("/readyz").Status == 200, "it is ready");
        using (var other = home.Open())
        {
            AiosHome.Execute(other, "BEGIN IMMEDIATE");
            home.WaitFor(
                () => api.Get("/readyz") is { Status: 503 } answer && answer.Text.Contains("locked", StringComparison.Ordinal),
                "it is not ready",
                60
            );
            api.Get("/healthz").Expect(200);
            home.Cli("health", "--live").Exits(0);
            AiosHome.Execute(other, "ROLLBACK");
        }

        home.WaitFor(() => api.Get("/readyz").Status == 200, "it is ready again", 60);
    }

    [RequiresFact]
    public void Mistakes_in_the_list_are_found_while_it_runs()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        home.WriteJobs("[{name: a, type: often}]");
        home.WaitFor(() => home.Get<string>("SELECT trouble FROM devices") is not null, "the mistake is noticed");
        var report = api.Get("health?full=true").Expect(200)["report"];
        Assert.Equal("note", State(report, "daemon"));
        Assert.Equal("problem", State(report, "job list"));
        api.Get("/readyz").Expect(200);
        Assert.Equal("problem", State(home.Cli("health", "--json").Exits(1).Json, "job list"));
    }

    private static string Names(JsonElement report) =>
        string.Join(", ", report.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()));

    private static string State(JsonElement report, string name) => Check(report, name).GetProperty("state").GetString()!;

    private static string Figure(JsonElement report, string name) => Check(report, name).GetProperty("figure").GetString()!;

    private static JsonElement Check(JsonElement report, string name) =>
        report.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == name);
}
