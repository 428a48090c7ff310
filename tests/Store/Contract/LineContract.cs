using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Tests.Store.Contract;

/// <summary>The line of triggers: rows of others, places in it, waits after the clock went back, and many rows at once.</summary>
public abstract class LineContract<TFixture> : StoreContract<TFixture>
    where TFixture : IStoreFixture, new()
{
    [Fact]
    public void A_status_that_only_the_daemon_may_say_is_put_right()
    {
        foreach (var status in (string[])["odd", "running", "waiting"])
            Fixture.InsertTrigger("theirs", status);
        var seen = In(store => store.Triggers.NewestId());
        var (running, held) = (Enqueue(), Enqueue());
        Start(running);
        In(store => store.Triggers.Hold(held, "paused"));
        var newest = In(store => store.Triggers.NewestId());

        // A word that means nothing is put right wherever it is; the others only in rows that nobody has looked at.
        In(store => store.Triggers.MendStatus(seen, newest));
        Assert.Equal(["queued", "running", "waiting", "running", "waiting"], Statuses());
        In(store => store.Triggers.MendStatus(0, seen));
        Assert.Equal(["queued", "queued", "queued", "running", "waiting"], Statuses());

        IEnumerable<string> Statuses() => Enumerable.Range(1, 5).Select(id => Trigger(id).Status);
    }

    [Fact]
    public void Open_rows_are_counted_from_a_number_on()
    {
        var ids = Enumerable.Range(0, 4).Select(_ => Enqueue()).ToList();
        In(store => store.Triggers.Close(ids[1], RunStatus.Failed, null, Now));
        Assert.Equal(ids[2], In(store => store.Triggers.OpenAfter(0, 2)));
        Assert.Equal(ids[3], In(store => store.Triggers.OpenAfter(ids[0], 2)));
        Assert.Null(In(store => store.Triggers.OpenAfter(ids[0], 3)));
    }

    [Fact]
    public void A_defect_says_that_arguments_are_nested_too_deep()
    {
        var deep = new string('[', 5000) + new string(']', 5000);
        var id = In(store => store.Triggers.Add(New() with { ArgsJson = deep }))!.Value;
        var defect = In(store => store.Triggers.Between(id - 1, id)).Single().Defect!;
        Assert.Contains("nested deeper than", In(store => store.Triggers.Explain(id, defect)), StringComparison.Ordinal);
        Assert.Equal("priority: odd", In(store => store.Triggers.Explain(id, "priority: odd")));
    }

    [Fact]
    public void A_row_without_a_priority_takes_that_of_its_job()
    {
        var (plain, other) = (Enqueue(), Enqueue("other"));
        var urgent = In(store => store.Triggers.Add(New() with { Priority = 5 }))!.Value;
        var later = Enqueue();
        Assert.Equal([plain, later], In(store => store.Triggers.WithoutPriority("job", 0, 10)));
        Assert.Equal([plain], In(store => store.Triggers.WithoutPriority("job", 0, 1)));
        Assert.Equal([later], In(store => store.Triggers.WithoutPriority("job", plain, 10)));
        foreach (var id in (long[])[later, urgent])
            In(store => store.Triggers.TakePriority(id, 7));
        Assert.Equal([later, urgent, plain, other], In(store => store.Triggers.Front(10)).Select(row => row.Id));
    }

    [Fact]
    public void Waiting_rows_are_read_from_the_last_place_on()
    {
        var ids = Enumerable.Range(1, 3).Select(minutes => Waiting(Now.AddMinutes(minutes))).ToList();
        Enqueue();
        var first = In(store => store.Triggers.WaitingBefore(WaitingPlace.End, 2));
        Assert.Equal([ids[2], ids[1]], first.Select(place => place.Id));
        Assert.Equal([ids[0]], In(store => store.Triggers.WaitingBefore(first[^1], 2)).Select(place => place.Id));
    }

    [Fact]
    public void A_span_begins_anew_after_the_clock_went_back_and_an_instant_stays()
    {
        var (span, instant) = (Waiting(Now.AddMinutes(1), TimeSpan.FromMinutes(1)), Waiting(Now.AddMinutes(2)));
        foreach (var id in (long[])[span, instant])
            In(store => store.Triggers.RewindWait(id, Now.AddHours(-1)));
        Assert.Equal(Now.AddMinutes(-59), In(store => store.Triggers.NextDue()));
        Assert.Equal([span], In(store => store.Triggers.ToPromote(Now.AddMinutes(1), 10)));
        // It never makes a wait longer.
        In(store => store.Triggers.RewindWait(span, Now));
        Assert.Equal(Now.AddMinutes(-59), In(store => store.Triggers.NextDue()));
    }

    [Fact]
    public void All_rows_of_a_job_are_taken_back_but_those_that_run()
    {
        var (queued, running, other) = (Enqueue(), Enqueue(), Enqueue("other"));
        Start(running);
        var (due, held) = (Waiting(Now.AddMinutes(1)), Enqueue());
        In(store => store.Triggers.Hold(held, "paused"));
        var upTo = In(store => store.Triggers.NewestId());
        var later = Enqueue();
        Assert.Equal((3, null), In(store => store.Triggers.CancelOf("job", upTo, WaitingPlace.End, "not needed", Now)));
        Assert.All((long[])[queued, due, held], id => Assert.Equal(("canceled", "not needed"), (Trigger(id).Status, Trigger(id).Reason)));
        Assert.Equal(["running", "queued", "queued"], ((long[])[running, other, later]).Select(id => Trigger(id).Status));
    }

    [Fact]
    public void Many_rows_of_a_job_are_taken_back_in_steps()
    {
        In(store =>
        {
            for (var i = 0; i < 2500; i++)
                store.Triggers.Add(New());
        });
        var (total, steps) = (0, 0);
        WaitingPlace? place = WaitingPlace.End;
        for (; place is { } from; steps++)
        {
            var (count, next) = In(store => store.Triggers.CancelOf("job", long.MaxValue, from, "not needed", Now));
            (total, place) = (total + count, next);
        }

        Assert.Equal(2500, total);
        Assert.True(steps > 1);
        Assert.Empty(In(store => store.Triggers.NamesInLine()));
    }

    [Fact]
    public void The_row_of_an_always_job_is_brought_forward()
    {
        var id = In(store => store.Triggers.Add(New("web", TriggerSource.Always) with { Attempt = 4 }))!.Value;
        In(store => store.Triggers.Delay(id, Now.AddHours(1), "crashes", TimeSpan.FromHours(1)));
        In(store => store.Triggers.BringForwardAlways("other"));
        Assert.Equal("waiting", Trigger(id).Status);
        In(store => store.Triggers.BringForwardAlways("web"));
        Assert.Equal(("queued", 0, null), (Trigger(id).Status, Trigger(id).Attempt, Trigger(id).Reason));
    }

    [Fact]
    public void What_makes_up_for_missed_occurrences_says_until_when_it_waits()
    {
        Assert.Null(In(store => store.Triggers.MakeUpsDue("job")));
        foreach (var minutes in (int[])[2, 1])
            In(store =>
                store.Triggers.Add(New("job", TriggerSource.CatchUp) with { Status = RunStatus.Waiting, Due = Now.AddMinutes(minutes) })
            );
        Assert.Equal(Now.AddMinutes(2), In(store => store.Triggers.MakeUpsDue("job")));
        Assert.Null(In(store => store.Triggers.MakeUpsDue("other")));
    }

    [Fact]
    public void Rows_that_wait_for_another_attempt_are_counted()
    {
        Waiting(Now.AddMinutes(1));
        Assert.Equal(0, In(store => store.Triggers.AwaitingRetry()));
        var id = Enqueue();
        Start(id);
        In(store => store.Triggers.Delay(id, Now.AddMinutes(1), "exit status 1", TimeSpan.FromMinutes(1)));
        Assert.Equal(1, In(store => store.Triggers.AwaitingRetry()));
    }

    private long Waiting(DateTimeOffset due, TimeSpan? wait = null)
    {
        var id = Enqueue();
        In(store => store.Triggers.Delay(id, due, "later", wait));
        return id;
    }
}
