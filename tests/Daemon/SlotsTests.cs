using Aios.Daemon.Claiming;
using Aios.Daemon.Execution;
using Aios.Daemon.Reporting;
using Aios.Daemon.Ticks;
using Aios.Running;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Tests.Daemon;

/// <summary>Who has a slot, and who was claimed a moment ahead of one.</summary>
public sealed class SlotsTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);

    private readonly FakeClock _clock = new();

    [Fact]
    public void As_many_are_claimed_ahead_as_have_just_ended_soon_and_never_more_than_there_are_slots()
    {
        var slots = new Slots(2, _clock);
        Assert.Equal(2, slots.Claimable([]));
        slots.Take();
        slots.Take();
        Assert.Equal(0, slots.Claimable([]));
        Assert.Equal(0, slots.Claimable([Ended(milliseconds: 400), Ended(milliseconds: null)]));
        Assert.Equal(1, slots.Claimable([Ended(milliseconds: 3), Ended(milliseconds: 400)]));
        Assert.Equal(2, slots.Claimable([.. Enumerable.Repeat(Ended(milliseconds: 3), 9)]));
        Assert.False(slots.TryTake(Run(1)));
        Assert.Equal(1, slots.Claimable([.. Enumerable.Repeat(Ended(milliseconds: 3), 9)]));
    }

    [Fact]
    public void A_slot_that_becomes_free_is_the_first_ones_that_waits()
    {
        var slots = new Slots(1, _clock);
        var (first, second, third) = (Run(1), Run(2), Run(3));
        Assert.True(slots.TryTake(first));
        Assert.False(slots.TryTake(second));
        Assert.False(slots.TryTake(third));
        Assert.Equal(1, slots.InUse);
        Assert.Same(second, slots.PassOn());
        Assert.Equal(0, slots.Claimable([]));
        Assert.Same(third, slots.PassOn());
        Assert.Null(slots.PassOn());
        Assert.Equal(1, slots.Claimable([]));
    }

    [Fact]
    public void Nobody_gets_a_slot_while_more_run_than_there_are_slots()
    {
        var slots = new Slots(1, _clock);
        slots.Take();
        slots.Take();
        var waiting = Run(1);
        Assert.False(slots.TryTake(waiting));
        Assert.Null(slots.PassOn());
        Assert.Same(waiting, slots.PassOn());
    }

    [Fact]
    public void Who_waits_for_long_is_given_back()
    {
        var slots = new Slots(1, _clock);
        slots.Take();
        var (first, second) = (Run(1), Run(2));
        slots.TryTake(first);
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        slots.TryTake(second);
        Assert.Empty(slots.LeaveLate());
        Assert.Equal(TimeSpan.FromMilliseconds(50), slots.LateIn);
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Same(first, Assert.Single(slots.LeaveLate()));
        Assert.Equal(TimeSpan.FromMilliseconds(200), slots.LateIn);
        Assert.True(slots.TryLeave(second));
        Assert.False(slots.TryLeave(second));
        Assert.Null(slots.LateIn);
        Assert.Null(slots.PassOn());
    }

    [Fact]
    public void An_end_asks_for_a_pass_unless_its_slot_has_its_next_run()
    {
        var slots = new Slots(1, _clock);
        var wakes = 0;
        var inbox = new Inbox(() => wakes++, () => slots.HasNext, _clock);
        slots.Take();
        slots.TryTake(Run(1));
        slots.TryTake(Run(2));

        inbox.Add(Ended(milliseconds: 3), letGo: () => slots.PassOn());
        Assert.Equal(1, wakes);
        inbox.Add(new StartedRun(1, "a", new RunProcess(1, null, DateTimeOffset.UnixEpoch)));
        slots.TryTake(Run(3));
        inbox.Add(Ended(milliseconds: 3), letGo: () => slots.PassOn());
        Assert.Equal(1, wakes);
        inbox.Add(Ended(milliseconds: 3), letGo: () => slots.PassOn());
        Assert.Equal(2, wakes);

        Assert.Equal(3, inbox.Dequeue(_clock.GetUtcNow()).Ended.Count);
        slots.TryTake(Run(4));
        inbox.Add(Ended(milliseconds: 3));
        Assert.Equal(3, wakes);
    }

    [Fact]
    public void A_start_waits_for_its_end_which_says_the_same()
    {
        var wakes = 0;
        var inbox = new Inbox(() => wakes++, () => false, _clock);
        var process = new RunProcess(1, null, DateTimeOffset.UnixEpoch);
        Assert.Null(inbox.StartIn);
        inbox.Add(new StartedRun(1, "a", process));
        inbox.Add(new StartedRun(2, "a", process));
        Assert.Equal((1, Inbox.StartPatience, false), (wakes, inbox.StartIn, inbox.IsUrgent));
        Assert.Empty(inbox.Dequeue(_clock.GetUtcNow()).Started);

        _clock.Advance(Inbox.StartPatience / 2);
        inbox.Add(new StartedRun(3, "a", process));
        inbox.Add(Ended(milliseconds: 3) with { Run = new RunKey(1, 1, "a", 1) });
        Assert.Equal((2, Inbox.StartPatience / 2, true), (wakes, inbox.StartIn, inbox.IsUrgent));
        _clock.Advance(Inbox.StartPatience / 2);
        Assert.Equal(TimeSpan.Zero, inbox.StartIn);
        var batch = inbox.Dequeue(_clock.GetUtcNow());
        Assert.Equal((1, 2), (Assert.Single(batch.Ended).Run.Id, Assert.Single(batch.Started).RunId));
        Assert.Equal(Inbox.StartPatience / 2, inbox.StartIn);
        inbox.PutBack(batch);
        Assert.True(inbox.IsUrgent);
    }

    [Fact]
    public async Task What_waits_for_its_slot_can_be_stopped_and_never_starts()
    {
        using var rig = new DaemonRig(DaemonRig.Job("long") with { Work = new CommandWork(["sleep", "600"]) });
        for (var i = 0; i < 6; i++)
            rig.Sql.Trigger("long");
        using var log = new DaemonLog(TextWriter.Null, rig.Clock);
        var slots = new Slots(rig.Context.Settings.MaxParallel, rig.Clock);
        var inbox = new Inbox(() => { }, () => slots.HasNext, rig.Clock);
        var folder = Path.GetDirectoryName(rig.DatabasePath)!;
        using var runner = new Runner(
            new RunningSettings(folder, folder, rig.DatabasePath, Path.Combine(folder, "run"), "here", "mark"),
            rig.Clock
        );
        var supervisor = new Supervisor(rig.Context, slots, runner, inbox, log);
        var claimed = rig.Tick(freeSlots: 6);
        foreach (var claim in claimed)
            supervisor.Start(claim);
        Assert.Equal(6, supervisor.Living.Count);
        var (stopped, late) = (claimed[4].Request.RunId, claimed[5].Request.RunId);

        supervisor.Stop(run => run.Claim.Request.RunId == stopped, StopReason.Canceled, "stopped on request");
        var ended = Assert.Single(inbox.Dequeue(rig.Clock.GetUtcNow()).Ended);
        Assert.Equal(
            (stopped, RunStatus.Canceled, "stopped on request", false),
            (ended.Run.Id, ended.End.Status, ended.End.Reason, ended.Returned)
        );
        Assert.Null(ended.End.Process);

        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        supervisor.ReturnLate();
        ended = Assert.Single(inbox.Dequeue(rig.Clock.GetUtcNow()).Ended);
        Assert.Equal((late, true), (ended.Run.Id, ended.Returned));
        rig.Tick(freeSlots: 0, ended: ended);
        Assert.StartsWith("queued: no slot", rig.Trigger(claimed[5].Request.TriggerId), StringComparison.Ordinal);
        Assert.Equal(0L, rig.Sql.Scalar<long>("SELECT attempt FROM triggers WHERE id = ?1", claimed[5].Request.TriggerId));

        Assert.Equal(4, supervisor.Living.Count);
        supervisor.Stop(_ => true, StopReason.Shutdown, "the daemon was stopped", atOnce: true);
        var patience = Task.Delay(Guard);
        while (supervisor.Living.Count > 0 && !patience.IsCompleted)
            await Task.Delay(5);
        Assert.Empty(supervisor.Living);
    }

    private static EndedRun Ended(int? milliseconds) =>
        new(new RunKey(1, 1, "a", 1), DateTimeOffset.UnixEpoch, new RunEnd(RunStatus.Succeeded, DateTimeOffset.UnixEpoch), null)
        {
            Lasted = milliseconds is { } lasted ? TimeSpan.FromMilliseconds(lasted) : null,
        };

    private static LivingRun Run(long id) =>
        new(
            new ClaimedRun(
                new RunRequest(id, id, DaemonRig.Job("a"), 1, "[]", "{}"),
                TriggerSource.Insert,
                new TriggerOrigin(DateTimeOffset.UnixEpoch, null, null),
                DateTimeOffset.UnixEpoch
            )
        );
}
