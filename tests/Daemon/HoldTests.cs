using Aios.Cli;
using Aios.Control;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Tests.Daemon;

/// <summary>What people say of jobs and runs through the database: pause, stop, restart.</summary>
public sealed class HoldTests
{
    [Fact]
    public void Triggers_of_a_paused_job_wait_and_start_once_the_hold_is_gone()
    {
        using var rig = new DaemonRig(DaemonRig.Job("work"), DaemonRig.Job("other"));
        rig.Tick();
        rig.Sql.Do("INSERT INTO holds VALUES ('work', 'paused', 1); INSERT INTO triggers (job_name) VALUES ('work'), ('other')");
        Assert.Equal("other", rig.Tick().Single().Request.Job.Name);
        Assert.Equal("waiting: paused; `aios resume work` lets it run", rig.Trigger(1));
        rig.Sql.Do("DELETE FROM holds");
        Assert.Equal("work", rig.Tick().Single().Request.Job.Name);
    }

    [Fact]
    public void A_hold_survives_a_restart_of_the_daemon()
    {
        using var rig = DaemonRig.On("", DaemonRig.Job("work"));
        rig.Sql.Do("INSERT INTO holds VALUES ('work', 'paused', 1); INSERT INTO triggers (job_name) VALUES ('work')");
        Assert.Empty(rig.Tick());
        using var next = rig.Beside("next", "", DaemonRig.Job("work"));
        Assert.Empty(next.Tick());
        Assert.StartsWith("waiting: paused", next.Trigger(1), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_schedule_names_while_its_job_is_paused_is_skipped_with_the_reason()
    {
        using var rig = new DaemonRig(DaemonRig.Job("tick").Every(TimeSpan.FromMinutes(1)));
        rig.Tick(ended: rig.End(rig.Tick().Single(), RunStatus.Succeeded));
        rig.Sql.Do("INSERT INTO holds VALUES ('tick', 'paused', 1)");
        rig.Tick();
        Assert.Empty(rig.TickAfter(TimeSpan.FromMinutes(1)));
        Assert.Equal("skipped: paused; `aios resume tick` lets it run", rig.Trigger(2));
        rig.Sql.Do("DELETE FROM holds");
        Assert.Empty(rig.Tick());
        Assert.Single(rig.TickAfter(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void An_always_job_that_is_stopped_stays_so_until_it_is_resumed()
    {
        using var rig = new DaemonRig(DaemonRig.Job("server", JobType.Always));
        var run = rig.Tick().Single();
        rig.Connection.Write(queue =>
        {
            queue.Holds.Put("server", HoldKind.Stopped, rig.Clock.GetUtcNow());
            return queue.Runs.RequestStopOf("server", StopRequest.Stop);
        });
        rig.Tick();
        Assert.Equal([(run.Request.RunId, StopRequest.Stop)], rig.Last.ToStop);
        Assert.Empty(rig.Tick(ended: rig.End(run, RunStatus.Canceled, "stopped on request")));
        Assert.Empty(rig.TickAfter(TimeSpan.FromHours(1)));
        Assert.Equal("canceled: stopped on request", rig.Trigger(1));
        rig.Connection.Write(queue => queue.Holds.Remove("server"));
        Assert.Equal(1, rig.Tick().Single().Request.Attempt);
    }

    [Fact]
    public void A_run_that_is_restarted_goes_back_into_the_line_and_its_attempt_does_not_count()
    {
        using var rig = new DaemonRig(DaemonRig.Job("work"));
        rig.Tick();
        rig.Sql.Do("INSERT INTO triggers (job_name, args) VALUES ('work', '[7]')");
        var run = rig.Tick().Single();
        rig.Connection.Write(queue => queue.Restart("work"));
        rig.Tick();
        Assert.Equal([(run.Request.RunId, StopRequest.Restart)], rig.Last.ToStop);
        var again = rig.Tick(ended: rig.End(run, RunStatus.Canceled, "restarted on request", returned: true)).Single().Request;
        Assert.Equal((1L, 1, "[7]"), (again.TriggerId, again.Attempt, again.ArgsJson));
        Assert.Equal("canceled running", rig.Runs(1));
    }

    [Theory]
    [InlineData("RESTART_server", "succeeded: nothing of the job ran")]
    [InlineData("RESTART_nobody", "failed: no device has a job named \"RESTART_nobody\" in its list. `aios jobs` lists all.")]
    public void A_row_named_as_the_original_knew_it_restarts_a_job(string name, string expected)
    {
        using var rig = new DaemonRig(DaemonRig.Job("server"));
        rig.Tick();
        rig.Sql.Do($"INSERT INTO triggers (job_name) VALUES ('{name}')");
        rig.Tick();
        Assert.Equal(expected, rig.Trigger(1));
    }

    [Fact]
    public void A_crashing_job_that_is_restarted_starts_at_once_and_counts_anew()
    {
        using var rig = new DaemonRig(DaemonRig.Job("server", JobType.Always));
        for (var i = 0; i < 5; i++)
        {
            var run = rig.TickAfter(TimeSpan.FromMinutes(10)).Single();
            rig.Tick(ended: rig.End(run, RunStatus.Failed, "exit status 1"));
        }

        Assert.Empty(rig.Tick());
        rig.Connection.Write(queue => queue.Restart("server"));
        Assert.Equal(1, rig.Tick().Single().Request.Attempt);
    }

    [Fact]
    public void A_run_that_was_to_end_and_got_lost_is_not_tried_again()
    {
        using var rig = new DaemonRig(DaemonRig.Job("work") with { Retries = 3 });
        rig.Tick();
        rig.Sql.Do("INSERT INTO triggers (job_name) VALUES ('work')");
        var run = rig.Tick().Single();
        rig.Sql.Do("UPDATE runs SET stop_request = 'please'");
        rig.Tick();
        Assert.Equal([(run.Request.RunId, StopRequest.Stop)], rig.Last.ToStop);
        rig.Tick(ended: rig.End(run, RunStatus.Lost, "the daemon died"));
        Assert.Equal("lost: the daemon died", rig.Trigger(1));
    }

    [Fact]
    public void What_stands_in_line_or_waits_is_taken_back_with_its_job()
    {
        using var rig = new DaemonRig(DaemonRig.Job("work") with { Overlap = Overlap.Queue });
        rig.Tick();
        rig.Sql.Do(
            "INSERT INTO triggers (job_name) VALUES ('work'), ('work'); INSERT INTO triggers (job_name, run_at) VALUES ('work', 4e9)"
        );
        Assert.Single(rig.Tick());
        var outcome = rig.Connection.Write(queue =>
            queue.StopJob("work", isAlways: false, StopRequest.Stop, CliActor.Here, rig.Clock.GetUtcNow())
        );
        Assert.Equal((2, null), (outcome.CanceledTriggers, outcome.Rest));
        Assert.Equal(
            ["running", "canceled: stopped on request", "canceled: stopped on request"],
            new long[] { 1, 2, 3 }.Select(rig.Trigger)
        );
    }

    [Fact]
    public void Many_rows_of_a_stopped_job_are_taken_back_in_short_transactions_with_what_starts_meanwhile()
    {
        using var rig = new DaemonRig(DaemonRig.Job("work"), DaemonRig.Job("other"));
        rig.Tick();
        rig.Sql.Do(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO triggers (job_name, run_at) "
                + "SELECT iif(i % 5, 'work', 'other'), iif(i % 2, NULL, 4e9 + i) FROM n"
        );
        rig.Tick(freeSlots: null);
        while (rig.Last.HasMore)
            rig.Tick(freeSlots: null);
        rig.Sql.Do("INSERT INTO holds VALUES ('other', 'paused', 1)");

        var outcome = rig.Connection.Write(queue =>
            queue.StopJob("work", isAlways: false, StopRequest.Stop, CliActor.Here, rig.Clock.GetUtcNow())
        );
        Assert.Equal(1000, outcome.CanceledTriggers);
        rig.Sql.Do("INSERT INTO triggers (job_name) VALUES ('work')");
        rig.Sql.Do(
            "UPDATE triggers SET status = 'running' WHERE id = (SELECT min(id) FROM triggers WHERE status = 'waiting' AND "
                + "job_name = 'work')"
        );
        rig.Sql.Do(
            "INSERT INTO runs (id, trigger_id, job_name, attempt, status, device, boot_id, started) SELECT 77, id, 'work', 1, 'running', "
                + "'d', 'b', 1 FROM triggers WHERE status = 'running'"
        );
        var slices = 1;
        for (; outcome.Rest is not null; slices++)
        {
            var before = outcome;
            outcome = rig.Connection.Write(queue => queue.StopMore("work", StopRequest.Stop, before, CliActor.Here, rig.Clock.GetUtcNow()));
            Assert.InRange(outcome.CanceledTriggers - before.CanceledTriggers, 0, 1000);
        }

        Assert.InRange(slices, 3, 5);
        Assert.Equal([77L], outcome.Runs);
        Assert.Equal(1999, outcome.CanceledTriggers);
        Assert.Equal(["1999"], rig.Sql.Column("SELECT count(*) FROM triggers WHERE status = 'canceled' AND job_name = 'work'"));
        Assert.Equal(["1999"], rig.Sql.Column("SELECT sum(after ->> 'canceled_triggers') FROM audit WHERE action = 'job.stop'"));
        Assert.Equal(["500"], rig.Sql.Column("SELECT count(*) FROM triggers WHERE job_name = 'other' AND processed IS NULL"));
        Assert.Equal(["2501"], rig.Sql.Column("SELECT id FROM triggers WHERE job_name = 'work' AND status = 'queued'"));
    }

    [Fact]
    public void Many_rows_take_the_priority_of_a_new_list_and_wait_no_longer_than_their_span_in_short_transactions()
    {
        using var rig = new DaemonRig(DaemonRig.Job("work"));
        rig.Tick();
        rig.Sql.Do(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO triggers (job_name, priority) "
                + "SELECT 'work', iif(i % 100, NULL, 0) FROM n"
        );
        rig.Tick(freeSlots: null);
        while (rig.Last.HasMore)
            rig.Tick(freeSlots: null);
        rig.Sql.Do(
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO triggers (job_name, status, due, "
                + $"wait_seconds, reason) SELECT 'work', 'waiting', {UnixTime.Of(rig.Clock.GetUtcNow()) + 86400:R} + i % 3, "
                + $"iif(i % 10, 60, "
                + $"NULL), 'x' FROM n"
        );
        rig.UseList(DaemonRig.Job("work") with { Priority = 7 });
        var ticks = 0;
        do
        {
            rig.Tick(freeSlots: null);
            ticks++;
        } while (rig.Last.HasMore);
        Assert.InRange(ticks, 3, 6);
        Assert.Equal(["25"], rig.Sql.Column("SELECT count(*) FROM triggers WHERE status = 'queued' AND priority = 0"));
        Assert.Equal(["2475"], rig.Sql.Column("SELECT count(*) FROM triggers WHERE status = 'queued' AND priority = 7"));
        Assert.Equal(
            ["2250"],
            rig.Sql.Column($"SELECT count(*) FROM triggers WHERE status = 'waiting' AND due = {UnixTime.Of(rig.Clock.GetUtcNow()) + 60:R}")
        );
        Assert.Equal(
            ["250"],
            rig.Sql.Column(
                $"SELECT count(*) FROM triggers WHERE status = 'waiting' AND due > {UnixTime.Of(rig.Clock.GetUtcNow()) + 86000:R}"
            )
        );
    }

    [Fact]
    public void Many_rows_of_a_held_job_are_turned_away_in_short_transactions()
    {
        using var rig = new DaemonRig(DaemonRig.Job("held"), DaemonRig.Job("work"));
        rig.Tick();
        rig.Sql.Do(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) INSERT INTO triggers (job_name) SELECT "
                + "'held' FROM n"
        );
        rig.Tick(freeSlots: null);
        while (rig.Last.HasMore)
            rig.Tick(freeSlots: null);
        rig.Sql.Do("INSERT INTO holds VALUES ('held', 'paused', 1); INSERT INTO triggers (job_name) VALUES ('work')");
        var started = new List<string>();
        var ticks = 0;
        do
        {
            started.AddRange(rig.Tick().Select(run => run.Request.Job.Name));
            ticks++;
            // Whatever number of rows leaves the line, another job starts in the first of them.
            Assert.Equal(["work"], started);
        } while (rig.Last.HasMore);
        Assert.InRange(ticks, 3, 40);
        Assert.Equal("10000", rig.Sql.Column("SELECT count(*) FROM triggers WHERE status = 'waiting'").Single());
    }
}
