using Aios.Daemon;
using Aios.Jobs;
using Aios.Queue;
using Aios.Tests.Support;

namespace Aios.Tests.Daemon;

public sealed class AlwaysTests
{
    private static readonly Job Server = DaemonRig.Job("server", JobType.Always);

    [Fact]
    public void One_process_for_each_database()
    {
        using var rig = new DaemonRig(Server);
        using var other = rig.Beside("there", "", Server);
        Assert.Single(rig.Pass());
        Assert.Empty(other.Pass());
        Assert.Empty(rig.Pass());
    }

    [Fact]
    public void Started_again_at_once_when_it_had_lasted()
    {
        using var rig = new DaemonRig(Server);
        var run = Assert.Single(rig.Pass());
        var ended = Lived(rig, run, TimeSpan.FromSeconds(2));
        Assert.Equal(1, Assert.Single(rig.Pass(ended: ended)).Request.Attempt);
    }

    [Fact]
    public void Waits_longer_each_time_it_does_not_last_and_says_that_it_is_a_crash_loop()
    {
        using var rig = new DaemonRig(Server);
        var run = Assert.Single(rig.Pass());
        foreach (var wait in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            Assert.Empty(rig.Pass(ended: Lived(rig, run, TimeSpan.FromMilliseconds(10))));
            Assert.Equal(rig.Clock.GetUtcNow() + TimeSpan.FromSeconds(wait), rig.Last.NextDue!.Value, TimeSpan.FromMilliseconds(1));
            var reason = rig.Sql.Scalar<string>("SELECT reason FROM triggers WHERE processed IS NULL");
            Assert.Equal(run.Request.Attempt >= CrashLoop.Threshold, reason!.StartsWith("crash loop: ", StringComparison.Ordinal));
            run = Assert.Single(rig.PassAfter(TimeSpan.FromSeconds(wait)));
        }

        rig.Pass(ended: Lived(rig, run, TimeSpan.FromSeconds(5)));
        Assert.Equal(1, rig.Sql.Scalar<long>("SELECT attempt FROM triggers WHERE processed IS NULL"));
    }

    [Fact]
    public void Comes_back_although_somebody_closed_its_trigger()
    {
        using var rig = new DaemonRig(Server);
        rig.Sql.Do("PRAGMA user_version");
        var run = Assert.Single(rig.Pass());
        Assert.Empty(rig.Pass(ended: Lived(rig, run, TimeSpan.Zero)));
        rig.Sql.Do("UPDATE triggers SET processed = 1.0 WHERE processed IS NULL");
        Assert.Single(rig.Pass());
    }

    [Fact]
    public void Taken_over_by_another_device_when_its_daemon_stops()
    {
        using var rig = new DaemonRig(Server);
        using var other = rig.Beside("there", "", Server);
        var run = Assert.Single(rig.Pass());
        rig.Pass(freeSlots: null, ended: rig.End(run, RunStatus.Canceled, "the daemon was stopped", returned: true));
        Assert.Single(other.Pass());
    }

    private static EndedRun Lived(DaemonRig rig, ClaimedRun run, TimeSpan span)
    {
        var started = rig.Clock.GetUtcNow();
        rig.Clock.Advance(span);
        return rig.End(run, RunStatus.Failed, "exit status 1") with { Started = started };
    }
}
