using Aios.Daemon;
using Aios.Daemon.Monitoring;
using Aios.Jobs;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Tests.Daemon;

public sealed class IdleTests
{
    private static readonly Job Tidy = DaemonRig.Job("tidy", JobType.Idle);

    [Fact]
    public void Once_in_each_quiet_period()
    {
        var clock = new FakeClock();
        var watch = new IdleWatch(
            new DaemonSettings
            {
                Home = "/",
                Database = Databases.At("/x"),
                IdleAfter = TimeSpan.FromSeconds(5),
                IdleCpuPercent = 100,
            },
            clock,
            new CpuMeter()
        );
        Assert.Equal(1, Starts(watch, clock, TimeSpan.FromMinutes(1)));
        Assert.True(watch.IsQuiet);
        watch.EndQuiet();
        Assert.False(watch.IsQuiet);
        Assert.Equal(0, Starts(watch, clock, TimeSpan.FromSeconds(5)));
        Assert.Equal(1, Starts(watch, clock, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Takes_no_slot_and_starts_only_while_quiet()
    {
        using var rig = new DaemonRig(Tidy);
        Assert.Empty(rig.Tick());
        var run = Assert.Single(rig.Tick(freeSlots: 0, quiet: true, startIdle: true));
        Assert.Equal(TriggerSource.Idle, run.Source);
        Assert.False(run.IsOrdinaryWork);
    }

    [Fact]
    public void A_further_attempt_waits_for_quiet_again()
    {
        using var rig = new DaemonRig(Tidy with { Retries = 1 });
        var run = Assert.Single(rig.Tick(quiet: true, startIdle: true));
        rig.Tick(ended: rig.End(run, RunStatus.Failed, "exit status 1"));
        Assert.Empty(rig.TickAfter(TimeSpan.FromSeconds(2)));
        Assert.Single(rig.Tick(quiet: true));
    }

    [Fact]
    public void Somebody_who_asks_for_it_need_not_wait_for_quiet()
    {
        using var rig = new DaemonRig(Tidy);
        rig.Sql.Trigger("tidy");
        Assert.True(Assert.Single(rig.Tick()).IsOrdinaryWork);
    }

    private static int Starts(IdleWatch watch, FakeClock clock, TimeSpan span)
    {
        var starts = 0;
        for (var second = 0; second < span.TotalSeconds; second++)
        {
            if (watch.BecomesIdle(idleRuns: false))
                starts++;
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        return starts;
    }
}
