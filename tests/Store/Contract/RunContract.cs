using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Runs;

namespace Aios.Tests.Store.Contract;

/// <summary>What ran or runs: begun before it starts, ended once, stopped, taken over.</summary>
public abstract class RunContract<TFixture> : StoreContract<TFixture>
    where TFixture : IStoreFixture, new()
{
    [Fact]
    public void A_run_ends_once_with_what_it_came_to()
    {
        var run = Start(Enqueue());
        Assert.Equal(1, In(store => store.Runs.GoingOn("job")));
        var end = new RunEnd(RunStatus.Succeeded, Now.AddSeconds(2))
        {
            Process = new RunProcess(7, 8, Now.AddSeconds(1)),
            ExitCode = 0,
            ResultJson = "[1]",
            CpuSeconds = 0.5,
            PeakMemory = 10,
            OutputBytes = 20,
        };
        Assert.False(In(store => store.Runs.End(run, end)));
        Assert.Null(In(store => store.Runs.End(run, end with { Status = RunStatus.Lost })));
        Assert.Equal(0, In(store => store.Runs.GoingOn("job")));
        var found = Run(run);
        Assert.Equal(
            ("succeeded", 0, "[1]", 7L, Now.AddSeconds(1), Now.AddSeconds(2)),
            (found.Status, found.ExitCode, found.ResultJson, found.Pid, found.Started, found.Ended)
        );
        Assert.Equal((0.5, 10L, 20L), (found.CpuSeconds, found.PeakMemory, found.OutputBytes));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void The_end_says_whether_somebody_wanted_it_for_good(bool isRestart, bool isForGood)
    {
        var run = Start(Enqueue());
        Assert.True(In(store => store.Runs.RequestStop(run, isRestart ? StopRequest.Restart : StopRequest.Stop)));
        Assert.Equal([(run, isRestart ? StopRequest.Restart : StopRequest.Stop)], In(store => store.Runs.ToStop("here")));
        Assert.Empty(In(store => store.Runs.ToStop("elsewhere")));
        Assert.Equal(isForGood, In(store => store.Runs.End(run, new RunEnd(RunStatus.Canceled, Now))));
        Assert.False(In(store => store.Runs.RequestStop(run, StopRequest.Kill)));
    }

    [Fact]
    public void All_runs_of_a_job_are_asked_to_end()
    {
        var (one, two, other) = (Start(Enqueue()), Start(Enqueue()), Start(Enqueue("other"), "other"));
        Assert.Equal([one, two], In(store => store.Runs.RequestStopOf("job", StopRequest.Stop)).Order());
        Assert.Equal([one, two], In(store => store.Runs.ToStop("here")).Select(stop => stop.Id).Order());
        Assert.True(In(store => store.Runs.GoesOn(other, "other")));
        Assert.False(In(store => store.Runs.GoesOn(other, "job")));
    }

    [Fact]
    public void What_another_boot_left_is_found_and_taken_up()
    {
        var run = Start(Enqueue(), boot: "former");
        In(store => store.Runs.RecordProcess(run, "job", new RunProcess(5, 6, Now)));
        var left = Assert.Single(In(store => store.Runs.LeftBy("here", "boot")));
        Assert.Equal((run, 5, 6L, "former"), (left.Id, left.Pid, left.ProcessStart, left.BootId));
        Assert.Equal(["former"], In(store => store.Runs.BootsGoingOn()));
        Assert.True(In(store => store.Runs.TakeUp(run, "boot")));
        Assert.Empty(In(store => store.Runs.LeftBy("here", "boot")));
        In(store => store.Runs.End(run, new RunEnd(RunStatus.Succeeded, Now)));
        Assert.False(In(store => store.Runs.TakeUp(run, "later")));
    }

    [Fact]
    public void A_device_that_came_back_keeps_its_runs()
    {
        var dead = Device("away", "first");
        In(store => store.Devices.Register(dead));
        var run = Start(Enqueue(), device: "away", boot: "first");
        Assert.Equal([run], In(store => store.Runs.LeftByDead(dead)).Select(left => left.Id));
        In(store => store.Devices.Register(dead with { BootId = "second" }));
        Assert.Empty(In(store => store.Runs.LeftByDead(dead)));
    }

    [Fact]
    public void The_last_word_about_a_job_is_that_of_its_latest_run()
    {
        var (first, second) = (Start(Enqueue()), Start(Enqueue()));
        In(store => store.Runs.RecordLatest("job", RunStatus.Running, "here", Now, first));
        In(store => store.Runs.RecordLatest("job", RunStatus.Running, "here", Now, second));
        Assert.Equal(second, Read(reader => reader.LatestRuns())["job"].Id);
    }

    [Fact]
    public void Progress_is_kept_while_it_goes_on()
    {
        var run = Start(Enqueue());
        Assert.True(In(store => store.Runs.Progress(run, 0.5, "half")));
        Assert.Equal((0.5, "half"), (Run(run).Progress, Run(run).ProgressText));
        In(store => store.Runs.End(run, new RunEnd(RunStatus.Failed, Now)));
        Assert.False(In(store => store.Runs.Progress(run, 1, null)));
    }

    [Fact]
    public void Lines_come_back_in_their_order()
    {
        var trigger = Enqueue();
        var run = Start(trigger);
        In(store =>
        {
            foreach (var text in (string[])["one", "two\0\n", "ü🙂"])
                store.Logs.Append(
                    new LogLine(Now, LogLevel.Info, text)
                    {
                        JobName = "job",
                        RunId = run,
                        Stream = "stdout",
                    },
                    "here"
                );
        });
        Assert.Equal(["one", "two\0\n", "ü🙂"], Read(reader => reader.Lines(trigger, 0)).Select(line => line.Message));
        Assert.Equal((Now, 3), In(store => store.Logs.LastOf(run)));
        Assert.Null(In(store => store.Logs.LastOf(run + 1)));
    }

    [Fact]
    public void A_restart_lets_a_stopped_job_come_back_at_once()
    {
        var run = Start(Enqueue());
        In(store => store.Holds.Put("job", HoldKind.Stopped, Now));
        Assert.Equal([run], In(store => store.Restart("job")));
        Assert.Null(In(store => store.Holds.Find("job")));
    }
}
