using Aios.Daemon.Ticks;
using Aios.Jobs;
using Aios.Store.Logs;
using Aios.Store.Runs;

namespace Aios.Tests.Daemon;

/// <summary>
/// A row that cannot be handled, in each table in turn: the turn goes on, the row is closed or left out with a reason, and
/// the next good row runs. The fault is SQLite's own, at the write of exactly that row.
/// </summary>
public sealed class RowFaultTests
{
    private const string Fault = "BEGIN SELECT RAISE(ABORT, 'fault in the test'); END";

    // Each: the trigger that makes the handling of a row fail, where the fault shows, and which row it is of.
    public static TheoryData<string, string, string> Faults =>
        new()
        {
            { $"AFTER INSERT ON runs WHEN NEW.job_name = 'bad' {Fault}", "triggers", "2" },
            { $"AFTER UPDATE OF status ON triggers WHEN NEW.job_name = 'bad' AND NEW.status = 'running' {Fault}", "triggers", "2" },
            { $"AFTER UPDATE ON triggers WHEN NEW.job_name = 'bad' {Fault}", "triggers", "2" },
            { $"AFTER INSERT ON events WHEN NEW.kind = 'run.started' AND NEW.job_name = 'bad' {Fault}", "triggers", "2" },
            { $"AFTER INSERT ON jobs WHEN NEW.job_name = 'bad' {Fault}", "jobs", "bad" },
            { $"AFTER INSERT ON logs WHEN NEW.message = 'bad' {Fault}", "logs", "of " },
            { $"AFTER UPDATE ON devices {Fault}", "devices", "here" },
            { $"AFTER INSERT ON device_jobs WHEN NEW.job_name = 'bad' {Fault}", "device_jobs", "bad" },
            { $"AFTER INSERT ON schedules WHEN NEW.job_name = 'hourly' {Fault}", "schedules", "hourly" },
            { $"AFTER INSERT ON deadlines WHEN NEW.job_name = 'late' {Fault}", "deadlines", "late" },
            { $"AFTER INSERT ON triggers WHEN NEW.source = 'always' {Fault}", "triggers", "of always job kept" },
            { $"AFTER DELETE ON schedules WHEN OLD.job_name = 'gone' {Fault}", "schedules", "of no job" },
            { $"AFTER DELETE ON alarms WHEN OLD.job_name = 'gone' {Fault}", "alarms", "of no job" },
            { $"AFTER UPDATE ON notices {Fault}", "notices", "that wait" },
            { "BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'fault in the test'); END", "audit", "of the job list" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_turn_goes_on_whatever_row_is_at_fault(string trigger, string table, string key)
    {
        using var rig = new DaemonRig(Jobs);
        rig.Sql.Do(
            "INSERT INTO schedules (job_name, schedule, cursor) VALUES ('gone', '', 1); INSERT INTO alarms VALUES ('gone', 'failure', 1, "
                + "1, 1, NULL, NULL); INSERT INTO alarms VALUES ('bad', 'failure', 1, 1, 1, NULL, NULL)"
        );
        rig.Sql.Do(
            "INSERT INTO notices (created, device, job_name, event, channel, message, due) VALUES (1, 'here', 'bad', 'failure', "
                + "'x', '{}', 9e9)"
        );
        rig.Sql.Do($"CREATE TRIGGER fault {trigger}");
        rig.Sql.Do("INSERT INTO triggers (job_name) VALUES ('good'), ('bad'), ('good')");
        var claimed = rig.Tick(10, lines: [Line("fine"), Line("bad"), Line("fine, too")]);
        Assert.Equal(2, claimed.Count(run => run.Request.Job.Name == "good"));
        var fault = Assert.Single(rig.Last.Faults, fault => fault.Table == table && fault.Key.StartsWith(key, StringComparison.Ordinal));
        Assert.Contains("fault in the test", fault.Reason, StringComparison.Ordinal);
        Assert.Equal(["fine", "fine, too"], rig.Sql.Column("SELECT message FROM logs WHERE message LIKE '%fine%' ORDER BY id"));
        if (fault.IsClosed)
            Assert.Equal($"failed: {fault.Reason}", rig.Trigger(2));
        GoesOn(rig);
    }

    [Theory]
    [InlineData(
        "AFTER UPDATE OF result ON runs WHEN NEW.result = '\"bad\"'",
        "failed: its end (succeeded) could not be handled: fault in the test"
    )]
    [InlineData(
        "AFTER UPDATE OF processed ON triggers WHEN NEW.id = 1 AND NEW.status = 'succeeded'",
        "failed: its end (succeeded) could not be handled: fault in the test"
    )]
    [InlineData("AFTER INSERT ON alarms", "succeeded")]
    [InlineData("AFTER INSERT ON notices", "succeeded")]
    public void An_end_that_cannot_be_written_down_is_at_least_an_end(string trigger, string expected)
    {
        using var rig = new DaemonRig(Jobs);
        rig.Sql.Do($"CREATE TRIGGER fault {trigger} {Fault}; INSERT INTO triggers (job_name) VALUES ('bad'), ('good')");
        var runs = rig.Tick();
        var ended = runs.Select(run => rig.End(run, RunStatus.Succeeded))
            .Select(end => end with { End = end.End with { ResultJson = end.Run.JobName == "bad" ? "\"bad\"" : null } })
            .ToArray();
        rig.Tick(ended: ended);
        Assert.Equal(expected, rig.Trigger(1));
        Assert.Equal(expected.Split(':')[0], rig.Runs(1));
        Assert.Equal("succeeded", rig.Trigger(2));
        GoesOn(rig);
    }

    [Fact]
    public void What_can_be_neither_handled_nor_closed_is_left_out_and_tried_again()
    {
        using var rig = new DaemonRig(Jobs);
        rig.Sql.Do($"CREATE TRIGGER fault BEFORE UPDATE ON triggers WHEN NEW.job_name = 'bad' {Fault}");
        rig.Sql.Do(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO triggers (job_name, priority) "
                + "SELECT 'bad', 9 FROM n"
        );
        rig.Sql.Do("INSERT INTO triggers (job_name) VALUES ('good')");
        for (var tick = 0; tick < 10 && rig.Trigger(101) == "queued"; tick++)
            rig.Tick(200);
        Assert.Equal("running", rig.Trigger(101));
        Assert.All(rig.Last.Faults, fault => Assert.False(fault.IsClosed));
        GoesOn(rig);
        rig.Sql.Do("DROP TRIGGER fault");
        rig.Clock.Advance(RowFaults.Lapse);
        Assert.True(rig.LeftOut.Forget());
        Assert.Contains(rig.Tick(200), run => run.Request.Job.Name == "bad");
    }

    [Theory]
    [InlineData("waiting", 0.5)]
    [InlineData("waiting", null)]
    public void Of_many_rows_that_one_statement_moves_the_one_at_fault_is_found(string status, double? due)
    {
        using var rig = new DaemonRig(Jobs);
        rig.Tick();
        rig.Sql.Do(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) INSERT INTO triggers (job_name, status, "
                + "reason, due) SELECT 'good', ?1, 'for the test', ?2 FROM n",
            status,
            due
        );
        rig.Sql.Do($"CREATE TRIGGER fault AFTER UPDATE ON triggers WHEN NEW.id = 77 AND NEW.status = 'queued' {Fault}");
        if (due is null)
            rig.UseList(Jobs);
        rig.Tick(0);
        Assert.Equal("failed: could not be handled: fault in the test", rig.Trigger(77));
        Assert.Equal(199, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE job_name = 'good' AND status = 'queued'"));
        GoesOn(rig);
    }

    [Fact]
    public void A_fault_of_the_database_as_a_whole_closes_nothing()
    {
        using var rig = new DaemonRig(Jobs);
        rig.Sql.Do("INSERT INTO triggers (job_name) VALUES ('good')");
        rig.Sql.Do("ALTER TABLE holds RENAME TO elsewhere");
        Assert.ThrowsAny<Exception>(() => rig.Tick());
        rig.Sql.Do("ALTER TABLE elsewhere RENAME TO holds");
        Assert.Equal("queued", rig.Trigger(1));
        rig.Tick();
        Assert.Equal("running", rig.Trigger(1));
    }

    private static Job[] Jobs =>
        [
            DaemonRig.Job("good") with
            {
                Overlap = Overlap.Parallel,
                MaxParallel = 1000,
            },
            DaemonRig.Job("bad") with
            {
                Overlap = Overlap.Parallel,
                MaxParallel = 1000,
            },
            DaemonRig.Job("hourly").Every(TimeSpan.FromHours(1)),
            DaemonRig.Job("late") with
            {
                Deadline = TimeSpan.FromHours(1),
            },
            DaemonRig.Job("kept", JobType.Always),
        ];

    private static LogLine Line(string text) => new(DateTimeOffset.UnixEpoch, LogLevel.Info, text);

    private static void GoesOn(DaemonRig rig)
    {
        var id = rig.Sql.Trigger("good");
        for (var tick = 0; tick < 5 && rig.Trigger(id) == "queued"; tick++)
            rig.Tick(1000);
        Assert.Equal("running", rig.Trigger(id));
    }
}
