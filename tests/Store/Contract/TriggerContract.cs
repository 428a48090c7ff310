using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Tests.Store.Contract;

/// <summary>What should run: enqueued, told apart, put off, claimed once, closed once.</summary>
public abstract class TriggerContract<TFixture> : StoreContract<TFixture>
    where TFixture : IStoreFixture, new()
{
    [Fact]
    public void Numbers_rise_and_the_newest_is_known()
    {
        var (first, second) = (Enqueue(), Enqueue());
        Assert.True(second > first);
        Assert.Equal(second, In(store => store.Triggers.NewestId()));
        Assert.Equal(first, In(store => store.Triggers.OldestQueuedId()));
    }

    [Fact]
    public void What_a_run_has_asked_for_is_known_while_it_is_open()
    {
        var run = Start(Enqueue());
        var (first, second) = (Child(), Child());
        Assert.Equal(
            (run, "boot", "here"),
            In(store => store.Triggers.ParentOf(first)) is { } parent ? (parent.Id, parent.BootId, parent.Device) : default
        );
        Assert.Equal(run, Trigger(first).ParentRunId);
        Assert.Equal([first, second], In(store => store.Triggers.OpenOf(run)));
        var other = Enqueue();
        Assert.Null(In(store => store.Triggers.ParentOf(other)));

        In(store => store.Triggers.Close(first, RunStatus.Succeeded, null, Now));
        In(store => store.Runs.End(run, new RunEnd(RunStatus.Failed, Now)));
        Assert.Equal([second], In(store => store.Triggers.OpenOf(run)));
        Assert.Equal(new ParentRun(run, null, null), In(store => store.Triggers.ParentOf(second)));

        long Child() => In(store => store.Triggers.Add(New("tool", TriggerSource.Tool) with { ParentRunId = run }))!.Value;
    }

    [Fact]
    public void A_dedup_key_lets_one_row_in()
    {
        var first = In(store => store.Triggers.Add(New() with { DedupKey = "once" }));
        Assert.Null(In(store => store.Triggers.Add(New("other") with { DedupKey = "once" })));
        Assert.Equal(first, In(store => store.Triggers.WithDedupKey("once")));
        Assert.Null(In(store => store.Triggers.WithDedupKey("ONCE")));
    }

    [Fact]
    public void An_always_job_has_one_open_row()
    {
        var first = Enqueue("web", TriggerSource.Always);
        Assert.Null(In(store => store.Triggers.Add(New("web", TriggerSource.Always))));
        In(store => store.Triggers.Close(first, RunStatus.Failed, "ended", Now));
        Assert.NotNull(In(store => store.Triggers.Add(New("web", TriggerSource.Always))));
    }

    [Fact]
    public void The_front_is_by_priority_then_age()
    {
        var plain = Enqueue();
        var urgent = In(store => store.Triggers.Add(New("other") with { Priority = 5 }))!.Value;
        var late = Enqueue();
        Assert.Equal([urgent, plain, late], In(store => store.Triggers.Front(10)).Select(row => row.Id));
        Assert.Equal([urgent], In(store => store.Triggers.Front(1)).Select(row => row.Id));
        Assert.Equal([plain, late], In(store => store.Triggers.FrontOf("job", 10)).Select(row => row.Id));
        Assert.Equal(["job", "other"], In(store => store.Triggers.NamesInLine()));
    }

    [Fact]
    public void A_row_is_claimed_once_and_its_attempt_counted_before()
    {
        var id = Enqueue();
        Assert.True(In(store => store.Triggers.Claim(id)));
        Assert.False(In(store => store.Triggers.Claim(id)));
        Assert.Equal(("running", 1), (Trigger(id).Status, Trigger(id).Attempt));
        In(store => store.Triggers.Return(id, "no room after all"));
        Assert.Equal(("queued", 0, "no room after all"), (Trigger(id).Status, Trigger(id).Attempt, Trigger(id).Reason));
    }

    [Fact]
    public void A_row_waits_until_its_time()
    {
        var id = Enqueue();
        In(store => store.Triggers.Delay(id, Now.AddMinutes(1), "later"));
        Assert.Equal(("waiting", "later"), (Trigger(id).Status, Trigger(id).Reason));
        Assert.Equal(Now.AddMinutes(1), In(store => store.Triggers.NextDue()));
        Assert.Equal(0, In(store => store.Triggers.Promote(Now.AddSeconds(59), 10)));
        Assert.Equal([id], In(store => store.Triggers.ToPromote(Now.AddMinutes(1), 10)));
        Assert.Equal(1, In(store => store.Triggers.Promote(Now.AddMinutes(1), 10)));
        Assert.Equal(("queued", null), (Trigger(id).Status, Trigger(id).Reason));
        Assert.Null(In(store => store.Triggers.NextDue()));
    }

    [Fact]
    public void A_row_that_is_held_waits_for_its_release()
    {
        var id = Enqueue();
        In(store => store.Triggers.Hold(id, "paused"));
        Assert.Equal(["job"], In(store => store.Triggers.NamesHeld()));
        Assert.Equal([id], In(store => store.Triggers.Held("job", 0, 10)));
        Assert.Equal(0, In(store => store.Triggers.Promote(Now.AddYears(1), 10)));
        In(store => store.Triggers.Release(id));
        Assert.Equal("queued", Trigger(id).Status);
    }

    [Fact]
    public void What_is_closed_stays_as_it_is()
    {
        var id = Enqueue();
        In(store => store.Triggers.Close(id, RunStatus.Failed, "first", Now));
        In(store => store.Triggers.Close(id, RunStatus.Succeeded, "second", Now.AddHours(1)));
        In(store => store.Triggers.Hold(id, "third"));
        Assert.False(In(store => store.Triggers.Cancel(id, "fourth", Now)));
        Assert.False(In(store => store.Triggers.Claim(id)));
        Assert.Equal(("failed", "first", Now), (Trigger(id).Status, Trigger(id).Reason, Trigger(id).Processed));
        Assert.Equal(Trigger(id), In(store => store.Triggers.Find(id)));
        Assert.Null(In(store => store.Triggers.Find(id + 1)));
    }

    [Fact]
    public void What_runs_is_not_canceled()
    {
        var (waiting, running) = (Enqueue(), Enqueue());
        Start(running);
        Assert.True(In(store => store.Triggers.Cancel(waiting, "not needed", Now)));
        Assert.False(In(store => store.Triggers.Cancel(running, "not needed", Now)));
        Assert.Equal(("canceled", "running"), (Trigger(waiting).Status, Trigger(running).Status));
    }

    [Fact]
    public void Newcomers_come_once_with_what_they_say()
    {
        var first = Enqueue();
        Fixture.InsertTrigger("theirs");
        var newest = In(store => store.Triggers.NewestId());
        var theirs = Assert.Single(In(store => store.Triggers.Between(first, newest)));
        Assert.Equal(
            ("theirs", TriggerSource.Insert, false, null),
            (theirs.Trigger.JobName, theirs.Trigger.Source, theirs.HasPriority, theirs.Defect)
        );
        Assert.Empty(In(store => store.Triggers.Between(newest, newest)));
    }

    [Fact]
    public void Arguments_come_back_as_they_were_given()
    {
        var id = In(store =>
            store.Triggers.Add(
                New() with
                {
                    ArgsJson = """["ü", 1e300, null]""",
                    KwargsJson = """{"a": "\u0000"}""",
                    TraceParent = "00-1-2-01",
                }
            )
        )!.Value;
        var details = In(store => store.Triggers.Details(id))!;
        Assert.Equal(
            ("""["ü", 1e300, null]""", """{"a": "\u0000"}""", "00-1-2-01", Now),
            (details.ArgsJson, details.KwargsJson, details.Origin.TraceParent, details.Origin.Created)
        );
        Assert.Null(In(store => store.Triggers.Details(id + 1)));
    }

    [Fact]
    public void An_occurrence_that_is_open_is_found()
    {
        Assert.Null(In(store => store.Triggers.OpenOccurrence("job")));
        var id = Enqueue("job", TriggerSource.Schedule);
        Assert.Equal(id, In(store => store.Triggers.OpenOccurrence("job")));
        Assert.True(In(store => store.Triggers.HasOpen("job", TriggerSource.Schedule)));
        In(store => store.Triggers.Close(id, RunStatus.Succeeded, null, Now));
        Assert.Null(In(store => store.Triggers.OpenOccurrence("job")));
    }
}
