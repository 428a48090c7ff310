using System.Text.Json;
using Aios.Tests.Store.Contract;
using Aios.Tests.Store.Former;

namespace Aios.Tests.BlackBox;

/// <summary>A daemon continues with the database of a former version, and people find in it what was there.</summary>
public sealed class FormerDatabaseTests : IDisposable
{
    private readonly AiosHome _home = new(File.ReadAllText(FormerDatabase.JobList));

    // The oldest ones take all steps.
    public static TheoryData<string> Each => ["schema1-stopped", "schema1-killed"];

    /// <inheritdoc />
    public void Dispose() => _home.Dispose();

    [RequiresTheory(Need.Faketime | Need.Python)]
    [MemberData(nameof(Each))]
    public void A_daemon_continues_where_the_former_one_was(string name)
    {
        var daemon = Start(name);
        var before = LastTrigger;
        _home.WaitFor(() => OpenOfTheFormer() == 0, "all that can run has run", 60);
        Assert.Empty(_home.Column("SELECT id FROM runs WHERE status = 'running' AND boot_id NOT IN (SELECT boot_id FROM devices)"));
        foreach (var job in (string[])["daily9", "drawn", "half_hourly"])
            Assert.Equal("succeeded", Assert.Single(_home.RunsOf(job)).Status);
        Assert.Empty(_home.RunsOf("daily18"));
        Assert.Empty(_home.RunsOf("paused9"));
        Assert.DoesNotContain(_home.RunsOf("stopped"), run => run.Status == "running");

        _home.WaitFor(() => _home.RunsOf("web").Any(run => run.Status == "running"), "the always job is back");
        _home.Insert("add", "{}", "[20, 22]");
        _home.WaitFor(() => _home.RunsOf("add").Any(run => run.Result == "42"), "a new row runs");
        Assert.Equal(0, daemon.Stop());
        Assert.Equal("ok", _home.Get<string>("PRAGMA integrity_check"));

        // What waits for a device, a time, or to be enabled stays.
        int OpenOfTheFormer() =>
            _home.Get<int>(
                "SELECT count(*) FROM triggers WHERE id <= @1 AND processed IS NULL "
                    + "AND job_name NOT IN ('gpu_only', 'off', 'web', 'crashing', 'slow') AND coalesce(run_at, 0) = 0",
                before
            );
    }

    [RequiresTheory(Need.Faketime | Need.Python)]
    [MemberData(nameof(Each))]
    public void Its_history_is_read_by_verbs_and_over_the_API(string name)
    {
        var daemon = Start(name);
        using var api = ApiClient.Of(daemon);
        var run = _home.Get<long>("SELECT min(id) FROM runs WHERE job_name = 'talk'");
        Assert.Contains("zwei ü", _home.Cli("logs", $"{run}").Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal(0.4, _home.Cli("runs", $"{run}", "--json").Exits(0).Json.GetProperty("progress").GetDouble());
        Assert.Equal("succeeded", api.Get($"runs/{run}").Expect(200)["status"].GetString());
        Assert.Contains("zwei ü", api.Get($"runs/{run}/logs").Expect(200).Text, StringComparison.Ordinal);
        var sum = api.Get("runs?job=add&status=succeeded").Expect(200)["items"].EnumerateArray().Last().GetProperty("id").GetInt64();
        Assert.Equal("3", api.Get($"runs/{sum}/result").Expect(200).Text.Trim());

        var triggers = api.Get("triggers?limit=1000").Expect(200)["items"].EnumerateArray().ToList();
        Assert.Equal(_home.Get<int>("SELECT count(*) FROM triggers"), triggers.Count);
        Assert.Contains(triggers, trigger => Reason(trigger).StartsWith("priority: ", StringComparison.Ordinal));
        Assert.Equal("[1,2]", _home.Cli("state", "get", "limits", "--job", "add", "--json").Exits(0).Out.Replace(" ", "").Trim());
        Assert.Equal("3", _home.Cli("state", "get", "mails", "--shared").Exits(0).Out.Trim());
        Assert.Equal("deploy", _home.Cli("keys", "list", "--json").Exits(0).Json[0].GetProperty("name").GetString());
        Assert.Equal("debug", _home.Cli("config", "get", "log-level").Exits(0).Out.Trim());
        _home.Cli("audit", "verify").Exits(0);
        Assert.Equal("hindered", _home.Cli("why", "paused9", "--json").Exits(0).Json.GetProperty("state").GetString());
        Assert.Contains("gpu", _home.Cli("why", "gpu_only").Exits(0).Out, StringComparison.Ordinal);
        _home.Cli("status", "--json").Exits(0);
        Assert.Equal("true", Repeated(api).Headers["Idempotency-Replayed"]);
    }

    private static string Reason(JsonElement trigger) => trigger.GetProperty("reason").GetString() ?? "";

    // The request that made a trigger of the former daemon.
    private static ApiAnswer Repeated(ApiClient api) =>
        api.Post("jobs/add/trigger", """{"args": [3, 4]}""", ("Idempotency-Key", "order-1")).Expect(201);

    private long LastTrigger => _home.Get<long>("SELECT max(id) FROM triggers");

    private AiosProcess Start(string name)
    {
        var former = FormerDatabase.Named(name);
        File.WriteAllText(_home.In("Programs", "add.py"), "def add(a, b=1):\n    return a + b\n");
        former.Restore(_home.Database);
        // Files of SQL hold no journal: a killed database gets another one that has to be rolled back.
        if (former.WasKilled)
        {
            SqliteFixture.DieHalfWay(_home.Database);
            Assert.True(new FileInfo(_home.Database + "-journal").Length > 0);
        }

        var clock = new ShiftedClock(_home.Folder, TimeSpan.Zero);
        // Nobody can tell that a daemon of another machine is dead until it has been silent for a while.
        clock.Set(former.Taken + TimeSpan.FromMinutes(3));
        return _home.Start([.. clock.Environment, ("DEVICE_ID", "here")], "--listen", "127.0.0.1:0");
    }
}
