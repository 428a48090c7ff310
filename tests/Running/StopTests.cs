using System.Diagnostics;
using Aios.Running;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxTheory]
    [InlineData(StopReason.Canceled, RunStatus.Canceled)]
    [InlineData(StopReason.Shutdown, RunStatus.Canceled)]
    [InlineData(StopReason.GaveWay, RunStatus.Canceled)]
    [InlineData(StopReason.TimedOut, RunStatus.TimedOut)]
    internal async Task A_stop_gives_the_status_and_the_reason(StopReason reason, RunStatus status)
    {
        var run = _box.Start(Sandbox.Command("sleep", "1000"));

        run.Stop(reason, "because");
        run.Stop(StopReason.Canceled, "a second reason comes too late");
        var outcome = await run.Completion.WaitAsync(Eventually.Guard);
        run.Stop(StopReason.Canceled, "after the end", atOnce: true);

        Assert.Equal((status, "because", 15), (outcome.Status, outcome.Reason, outcome.Signal));
    }

    [LinuxFact]
    public async Task Term_lets_a_program_end_in_its_own_way()
    {
        var run = _box.Start(Sandbox.Shell("trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.01; done"));
        await _box.Output.WaitFor("ready");

        run.Stop(StopReason.Canceled, "enough");
        var outcome = await run.Completion.WaitAsync(Eventually.Guard);

        Assert.Equal((RunStatus.Canceled, 0), (outcome.Status, outcome.ExitCode));
        Assert.Contains("bye", _box.Output.Out);
    }

    [LinuxFact]
    public async Task Who_ignores_term_is_killed_after_the_grace()
    {
        var run = _box.Start(
            Sandbox.Shell("trap '' TERM; echo ready; while :; do sleep 0.01; done") with
            {
                Grace = TimeSpan.FromSeconds(1),
            }
        );
        await _box.Output.WaitFor("ready");
        var watch = Stopwatch.StartNew();

        run.Stop(StopReason.Canceled, "enough");
        var outcome = await run.Completion.WaitAsync(Eventually.Guard);

        Assert.Equal((RunStatus.Canceled, 9), (outcome.Status, outcome.Signal));

        // The clock of .NET's timers is coarse: one may come some milliseconds early.
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(0.95), $"It was killed after {watch.Elapsed}.");
    }

    [LinuxFact]
    public async Task At_once_cuts_a_grace_short()
    {
        var run = _box.Start(
            Sandbox.Shell("trap 'echo heard' TERM; echo ready; while :; do sleep 0.01; done") with
            {
                Grace = TimeSpan.FromHours(1),
            }
        );
        await _box.Output.WaitFor("ready");

        run.Stop(StopReason.Canceled, "enough");
        await _box.Output.WaitFor("heard");
        run.Stop(StopReason.Shutdown, "now", atOnce: true);
        var outcome = await run.Completion.WaitAsync(Soon);

        Assert.Equal((9, "enough"), (outcome.Signal, outcome.Reason));
    }

    [LinuxFact]
    public async Task A_stopped_process_hears_term_too()
    {
        var run = _box.Start(Sandbox.Shell("echo ready; kill -STOP $$; exit 7") with { Grace = TimeSpan.FromHours(1) });
        await _box.Output.WaitFor("ready");

        run.Stop(StopReason.Canceled, "enough");

        Assert.Equal(RunStatus.Canceled, (await run.Completion.WaitAsync(Soon)).Status);
    }

    [LinuxFact]
    public async Task A_run_that_takes_longer_than_its_timeout_is_ended()
    {
        var outcome = await _box.Run(Sandbox.Command("sleep", "1000") with { Timeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal((RunStatus.TimedOut, "took longer than its timeout of 0.2 s"), (outcome.Status, outcome.Reason));
    }

    [LinuxFact]
    public async Task Timeout_and_grace_may_be_as_long_as_they_like()
    {
        var job = Sandbox.Command("true") with { Timeout = TimeSpan.MaxValue, Grace = TimeSpan.MaxValue };

        Assert.Equal(RunStatus.Succeeded, (await _box.Run(job)).Status);
        var run = _box.Start(Sandbox.Command("sleep", "1000") with { Timeout = TimeSpan.FromDays(400), Grace = TimeSpan.MaxValue });
        run.Stop(StopReason.Canceled, "enough");
        await run.Completion.WaitAsync(Soon);
    }

    [LinuxFact]
    public async Task Every_process_of_a_run_hears_it()
    {
        // In the group, in another group of the session, in a session of its own, and escaped from all with a clean
        // environment below one of them.
        var run = _box.Start(
            Sandbox.Shell(
                """
                sleep 1001 & echo a $!
                python3 -c 'import os, time; os.setpgid(0, 0); print("b", os.getpid(), flush=True); time.sleep(1000)' &
                setsid sh -c 'echo c $$; env -i setsid sh -c "echo d \$\$; exec sleep 1002" & wait' &
                wait
                """
            )
        );
        var pids = new[] { "a ", "b ", "c ", "d " }.Select(async name => Processes.Pid(await _box.Output.WaitFor(name)));
        var all = await Task.WhenAll(pids);

        run.Stop(StopReason.Canceled, "enough");
        await run.Completion.WaitAsync(Soon);

        Assert.All(all, pid => Assert.False(Processes.IsAlive(pid)));
    }

    [LinuxFact]
    public async Task Many_runs_are_stopped_together()
    {
        var runs = Enumerable.Range(0, 50).Select(_ => _box.Start(Sandbox.Shell("setsid sleep 1000 & sleep 1000"))).ToList();

        runs.ForEach(run => run.Stop(StopReason.Shutdown, "end"));
        await Task.WhenAll(runs.Select(run => run.Completion)).WaitAsync(Eventually.Guard);

        Assert.Empty(Processes.With(_box.Settings.Marker));
    }

    [LinuxFact]
    public async Task Disposing_the_runner_kills_what_runs()
    {
        var run = _box.Start(Sandbox.Shell("trap '' TERM; echo ready; while :; do sleep 0.01; done"));
        await _box.Output.WaitFor("ready");

        _box.Runner.Dispose();

        Assert.Empty(Processes.With(_box.Settings.Marker));
        Assert.Equal("the daemon ended", (await run.Completion.WaitAsync(Soon)).Reason);
        Assert.Contains("starts nothing more", (await _box.Run(Sandbox.Command("true"))).Reason);
    }
}
