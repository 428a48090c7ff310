using Aios.Store;
using Aios.Store.Logs;
using Aios.Store.Pruning;
using Aios.Store.Runs;

namespace Aios.Tests.Store.Contract;

/// <summary>What people ask: pages, figures, what happened, and how history goes.</summary>
public abstract class ReadingContract<TFixture> : StoreContract<TFixture>
    where TFixture : IStoreFixture, new()
{
    [Fact]
    public void Pages_meet_without_a_gap()
    {
        var all = Enumerable.Range(0, 7).Select(_ => Enqueue()).Reverse().ToList();
        var found = new List<long>();
        long? before = null;
        do
        {
            var page = Read(reader => reader.TriggerPage(new RowFilter(), before, 3));
            found.AddRange(page.Items.Select(trigger => trigger.Id));
            before = page.Next;
        } while (before is not null);
        Assert.Equal(all, found);
    }

    [Fact]
    public void Filters_leave_out_what_does_not_match()
    {
        var mine = Start(Enqueue("mail_daily"), "mail_daily");
        Start(Enqueue("other"), "other", "elsewhere");
        Assert.Equal([mine], Runs(new RowFilter { JobName = "mail_daily" }));
        Assert.Equal([mine], Runs(new RowFilter { JobPatterns = ["mail_*"] }));
        Assert.Equal([mine], Runs(new RowFilter { Device = "here" }));
        Assert.Empty(Runs(new RowFilter { Status = RunStatus.Failed }));
        Assert.Empty(Runs(new RowFilter { Since = Now.AddSeconds(1) }));

        IEnumerable<long> Runs(RowFilter filter) => Read(reader => reader.RunPage(filter, null, 10)).Items.Select(run => run.Id);
    }

    [Fact]
    public void Figures_tell_what_waits_for_what()
    {
        Enqueue();
        In(store => store.Triggers.Delay(store.Triggers.Add(New())!.Value, Now.AddHours(1), "later"));
        In(store => store.Triggers.Hold(store.Triggers.Add(New())!.Value, "paused"));
        Start(Enqueue("other"), "other");
        Assert.Equal(new QueueFigures(1, 1, 1, 1, Now), Read(reader => reader.Line()));
        Assert.Equal(new QueueFigures(0, 0, 0, 1, null), Read(reader => reader.Line(["oth*"])));
    }

    [Fact]
    public void Events_follow_what_happens()
    {
        var start = Read(reader => reader.EventBounds()).Newest;
        var trigger = Enqueue();
        var run = Start(trigger);
        In(store => store.Runs.End(run, new RunEnd(RunStatus.Failed, Now) { Reason = "exit status 1" }));
        In(store => store.Triggers.Close(trigger, RunStatus.Failed, "exit status 1", Now));
        var events = Read(reader => reader.Events(start, 10));
        Assert.Equal(["trigger.queued", "run.started", "run.ended", "trigger.closed"], events.Select(one => one.Kind));
        Assert.Equal(("exit status 1", run), (events[2].Reason, events[2].RunId));
    }

    [Fact]
    public void A_log_is_read_from_its_end_and_on()
    {
        In(store =>
        {
            for (var i = 0; i < 10; i++)
                store.Logs.Append(new LogLine(Now, i % 2 == 0 ? LogLevel.Info : LogLevel.Error, $"line {i}"), "here");
        });
        using var reader = Database.Read()!;
        var lines = new LogReader(reader, new LogQuery { Level = LogLevel.Error });
        lines.StartAtLast(2);
        Assert.Equal(["line 7", "line 9"], lines.Next().Select(line => line.Line.Message));
        In(store => store.Logs.Append(new LogLine(Now, LogLevel.Critical, "line 10"), "here"));
        Assert.Equal(["line 10"], lines.Next().Select(line => line.Line.Message));
        Assert.Empty(lines.Next());
    }

    [Fact]
    public void History_goes_and_what_is_open_stays()
    {
        var (done, open) = (Enqueue(), Enqueue());
        var run = Start(done);
        In(store =>
            store.Logs.Append(
                new LogLine(Now, LogLevel.Info, "old")
                {
                    RunId = run,
                    JobName = "job",
                    Stream = "stdout",
                },
                "here"
            )
        );
        In(store => store.Runs.End(run, new RunEnd(RunStatus.Succeeded, Now)));
        In(store => store.Triggers.Close(done, RunStatus.Succeeded, null, Now));
        // Of each job the newest run is kept, whatever its age.
        var latest = Start(open);
        var cutoffs = new PruneCutoffs(Now.AddDays(1), Now, null, null);
        var place = PruneCursor.Start;
        for (var steps = 0; place.Stage != PruneStage.Done && steps < 100; steps++)
            place = In(store => store.History.Prune(cutoffs, place, TimeProvider.System)).Place;
        Assert.Equal(PruneStage.Done, place.Stage);
        Assert.Equal((null, open), (Read(reader => reader.Trigger(done)), Trigger(open).Id));
        Assert.Equal((null, latest), (Read(reader => reader.Run(run)), Run(latest).Id));
        Assert.Empty(Read(reader => reader.Lines(done, 0)));
    }

    [Fact]
    public async Task A_change_ends_the_wait_of_who_follows()
    {
        using var reader = Database.Read()!;
        using var changes = Database.Follow(reader);
        var waited = Task.Run(() =>
        {
            while (reader.Line().Queued == 0)
                changes.Wait();
        });
        Enqueue();
        await waited.WaitAsync(HangGuard);
    }
}
