using Aios.Daemon;
using Aios.Queue;
using Aios.Running;
using Aios.Tests.Support;

namespace Aios.Tests.Daemon;

/// <summary>Who is taken for dead, and what is taken from it.</summary>
public sealed class RecoveryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_device_elsewhere_is_not_taken_for_dead_because_both_have_slept()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        using var elsewhere = rig.Beside("there", "", DaemonRig.Job("a"));
        rig.Sql.Trigger("a");
        Assert.Single(elsewhere.Pass());
        using var store = new Store(QueueConnection.Open(rig.DatabasePath, clock: rig.Clock), rig.Clock);
        using var log = new DaemonLog(TextWriter.Null, rig.Clock);
        var inbox = new Inbox(() => { }, () => false);
        var folder = Path.GetDirectoryName(rig.DatabasePath)!;
        using var runner = new Runner(new RunningSettings(folder, folder, rig.DatabasePath, Path.Combine(folder, "run"), "here", "mark"), rig.Clock);
        var containers = new ContainerRecovery(rig.Context, store, new Supervisor(rig.Context, new Slots(1, rig.Clock), runner, inbox, log), runner.Containers, log);
        var recovery = new Recovery(rig.Context, store, StateFolder.Open(rig.DatabasePath), containers, inbox, log);
        rig.Clock.SetWall(rig.Clock.GetUtcNow().AddHours(8));

        await recovery.RecoverOthers(rig.List);
        Assert.False(inbox.IsUrgent);
        elsewhere.Pass();
        rig.Clock.Advance(Minute / 6);
        await recovery.RecoverOthers(rig.List);
        Assert.False(inbox.IsUrgent);

        // Now it is silent for long while time goes by here.
        rig.Clock.Advance(Minute);
        await recovery.RecoverOthers(rig.List);
        rig.Clock.Advance(Minute / 3);
        await recovery.RecoverOthers(rig.List);
        Assert.Equal(RunStatus.Lost, Assert.Single(inbox.Take(rig.Clock.GetUtcNow()).Ended).End.Status);
        Assert.Equal("offline", rig.Sql.Scalar<string>("SELECT status FROM devices WHERE device = 'there'"));
    }

    [Fact]
    public void Nothing_is_taken_from_a_device_that_came_back_after_it_was_found_dead()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        rig.Sql.Trigger("a");
        Assert.Single(rig.Pass());
        var dead = rig.Connection.Write(queue => queue.Devices.All().Single());
        Assert.Single(rig.Connection.Write(queue => queue.Runs.LeftByDead(dead)));
        rig.Connection.Write(queue => queue.Devices.Register(dead with { BootId = "another" }));
        Assert.Empty(rig.Connection.Write(queue => queue.Runs.LeftByDead(dead)));
    }
}
