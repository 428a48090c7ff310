using Aios.Store.Events;
using Aios.Store.Runs;
using Aios.Store.Sqlite;
using Aios.Store.Sqlite.Reading;

namespace Aios.Tests.Store;

/// <summary>What the database writes down by itself of what happens in it.</summary>
public sealed class EventTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStoreConnection _connection;
    private readonly Sql _sql;

    public EventTests()
    {
        _connection = SqliteStoreConnection.Open(_folder.File("orchestrator.db"));
        _sql = new Sql(_folder.File("orchestrator.db"));
    }

    [Fact]
    public void Whoever_makes_it_happen_it_is_written_down_in_the_same_commit()
    {
        _sql.Do("INSERT INTO triggers (job_name) VALUES ('a')");
        _sql.Do("INSERT INTO holds (job_name, kind, since) VALUES ('a', 'paused', 0)");
        _sql.Do("UPDATE holds SET kind = 'stopped'");
        _sql.Do("UPDATE holds SET kind = 'stopped'");
        _sql.Do("UPDATE holds SET kind = 'ended'");
        _sql.Do("DELETE FROM holds");
        _connection.Write(queue => queue.Triggers.Cancel(1, "why not", DateTimeOffset.UnixEpoch));
        Assert.Equal(
            [
                "1 trigger.queued a queued",
                "2 job.paused a ",
                "3 job.stopped a ",
                "4 job.ended a ",
                "5 job.resumed a ",
                "6 trigger.closed a canceled",
            ],
            _sql.Column("SELECT id || ' ' || kind || ' ' || job_name || ' ' || coalesce(status, '') FROM events ORDER BY id")
        );
    }

    [Fact]
    public void What_is_taken_back_has_not_happened()
    {
        _sql.Do("BEGIN IMMEDIATE; INSERT INTO triggers (job_name) VALUES ('a'); ROLLBACK");
        _sql.Do("INSERT INTO triggers (job_name) VALUES ('b')");
        Assert.Equal(["1 b"], _sql.Column("SELECT id || ' ' || job_name FROM events"));
    }

    [Fact]
    public void A_run_tells_of_its_start_its_progress_and_its_end_and_of_nothing_else()
    {
        var now = DateTimeOffset.UnixEpoch;
        _connection.Write(queue =>
        {
            var run = queue.Runs.Begin(7, "a", 1, "here", "boot", now);
            queue.Runs.RecordProcess(run, "a", new RunProcess(4711, null, now));
            queue.Runs.Progress(run, 0.5, "half");
            queue.Runs.Progress(run, 0.5, "half");
            queue.Runs.RequestStop(run, StopRequest.Stop);
            queue.Runs.End(run, new RunEnd(RunStatus.Failed, now) { Reason = "exit 3" });
            return queue.Runs.End(run, new RunEnd(RunStatus.Lost, now));
        });
        Assert.Equal(
            ["run.started running  ", "run.progress running  half", "run.ended failed exit 3 half"],
            _sql.Column(
                "SELECT kind || ' ' || status || ' ' || coalesce(reason, '') || ' ' || coalesce(progress_text, '') FROM events WHERE "
                    + "run_id = 1 AND trigger_id = 7 ORDER BY id"
            )
        );
    }

    [Fact]
    public void Rows_that_others_have_filled_with_anything_are_told_too()
    {
        _sql.Do("INSERT INTO triggers (job_name, status, processed) VALUES (x'6162', 5, 'yes')");
        _sql.Do("INSERT INTO holds (job_name, kind, since) VALUES (7, 'nonsense', 'x')");
        using var reader = SqliteStoreReader.Open(_folder.File("orchestrator.db"))!;
        Assert.Equal(
            ["trigger.closed ab 5", "job.paused 7 "],
            reader.Events(0, 10).Select(row => $"{row.Kind} {row.JobName} {row.Status}")
        );
        Assert.All(reader.Events(0, 10), row => Assert.Contains(row.Kind, EventKinds.All));
    }

    [Fact]
    public void Only_the_latest_are_kept_and_numbers_never_come_again()
    {
        const int Many = 53_500;
        _sql.Do(
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Many}) INSERT INTO triggers (job_name) "
                + $"SELECT 'a' FROM n"
        );
        using var reader = SqliteStoreReader.Open(_folder.File("orchestrator.db"))!;
        Assert.Equal((3001, Many), reader.EventBounds());
        _sql.Do("DELETE FROM events");
        Assert.Equal((Many + 1, Many), reader.EventBounds());
        _sql.Do("INSERT INTO triggers (job_name) VALUES ('b')");
        Assert.Equal(Many + 1, reader.Events(0, 10).Single().Id);
    }

    [Fact]
    public async Task A_reader_waits_for_a_commit_of_somebody_else()
    {
        using var reader = SqliteStoreReader.Open(_folder.File("orchestrator.db"))!;
        _sql.Do("BEGIN EXCLUSIVE");
        var reading = Task.Run(() => reader.EventBounds());
        Assert.NotSame(reading, await Task.WhenAny(reading, Task.Delay(200)));
        _sql.Do("INSERT INTO triggers (job_name) VALUES ('a')");
        _sql.Do("COMMIT");
        Assert.Equal((1, 1), await reading);
    }

    public void Dispose()
    {
        _sql.Dispose();
        _connection.Dispose();
        _folder.Dispose();
    }
}
