using Aios.Daemon.Claiming;
using Aios.Daemon.Ticks;
using Aios.Health;
using Aios.Jobs;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Tests.Daemon;

public sealed class AlwaysTests
{
    private static readonly Job Server = DaemonRig.Job("server", JobType.Always);

    [Fact]
    public void One_process_for_each_database()
    {
        using var rig = new DaemonRig(Server);
        using var other = rig.Beside("there", "", Server);
        Assert.Single(rig.Tick());
        Assert.Empty(other.Tick());
        Assert.Empty(rig.Tick());
    }

    [Fact]
    public void Started_again_at_once_when_it_had_lasted()
    {
        using var rig = new DaemonRig(Server);
        var run = Assert.Single(rig.Tick());
        var ended = Lived(rig, run, TimeSpan.FromSeconds(2));
        Assert.Equal(2, Assert.Single(rig.Tick(ended: ended)).Request.Attempt);
    }

    [Fact]
    public void Waits_longer_each_time_it_does_not_last_and_says_that_it_is_a_crash_loop()
    {
        using var rig = new DaemonRig(Server);
        var run = Assert.Single(rig.Tick());
        foreach (var wait in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            Assert.Empty(rig.Tick(ended: Lived(rig, run, TimeSpan.FromMilliseconds(10))));
            Assert.Equal(rig.Clock.GetUtcNow() + TimeSpan.FromSeconds(wait), rig.Last.NextDue!.Value, TimeSpan.FromMilliseconds(1));
            var reason = rig.Sql.Scalar<string>("SELECT reason FROM triggers WHERE processed IS NULL");
            Assert.Equal(run.Request.Attempt >= HealthRules.CrashLoop, reason!.StartsWith("crash loop: ", StringComparison.Ordinal));
            run = Assert.Single(rig.TickAfter(TimeSpan.FromSeconds(wait)));
        }

        // To last a little is not to be well.
        rig.Tick(ended: Lived(rig, run, TimeSpan.FromSeconds(5)));
        Assert.Equal(9, rig.Sql.Scalar<long>("SELECT attempt FROM triggers WHERE processed IS NULL"));
    }

    [Fact]
    public void Comes_back_although_somebody_closed_its_trigger()
    {
        using var rig = new DaemonRig(Server);
        var run = Assert.Single(rig.Tick());
        Assert.Empty(rig.Tick(ended: Lived(rig, run, TimeSpan.Zero)));
        rig.Sql.Do("UPDATE triggers SET processed = 1.0 WHERE processed IS NULL");
        Assert.Single(rig.Tick());
    }

    [Fact]
    public void Taken_over_by_another_device_when_its_daemon_stops()
    {
        using var rig = new DaemonRig(Server);
        using var other = rig.Beside("there", "", Server);
        var run = Assert.Single(rig.Tick());
        rig.Tick(freeSlots: null, ended: rig.End(run, RunStatus.Canceled, "the daemon was stopped", returned: true));
        Assert.Single(other.Tick());
    }

    [Theory]
    [InlineData(RestartPolicy.Always, RunStatus.Succeeded, true)]
    [InlineData(RestartPolicy.Always, RunStatus.Canceled, true)]
    [InlineData(RestartPolicy.OnFailure, RunStatus.Succeeded, false)]
    [InlineData(RestartPolicy.OnFailure, RunStatus.Canceled, false)]
    [InlineData(RestartPolicy.OnFailure, RunStatus.Failed, true)]
    [InlineData(RestartPolicy.OnFailure, RunStatus.TimedOut, true)]
    [InlineData(RestartPolicy.OnFailure, RunStatus.Lost, true)]
    [InlineData(RestartPolicy.Never, RunStatus.Succeeded, false)]
    [InlineData(RestartPolicy.Never, RunStatus.Failed, false)]
    [InlineData(RestartPolicy.Never, RunStatus.TimedOut, false)]
    [InlineData(RestartPolicy.Never, RunStatus.Canceled, false)]
    [InlineData(RestartPolicy.Never, RunStatus.Lost, true)]
    internal void Its_restart_policy_says_after_which_ends_it_comes_back(RestartPolicy policy, RunStatus status, bool comesBack)
    {
        using var rig = new DaemonRig(
            Server with
            {
                Schedule = new Always { Restart = policy, MinUptime = TimeSpan.Zero },
            }
        );
        var run = Assert.Single(rig.Tick());
        Assert.Equal(comesBack ? 1 : 0, rig.Tick(ended: rig.End(run, status)).Count);
        Assert.Equal(comesBack ? [] : ["ended"], rig.Sql.Column("SELECT kind FROM holds"));
        Assert.Equal(
            comesBack ? 0 : 1,
            rig.Sql.Column(
                "SELECT 1 FROM triggers WHERE reason = 'ended, and its `restart` does not bring it back; `aios start server` does'"
            ).Count
        );
        if (!comesBack)
            Assert.Empty(rig.TickAfter(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void What_stays_ended_says_how_it_ended_and_that_it_stays_so()
    {
        using var rig = new DaemonRig(Server with { Schedule = new Always { Restart = RestartPolicy.Never } });
        rig.Tick(ended: rig.End(Assert.Single(rig.Tick()), RunStatus.Failed, "exit status 7"));
        Assert.Equal("failed: exit status 7; ended, and its `restart` does not bring it back; `aios start server` does", rig.Trigger(1));
        Assert.Equal(["job.ended"], rig.Sql.Column("SELECT kind FROM events WHERE kind LIKE 'job.%'"));
    }

    [Fact]
    public void What_has_ended_comes_back_when_it_is_started()
    {
        using var rig = Ended(out _);
        rig.Connection.Write(queue => queue.Holds.Remove("server"));
        Assert.Equal(1, Assert.Single(rig.Tick()).Request.Attempt);
    }

    [Fact]
    public void What_has_ended_comes_back_when_it_is_restarted()
    {
        using var rig = Ended(out _);
        rig.Connection.Write(queue => queue.Restart("server"));
        Assert.Single(rig.Tick());
    }

    [Fact]
    public void What_has_ended_comes_back_when_its_definition_changes_and_not_when_another_does()
    {
        using var rig = Ended(out var job);
        rig.UseList(job, DaemonRig.Job("other"));
        Assert.Empty(rig.Tick());
        rig.UseList(job with { Grace = TimeSpan.FromSeconds(3) }, DaemonRig.Job("other"));
        Assert.Single(rig.Tick());
    }

    [Fact]
    public void What_has_ended_comes_back_when_its_daemon_starts_again_but_not_with_another_one()
    {
        using var rig = Ended(out var job);
        using var other = rig.Beside("there", "", job);
        Assert.Empty(other.Tick());
        using var again = rig.Beside("here", "", job);
        Assert.Single(again.Tick());
    }

    [Fact]
    public void What_has_ended_on_a_device_that_is_away_comes_back_with_another_one()
    {
        using var rig = Ended(out var job);
        rig.Sql.Do("UPDATE devices SET status = 'offline'");
        using var other = rig.Beside("there", "", job);
        Assert.Single(other.Tick());
    }

    [Fact]
    public void What_somebody_stopped_stays_stopped_when_its_daemon_starts_again()
    {
        using var rig = Ended(out var job);
        rig.Connection.Write(queue =>
        {
            queue.Holds.Put("server", HoldKind.Stopped, rig.Clock.GetUtcNow());
            return 0;
        });
        using var again = rig.Beside("here", "", job);
        Assert.Empty(again.Tick());
    }

    private static DaemonRig Ended(out Job job)
    {
        job = Server with { Schedule = new Always { Restart = RestartPolicy.OnFailure } };
        var rig = new DaemonRig(job);
        rig.Tick(ended: rig.End(Assert.Single(rig.Tick()), RunStatus.Succeeded));
        Assert.Empty(rig.Tick());
        return rig;
    }

    private static EndedRun Lived(DaemonRig rig, ClaimedRun run, TimeSpan span)
    {
        var started = rig.Clock.GetUtcNow();
        rig.Clock.Advance(span);
        return rig.End(run, RunStatus.Failed, "exit status 1") with { Started = started };
    }
}
