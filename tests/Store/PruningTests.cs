using Aios.Store.Pruning;
using Aios.Store.Sqlite;
using Aios.Store.Sqlite.Pruning;
using Aios.Store.Triggers;

namespace Aios.Tests.Store;

/// <summary>What is removed by which limit, on a real file.</summary>
public sealed class PruningTests : IDisposable
{
    private static readonly RetentionLimits Unlimited = new()
    {
        Age = null,
        Rows = null,
        LogLines = null,
        Bytes = null,
        Keys = TimeSpan.Zero,
    };
    private readonly HistoryRig _rig = new();

    [Fact]
    public void By_age_a_trigger_goes_with_its_runs_and_their_lines()
    {
        var old = _rig.Closed("job", daysAgo: 91, lines: 3);
        _rig.Run(old, "job", daysAgo: 91, "failed", lines: 2);
        var young = _rig.Closed("job", daysAgo: 89, lines: 4);
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90) });
        Assert.Equal([$"{young}"], _rig.Left("triggers"));
        Assert.Equal([$"{young}"], _rig.Sql.Column("SELECT CAST(trigger_id AS TEXT) FROM runs"));
        Assert.Equal(4, _rig.Count("logs"));
    }

    [Theory]
    [InlineData("triggers", "ABORT", 5)]
    [InlineData("runs", "ABORT", 5)]
    [InlineData("logs", "ABORT", 5)]
    [InlineData("triggers", "FAIL", 5)]
    [InlineData("triggers", "IGNORE", 5)]
    [InlineData("runs", "IGNORE", 5)]
    [InlineData("logs", "IGNORE", 5)]
    public void A_row_that_may_not_be_removed_holds_up_no_other(string table, string raise, long refused)
    {
        for (var i = 0; i < 9; i++)
            _rig.Closed("job", daysAgo: 91, lines: 1);
        var message = raise == "IGNORE" ? "" : ", 'kept for the auditor'";
        _rig.Sql.Do($"CREATE TRIGGER kept BEFORE DELETE ON {table} WHEN OLD.id = {refused} BEGIN SELECT RAISE({raise}{message}); END");
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90) });
        Assert.Equal([$"{refused}"], _rig.Left(table));
        Assert.InRange(_rig.Count("triggers") + _rig.Count("runs") + _rig.Count("logs"), 1, 3);
    }

    [Fact]
    public void Many_runs_of_one_trigger_that_stay_are_not_looked_at_for_ever()
    {
        var trigger = _rig.Closed("job", daysAgo: 91);
        for (var i = 0; i < 120; i++)
            _rig.Run(trigger, "job", daysAgo: 91, "failed");
        _rig.Sql.Do("CREATE TRIGGER kept BEFORE DELETE ON runs BEGIN SELECT RAISE(IGNORE); END");
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90) });
        Assert.Equal((0, 121, 0), (_rig.Count("triggers"), _rig.Count("runs"), _rig.Count("logs")));
    }

    [Fact]
    public void What_stood_there_before_is_as_old_as_the_adoption()
    {
        _rig.Closed("job", daysAgo: 400);
        _rig.Closed("job", daysAgo: 399);
        _rig.Lines(null, daysAgo: 398, 1);
        _rig.Sql.Do(
            "INSERT INTO config (key, value, updated) VALUES ('adopted_triggers', '1', ?1), ('adopted_logs', '3', ?1)",
            _rig.Ago(89)
        );
        _rig.Sql.Do("DELETE FROM runs; UPDATE logs SET run_id = NULL");
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90) });
        Assert.Equal(["1"], _rig.Left("triggers"));
        Assert.Equal(["1", "2", "3"], _rig.Left("logs"));
        _rig.Sql.Do("UPDATE config SET updated = ?1", _rig.Ago(91));
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90) });
        Assert.Empty(_rig.Left("triggers"));
        Assert.Empty(_rig.Left("logs"));
    }

    [Fact]
    public void By_number_the_newest_of_each_job_stay_and_those_with_a_key_are_counted_apart()
    {
        for (var i = 0; i < 10; i++)
        {
            _rig.Closed("one", daysAgo: 40);
            _rig.Closed("one", daysAgo: 40, key: $"occurrence:one@{i}");
            _rig.Closed("two", daysAgo: 40);
        }

        _rig.Prune(Unlimited with { Rows = 4 });
        Assert.Equal(4, _rig.Count("triggers", "job_name = 'one' AND dedup_key IS NULL"));
        Assert.Equal(4, _rig.Count("triggers", "job_name = 'one' AND dedup_key IS NOT NULL"));
        Assert.Equal(4, _rig.Count("triggers", "job_name = 'two'"));
        Assert.Equal(4, _rig.Count("runs", "job_name = 'one'"));
        Assert.Equal(_rig.Count("runs"), _rig.Count("logs"));
        Assert.Equal(
            ["19", "20", "22", "23", "25", "26", "28", "29"],
            _rig.Sql.Column("SELECT CAST(id AS TEXT) FROM triggers WHERE job_name = 'one' ORDER BY id")
        );
    }

    [Fact]
    public void Numbers_larger_than_what_is_counted_at_once_hold_as_well()
    {
        _rig.Sql.Do(
            """
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 25100)
            INSERT INTO triggers (job_name, created, status, processed) SELECT 'many', ?1, 'skipped', ?1 FROM numbers
            """,
            _rig.Now
        );
        _rig.Prune(Unlimited with { Rows = 25_000 });
        Assert.Equal(25_000, _rig.Count("triggers"));
        Assert.Equal(101, _rig.Sql.Scalar<long>("SELECT min(id) FROM triggers"));
    }

    [Fact]
    public void What_is_open_or_goes_on_stays_whatever_its_age()
    {
        var queued = _rig.Trigger("job", 400, "queued");
        var waiting = _rig.Trigger("job", 400, "waiting", key: "mine");
        var running = _rig.Trigger("job", 400, "running");
        _rig.Run(running, "job", 400, "lost", lines: 5);
        var goingOn = _rig.Run(running, "job", 300, "running", lines: 5);
        var closedMeanwhile = _rig.Trigger("job", 200, "canceled");
        _rig.Run(closedMeanwhile, "job", 200, "running", lines: 5);
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90), Rows = 1, LogLines = 1 });
        Assert.Equal([$"{queued}", $"{waiting}", $"{running}", $"{closedMeanwhile}"], _rig.Left("triggers"));
        Assert.Equal([$"{goingOn}", $"{goingOn + 1}"], _rig.Left("runs"));
        Assert.Equal(10, _rig.Count("logs"));
    }

    [Fact]
    public void The_latest_run_of_a_job_stays_so_that_people_see_when_it_last_ran()
    {
        _rig.Closed("yearly", daysAgo: 700);
        var last = _rig.Closed("yearly", daysAgo: 300, lines: 2);
        _rig.Sql.Do(
            "INSERT INTO jobs (job_name, status, device, last_update, run_id) SELECT 'yearly', 'completed', 'here', 0, max(id) FROM runs"
        );
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90) });
        Assert.Equal([$"{last}"], _rig.Left("triggers"));
        Assert.Equal([$"{last}"], _rig.Left("runs"));
    }

    [Fact]
    public void A_key_holds_for_its_time_whatever_number_and_age_say()
    {
        var old = _rig.Closed("job", daysAgo: 31, key: "old");
        var held = _rig.Closed("job", daysAgo: 29, key: "held");
        _rig.Closed("job", daysAgo: 0, key: "new");
        _rig.Prune(RetentionLimits.Default with { Rows = 1, Age = TimeSpan.FromDays(1) });
        Assert.Equal(["held", "new"], _rig.Sql.Column("SELECT dedup_key FROM triggers ORDER BY id"));
        Assert.Null(
            _rig.Connection.Write(queue =>
                queue.Triggers.Add(new NewTrigger("job", TriggerSource.CommandLine, _rig.Clock.GetUtcNow()) { DedupKey = "held" })
            )
        );
        Assert.NotNull(
            _rig.Connection.Write(queue =>
                queue.Triggers.Add(new NewTrigger("job", TriggerSource.CommandLine, _rig.Clock.GetUtcNow()) { DedupKey = "old" })
            )
        );
        Assert.NotEqual(old, held);
    }

    [Fact]
    public void Runs_of_an_open_trigger_and_of_one_that_is_gone_are_bounded_too()
    {
        var always = _rig.Trigger("job", 0, "waiting");
        for (var i = 0; i < 20; i++)
            _rig.Run(always, "job", daysAgo: 20 - i, "failed");
        for (var i = 0; i < 5; i++)
            _rig.Run(999, "gone", daysAgo: 100, "failed");
        _rig.Prune(Unlimited with { Rows = 6, Age = TimeSpan.FromDays(90) });
        Assert.Equal(6, _rig.Count("runs", "job_name = 'job'"));
        Assert.Equal(0, _rig.Count("runs", "job_name = 'gone'"));
        Assert.Equal(6, _rig.Count("logs"));
    }

    [Fact]
    public void Lines_go_by_age_and_number_but_the_newest_of_a_run_that_goes_on_stay()
    {
        _rig.Lines(null, daysAgo: 100, count: 50);
        var bot = _rig.Run(_rig.Trigger("bot", 100, "running"), "bot", 100, "running", lines: LogHistory.KeptOfLivingRun + 700);
        _rig.Lines(null, daysAgo: 1, count: 300);
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90) });
        Assert.Equal(300, _rig.Count("logs", "run_id IS NULL"));
        Assert.Equal(LogHistory.KeptOfLivingRun, _rig.Count("logs", $"run_id = {bot}"));
        Assert.Equal(1, _rig.Count("logs", "message LIKE 'line 10700%'"));

        _rig.Prune(Unlimited with { LogLines = 100 });
        Assert.Equal(100, _rig.Count("logs", "run_id IS NULL"));
        Assert.Equal(LogHistory.KeptOfLivingRun, _rig.Count("logs", $"run_id = {bot}"));
    }

    [Fact]
    public void Rows_that_somebody_filled_with_nonsense_harm_nobody()
    {
        _rig.Sql.Do("INSERT INTO triggers (job_name, created, processed, status) VALUES (x'00ff', 'yesterday', 'now', 'failed')");
        _rig.Sql.Do("INSERT INTO triggers (job_name, created, processed, status) VALUES ('', 1e300, 17e11, 'failed')");
        _rig.Sql.Do("INSERT INTO triggers (job_name, created, processed, status) VALUES (x'00ff', 1, '2020-01-01', 'failed')");
        _rig.Closed("job", daysAgo: 100);
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90), Rows = 5 });
        Assert.Equal(["1", "2"], _rig.Left("triggers"));
        _rig.Prune(Unlimited with { Rows = 1 });
        Assert.Equal(["1", "2"], _rig.Left("triggers"));
    }

    [Fact]
    public void A_run_with_very_many_lines_goes_in_many_steps_and_leaves_none_behind()
    {
        _rig.Closed("talker", daysAgo: 100, lines: 5_000);
        var steps = _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90) });
        Assert.True(steps >= 10, $"{steps} steps");
        Assert.Equal(0, _rig.Count("logs"));
        Assert.Equal(0, _rig.Count("runs"));
        Assert.Equal(0, _rig.Count("triggers"));
    }

    [Fact]
    public void Signals_go_by_age_unless_a_flow_that_goes_on_may_take_them()
    {
        Signal(daysAgo: 100);
        Signal(daysAgo: 89);
        Signal(daysAgo: 100, flow: 9);
        Flow(id: 7, daysAgo: 95, ended: false);
        Flow(id: 8, daysAgo: 200, ended: true);
        Signal(daysAgo: 94);
        Signal(daysAgo: 96);
        Signal(daysAgo: 94, flow: 7);
        Signal(daysAgo: 94, flow: 8);
        _rig.Sql.Do("INSERT INTO signals (name, created) VALUES ('paid', 'long ago')");
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90) });
        Assert.Equal(["2", "4", "6", "7", "8"], _rig.Left("signals"));
        _rig.Sql.Do("UPDATE flows SET ended = 1 WHERE id = 7");
        _rig.Prune(Unlimited);
        Assert.Equal(5, _rig.Count("signals"));
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90) });
        Assert.Equal(["2", "6", "7", "8"], _rig.Left("signals"));
    }

    [Fact]
    public void A_signal_that_may_not_be_removed_does_not_hold_up_the_others()
    {
        for (var i = 0; i < 300; i++)
            Signal(daysAgo: 100);
        _rig.Sql.Do("CREATE TRIGGER kept BEFORE DELETE ON signals WHEN OLD.id = 3 BEGIN SELECT RAISE(ABORT, 'no'); END");
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90) });
        Assert.Equal(["3"], _rig.Left("signals"));
    }

    [Fact]
    public void The_file_becomes_smaller()
    {
        _rig.Lines(null, daysAgo: 100, count: 20_000, length: 400);
        var before = new FileInfo(_rig.Path).Length;
        _rig.Prune(Unlimited with { Age = TimeSpan.FromDays(90) });
        var after = new FileInfo(_rig.Path).Length;
        Assert.True(before > 8_000_000, $"{before}");
        Assert.True(after < before / 10, $"{before} bytes before, {after} after");
        Assert.Equal("ok", _rig.Sql.Scalar<string>("PRAGMA integrity_check"));
    }

    [Fact]
    public void Two_that_prune_at_once_do_no_harm()
    {
        for (var i = 0; i < 300; i++)
            _rig.Closed($"job{i % 3}", daysAgo: 100 - (i / 10.0), lines: 5);
        var cutoffs = PruneCutoffs.Of(Unlimited with { Age = TimeSpan.FromDays(90), Rows = 50 }, _rig.Clock.GetUtcNow());
        using var second = SqliteStoreConnection.Open(_rig.Path, clock: _rig.Clock);
        var (one, other) = (PruneCursor.Start, PruneCursor.Start);
        while (one.Stage != PruneStage.Done || other.Stage != PruneStage.Done)
        {
            one = _rig.Connection.Write(queue => queue.History.Prune(cutoffs, one, _rig.Clock)).Place;
            other = second.Write(queue => queue.History.Prune(cutoffs, other, _rig.Clock)).Place;
        }

        Assert.Equal(150, _rig.Count("triggers"));
        Assert.Equal(150, _rig.Count("runs"));
        Assert.Equal(750, _rig.Count("logs"));
    }

    public void Dispose() => _rig.Dispose();

    private void Signal(double daysAgo, long? flow = null) =>
        _rig.Sql.Do("INSERT INTO signals (name, flow_id, created) VALUES ('paid', ?1, ?2)", flow, _rig.Ago(daysAgo));

    private void Flow(long id, double daysAgo, bool ended) =>
        _rig.Sql.Do(
            "INSERT INTO flows (id, run_id, job_name, plan_id, args, kwargs, depth, attempt, priority, started, ended) VALUES (?1, ?1, "
                + "'f', 1, '[]', '{}', 0, 1, 0, ?2, ?3)",
            id,
            _rig.Ago(daysAgo),
            ended ? _rig.Ago(daysAgo) : null
        );
}
