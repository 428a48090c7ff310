namespace Aios.Tests.BlackBox;

/// <summary>What rows and tables can do to a daemon that runs: rows nothing, and a database that is broken is said at once.</summary>
public sealed class StalledLoopTests
{
    private const string Jobs = """
        - {name: work, type: trigger, command: ['true']}
        - {name: show, type: trigger, kwargs: {own: 1}, command: [sh, -c, 'printf %s "$1" | od -An -tx1; cat "$AIOS_KWARGS_FILE"', x]}
        - {name: told, type: trigger, command: ['true'], notify: [{command: [sh, -c, 'echo "$AIOS_NOTICE_EVENT" >> told.txt']}]}
        """;

    [RequiresFact]
    public void A_loop_that_does_not_get_on_is_said_within_seconds_everywhere()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start();
        Assert.Equal("succeeded", home.Closed(home.Insert("work")).Status);
        // Somebody's trigger calls what only their own program knows: each tick that beats fails, and no row is at fault.
        home.Execute("CREATE TRIGGER theirs AFTER UPDATE ON config BEGIN SELECT their_own_function(); END");
        home.WriteJobs(Jobs + "# saved again, so that the next turn beats\n");
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM devices WHERE stalled IS NOT NULL") == 1, "it is said", seconds: 5);
        Assert.Contains(
            "its loop makes no progress: no such function: their_own_function",
            home.Cli("health", "--ready").Exits(1).Out,
            StringComparison.Ordinal
        );
        Assert.Contains("has not got on since", home.Cli("health").Exits(1).Out, StringComparison.Ordinal);
        home.WaitFor(() => File.Exists(home.In("told.txt")), "somebody was told");
        Assert.Equal("stalled", File.ReadLines(home.In("told.txt")).First());
        home.Execute("DROP TRIGGER theirs");
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM devices WHERE stalled IS NOT NULL") == 0, "it gets on again");
        Assert.Equal("succeeded", home.Closed(home.Insert("work")).Status);
        home.Cli("health", "--ready").Exits(0);
        Assert.False(daemon.HasExited);
    }

    [RequiresTheory]
    [InlineData("BEFORE INSERT ON runs", "INSERT INTO runs")]
    [InlineData("BEFORE UPDATE ON triggers", "UPDATE triggers")]
    [InlineData("BEFORE INSERT ON events WHEN NEW.kind = 'run.started'", "INSERT INTO runs")]
    public void A_rule_that_no_row_can_meet_is_said_within_seconds_and_closes_nothing(string rule, string words)
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        Assert.Equal("succeeded", home.Closed(home.Insert("work")).Status);
        home.Execute($"CREATE TRIGGER theirs {rule} BEGIN SELECT RAISE(ABORT, 'not now'); END");
        for (var i = 0; i < 10; i++)
            home.Insert(i % 2 == 0 ? "work" : "told");
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM devices WHERE stalled IS NOT NULL") == 1, "it is said", seconds: 5);
        Assert.Contains(
            $"{words} fails for every row: could not be handled: not now",
            home.Cli("health", "--ready").Exits(1).Out,
            StringComparison.Ordinal
        );
        Assert.Contains("has not got on since", home.Cli("health").Exits(1).Out, StringComparison.Ordinal);
        Assert.Contains("fails for every row", home.Cli("why", "work").Out, StringComparison.Ordinal);
        home.WaitFor(() => File.Exists(home.In("told.txt")), "somebody was told");
        Assert.Equal(10, home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL AND attempt = 0"));
        home.Execute("DROP TRIGGER theirs");
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'") == 11, "all ran");
        Assert.Equal(11, home.Get<int>("SELECT count(*) FROM runs"));
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM devices WHERE stalled IS NULL AND trouble IS NULL") == 1,
            "it gets on again"
        );
        home.Cli("health", "--ready").Exits(0);
    }

    [RequiresTheory]
    [InlineData("logs", "INSERT INTO logs fails for every row")]
    [InlineData("jobs", "INSERT INTO jobs fails for every row")]
    public void Where_only_what_is_said_of_runs_cannot_be_written_they_run(string table, string words)
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        Assert.Equal("succeeded", home.Closed(home.Insert("show")).Status);
        home.Execute($"CREATE TRIGGER theirs BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'not now'); END");
        Assert.Equal("succeeded", home.Closed(home.Insert("show")).Status);
        home.WaitFor(() => home.Cli("health").Out.Contains(words, StringComparison.Ordinal), "it is said", seconds: 5);
        home.Execute("DROP TRIGGER theirs");
        home.WaitFor(
            () => home.Get<int>("SELECT count(DISTINCT run_id) FROM logs WHERE run_id IS NOT NULL") == 2,
            "its lines are there",
            seconds: 70
        );
    }

    [RequiresFact]
    public void The_API_says_within_seconds_that_the_loop_does_not_get_on()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        Assert.Equal("succeeded", home.Closed(home.Insert("work")).Status);
        api.Get("/readyz").Expect(200);
        Assert.True(api.Get("health").Expect(200)["ready"].GetBoolean());
        home.Execute("CREATE TRIGGER theirs BEFORE INSERT ON runs BEGIN SELECT RAISE(ABORT, 'not now'); END");
        home.Insert("work");
        home.WaitFor(() => api.Get("/readyz").Status == 503, "it is not ready", seconds: 5);
        Assert.Contains(
            "INSERT INTO runs fails for every row: could not be handled: not now",
            api.Get("/readyz").Text,
            StringComparison.Ordinal
        );
        var health = api.Get("health?full=true").Expect(200);
        Assert.False(health["ready"].GetBoolean());
        Assert.Contains("fails for every row", health["detail"].GetString(), StringComparison.Ordinal);
        Assert.True(health["live"].GetBoolean());
        // From this the console makes its headline: "Something needs a look".
        Assert.Contains(
            "fails for every row",
            Assert.Single(api.Get("status").Expect(200)["trouble"].EnumerateArray()).GetString(),
            StringComparison.Ordinal
        );
        home.Execute("DROP TRIGGER theirs");
        home.WaitFor(() => api.Get("/readyz").Status == 200, "it is ready again");
        home.WaitFor(() => !api.Get("status")["trouble"].EnumerateArray().Any(), "nothing is wrong any more");
        Assert.Equal("succeeded", home.Closed(2).Status);
    }

    [RequiresFact]
    public void A_file_name_that_is_not_UTF8_reaches_a_command_as_its_byte()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        var closed = home.Closed(home.Insert("show", "{\"path\": \"\\udce9\"}", "[\"caf\\udce9\"]"));
        Assert.Equal("succeeded", closed.Status);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM logs WHERE run_id IS NOT NULL") >= 2, "its lines are there");
        var lines = home.Column("SELECT message FROM logs WHERE run_id IS NOT NULL ORDER BY id");
        Assert.Equal("63 61 66 e9", lines[0].Trim());
        Assert.Equal("{\"own\":1,\"path\":\"\\udce9\"}", lines[1].Replace(" ", "", StringComparison.Ordinal));
        var refused = home.Closed(home.Insert("show", args: "[\"\\ud800\"]"));
        Assert.Equal("failed", refused.Status);
        Assert.Contains("args: text 0 holds half of a surrogate pair (\\ud800)", refused.Reason, StringComparison.Ordinal);
    }

    [RequiresTheory]
    [InlineData("--kwargs", "{\"path\": \"\\udce9\"}")]
    [InlineData("--kwargs", "{\"\\udce9\": [\"\\ud83d\", \"\\ude00\"]}")]
    [InlineData("--args", "[\"\\udce9\"]")]
    public void The_command_line_takes_such_texts(string option, string json)
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        home.Cli("trigger", "work", option, json).Exits(0);
        Assert.Equal("succeeded", home.Closed(1).Status);
        Assert.Equal(
            json.Replace(" ", "", StringComparison.Ordinal),
            home.Get<string>($"SELECT {option[2..]} FROM triggers WHERE id = 1")!.Replace(" ", "", StringComparison.Ordinal)
        );
    }
}
