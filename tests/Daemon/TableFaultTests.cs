using Aios.Jobs;
using Aios.Store.Logs;
using Aios.Store.Runs;

namespace Aios.Tests.Daemon;

/// <summary>
/// A rule of a table that no row can meet (somebody's SQL trigger, a CHECK) is no fault of the rows: none is closed for it.
/// </summary>
public sealed class TableFaultTests
{
    private const string Fault = "BEGIN SELECT RAISE(ABORT, 'refused for the test'); END";

    private static readonly Job[] Jobs = [Parallel("one"), Parallel("two"), Parallel("three")];

    public static TheoryData<string> Rules =>
        new()
        {
            "BEFORE INSERT ON runs",
            "AFTER INSERT ON runs",
            "BEFORE UPDATE ON triggers",
            "AFTER UPDATE OF status ON triggers WHEN NEW.status = 'running'",
            "AFTER UPDATE OF attempt ON triggers",
            "BEFORE INSERT ON events",
            "AFTER INSERT ON events WHEN NEW.kind = 'run.started'",
        };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Nothing_in_line_is_closed_and_all_runs_once_when_the_rule_is_gone(string rule)
    {
        using var rig = new DaemonRig(Jobs);
        rig.Sql.Do(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO triggers (job_name) SELECT CASE i % "
                + "3 WHEN 0 THEN 'one' WHEN 1 THEN 'two' ELSE 'three' END FROM n"
        );
        rig.Sql.Do($"CREATE TRIGGER theirs {rule} {Fault}");
        for (var tick = 0; tick < 30; tick++)
        {
            Assert.Empty(rig.Tick(100));
            Retry(rig);
        }

        Assert.Equal(60, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE status = 'queued' AND attempt = 0"));
        Assert.Contains("refused for the test", rig.LeftOut.Stalls, StringComparison.Ordinal);
        Assert.Contains("fails for every row", rig.LeftOut.InWords, StringComparison.Ordinal);
        rig.Sql.Do("DROP TRIGGER theirs");
        var started = RunAll(rig, 60);
        Assert.Equal(60, started);
        Assert.Equal(60, rig.Sql.Scalar<long>("SELECT count(DISTINCT trigger_id) FROM runs"));
        Assert.Equal(0, rig.LeftOut.Count);
        Assert.Null(rig.LeftOut.Stalls);
    }

    [Fact]
    public void One_row_alone_that_is_refused_is_not_closed_until_another_shows_that_it_is_the_row()
    {
        using var rig = new DaemonRig(Jobs);
        rig.Sql.Do(
            $"CREATE TRIGGER theirs BEFORE INSERT ON runs WHEN NEW.job_name = 'one' {Fault}; INSERT INTO triggers (job_name) VALUES ('one')"
        );
        rig.Tick();
        Retry(rig);
        rig.Tick();
        Assert.Equal("queued", rig.Trigger(1));
        rig.Sql.Do("INSERT INTO triggers (job_name) VALUES ('two')");
        Assert.Equal("two", rig.Tick().Single().Request.Job.Name);
        Assert.True(rig.LeftOut.HasTrials);
        rig.Tick();
        Assert.Equal("failed: could not be handled: refused for the test", rig.Trigger(1));
        Assert.Null(rig.LeftOut.InWords);
    }

    [Fact]
    public void Good_rows_behind_many_that_are_refused_run_soon()
    {
        using var rig = new DaemonRig(Jobs);
        rig.Sql.Do($"CREATE TRIGGER theirs BEFORE INSERT ON runs WHEN NEW.trigger_id <= 40 {Fault}");
        rig.Sql.Do(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 41) INSERT INTO triggers (job_name) SELECT "
                + "'one' FROM n"
        );
        for (var tick = 0; tick < 20 && rig.Trigger(41) != "running"; tick++)
        {
            rig.Tick(100);
            Retry(rig, seconds: 1);
        }

        Assert.Equal("running", rig.Trigger(41));
    }

    [Fact]
    public void An_end_that_no_rule_lets_be_written_is_kept()
    {
        using var rig = new DaemonRig(Jobs);
        rig.Sql.Do("INSERT INTO triggers (job_name) VALUES ('one'), ('two')");
        var ended = rig.Tick().Select(run => rig.End(run, RunStatus.Succeeded)).ToArray();
        rig.Sql.Do($"CREATE TRIGGER theirs BEFORE UPDATE OF ended ON runs {Fault}");
        rig.Tick(ended: ended);
        Assert.Equal(["running", "running"], rig.Sql.Column("SELECT status FROM runs"));
        Assert.All(ended, end => Assert.True(rig.LeftOut.Has("runs", end.Run.Id)));
        rig.Sql.Do("DROP TRIGGER theirs");
        Retry(rig);
        rig.Tick(ended: ended);
        Assert.Equal(["succeeded", "succeeded"], rig.Sql.Column("SELECT status FROM triggers"));
    }

    [Fact]
    public void Lines_that_no_rule_lets_be_written_are_kept()
    {
        using var rig = new DaemonRig(Jobs);
        rig.Sql.Do($"CREATE TRIGGER theirs BEFORE INSERT ON logs {Fault}; INSERT INTO triggers (job_name) VALUES ('one')");
        var lines = Enumerable
            .Range(0, 1000)
            .Select(number => new LogLine(DateTimeOffset.UnixEpoch.AddSeconds(number), LogLevel.Info, $"line {number}"))
            .ToList();
        Assert.Single(rig.Tick(lines: lines));
        Assert.Equal(lines, rig.Last.Unwritten);
        Assert.Null(rig.LeftOut.Stalls);
        Assert.Contains("INSERT INTO logs fails for every row", rig.LeftOut.InWords, StringComparison.Ordinal);
        rig.Sql.Do("DROP TRIGGER theirs");
        rig.Tick(lines: rig.Last.Unwritten);
        Assert.Equal(1000, rig.Sql.Scalar<long>("SELECT count(*) FROM logs WHERE message LIKE 'line %'"));
    }

    [Fact]
    public void An_occurrence_that_cannot_be_written_comes_when_it_can()
    {
        using var rig = new DaemonRig(DaemonRig.Job("hourly").Every(TimeSpan.FromHours(1)), Parallel("one"));
        rig.PassToEnd();
        rig.Sql.Do($"CREATE TRIGGER theirs BEFORE INSERT ON triggers {Fault}");
        rig.Clock.Advance(TimeSpan.FromHours(1));
        for (var tick = 0; tick < 5; tick++)
        {
            rig.Tick();
            Retry(rig);
        }

        Assert.Equal(1, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers"));
        rig.Sql.Do("DROP TRIGGER theirs");
        Retry(rig);
        Assert.Equal("hourly", rig.Tick().Single().Request.Job.Name);
        Retry(rig);
        Assert.Equal(2, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers"));
    }

    [Theory]
    [InlineData("UPDATE triggers SET status = 'waiting', reason = 'for the test', due = 0.5")]
    [InlineData("UPDATE triggers SET status = 'waiting', reason = 'for the test'")]
    public void Rows_that_wait_are_taken_into_the_line_when_the_rule_is_gone(string wait)
    {
        using var rig = new DaemonRig(Jobs);
        rig.Tick();
        rig.Sql.Do(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) INSERT INTO triggers (job_name) SELECT "
                + "'one' FROM n"
        );
        rig.Sql.Do(wait);
        rig.Sql.Do($"CREATE TRIGGER theirs BEFORE UPDATE ON triggers {Fault}");
        rig.UseList(Jobs);
        for (var tick = 0; tick < 5; tick++)
        {
            Assert.Empty(rig.Tick());
            Retry(rig);
        }

        // The waits are judged in two slices.
        Assert.Empty(rig.Tick());
        Assert.Empty(rig.Tick());
        Assert.False(rig.Last.HasMore);

        Assert.Equal(1200, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE status = 'waiting'"));
        rig.Sql.Do("DROP TRIGGER theirs");
        Assert.Equal(1200, RunAll(rig, 1200));
    }

    private static Job Parallel(string name) => DaemonRig.Job(name) with { Overlap = Overlap.Parallel, MaxParallel = 10_000 };

    private static int RunAll(DaemonRig rig, int expected)
    {
        var started = 0;
        for (var tick = 0; tick < 100 && started < expected; tick++)
        {
            Retry(rig);
            started += rig.Tick(10_000).Count;
        }

        return started;
    }

    // As the loop does it: what was left out is tried again, and what waits is judged again.
    private static void Retry(DaemonRig rig, int seconds = 61)
    {
        rig.Clock.Advance(TimeSpan.FromSeconds(seconds));
        if (rig.LeftOut.Forget() | rig.LeftOut.HasTrials)
            rig.UseList([.. rig.List.Jobs]);
    }
}
