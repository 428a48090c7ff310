using Aios.Running;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

/// <summary>A run ends when all its processes have, and not when a pipe does.</summary>
public sealed class SessionTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxTheory]
    [InlineData("sleep 1000 & echo pid $!")]
    [InlineData("setsid sh -c 'echo pid $$; exec sleep 1000' & while ! [ -e go ]; do sleep 0.01; done")]
    [InlineData("setsid sh -c 'setsid sh -c \"echo pid \\$\\$; exec sleep 1000\" &' & while ! [ -e go ]; do sleep 0.01; done")]
    [InlineData(
        "python3 -c 'import os, time\nif os.fork() == 0:\n os.setsid()\n if os.fork() == 0:\n  print(\"pid\", os.getpid(), flush=True)\n  "
            + "time.sleep(1000)\n os._exit(0)'; while ! [ -e go ]; do sleep 0.01; done"
    )]
    public async Task What_the_main_process_leaves_is_ended(string script)
    {
        var run = _box.Start(Sandbox.Shell(script + "\nexit 4") with { Grace = TimeSpan.FromHours(1) });
        var left = Processes.Pid(await _box.Output.WaitFor("pid "));
        await File.WriteAllTextAsync(Path.Combine(_box.Home, "go"), "");

        var outcome = await run.Completion.WaitAsync(Soon);

        Assert.Equal((RunStatus.Failed, "exit status 4"), (outcome.Status, outcome.Reason));
        Assert.False(Processes.IsAlive(left));
    }

    [LinuxFact]
    public async Task What_is_left_and_ignores_term_is_killed_after_the_grace()
    {
        var job = Sandbox.Shell(
            "setsid sh -c 'trap \"\" TERM; echo pid $$; while :; do sleep 0.01; done' & while ! [ -e go ]; do sleep 0.01; done"
        );
        var run = _box.Start(job with { Grace = TimeSpan.FromMilliseconds(500) });
        var left = Processes.Pid(await _box.Output.WaitFor("pid "));
        await File.WriteAllTextAsync(Path.Combine(_box.Home, "go"), "");

        var outcome = await run.Completion.WaitAsync(Soon);

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.False(Processes.IsAlive(left));
    }

    [LinuxFact]
    public async Task A_stop_after_the_main_process_ended_changes_only_how_long_the_rest_takes()
    {
        var job = Sandbox.Shell(
            "(trap 'echo heard' TERM; echo ready; while :; do sleep 0.01; done) & while ! [ -e go ]; do sleep 0.01; done"
        );
        var run = _box.Start(job with { Grace = TimeSpan.FromHours(1) });
        await _box.Output.WaitFor("ready");
        await File.WriteAllTextAsync(Path.Combine(_box.Home, "go"), "");
        await _box.Output.WaitFor("heard");

        run.Stop(StopReason.Canceled, "too late", atOnce: true);
        var outcome = await run.Completion.WaitAsync(Soon);

        Assert.Equal((RunStatus.Succeeded, (string?)null), (outcome.Status, outcome.Reason));
    }

    [LinuxFact]
    public async Task Output_of_what_was_left_is_still_told()
    {
        var outcome = await _box.Run(
            Sandbox.Shell(
                "(trap 'printf last; exit' TERM; echo ready > ready; while :; do sleep 0.01; done) & while ! [ -e ready ]; do sleep 0.01; "
                    + "done; echo first"
            )
        );

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal(["first", "last"], _box.Output.Out);
    }

    [LinuxFact]
    public async Task A_pipe_held_by_a_stranger_is_not_waited_for()
    {
        // Another run, which goes on, holds the first one's output open.
        var holder = _box.Start(Sandbox.Shell("while ! [ -e fd ]; do sleep 0.01; done; exec 9> $(cat fd); echo held; exec sleep 1000"));
        var run = _box.Start(Sandbox.Shell("echo /proc/$$/fd/1 > part; mv part fd; while ! [ -e go ]; do sleep 0.01; done; echo done"));
        await _box.Output.WaitFor("held");
        await File.WriteAllTextAsync(Path.Combine(_box.Home, "go"), "");

        Assert.Equal(RunStatus.Succeeded, (await run.Completion.WaitAsync(Soon)).Status);
        Assert.Contains("done", _box.Output.Out);
        holder.Stop(StopReason.Canceled, "end", atOnce: true);
        await holder.Completion.WaitAsync(Soon);
    }

    [LinuxFact]
    public async Task Two_runs_with_orphans_do_not_disturb_each_other()
    {
        const string daemon = "setsid sh -c 'setsid sleep 1000 &' ; ";
        var first = _box.Start(Sandbox.Shell(daemon + "echo ready1; while ! [ -e go ]; do sleep 0.01; done"));
        var second = _box.Start(Sandbox.Shell(daemon + "echo ready2; exec sleep 1000"));
        await _box.Output.WaitFor("ready1");
        await _box.Output.WaitFor("ready2");
        await File.WriteAllTextAsync(Path.Combine(_box.Home, "go"), "");

        await first.Completion.WaitAsync(Soon);

        Assert.Equal(2, Processes.With(_box.Settings.Marker).Count);
        second.Stop(StopReason.Canceled, "end");
        await second.Completion.WaitAsync(Soon);
        Assert.Empty(Processes.With(_box.Settings.Marker));
    }

    [LinuxFact]
    public async Task Dead_orphans_are_reaped_while_the_run_goes_on()
    {
        // Each is left by its parent and dies in a session of its own.
        _box.Write(
            "zombies.py",
            """
            import os
            for i in range(300):
                if os.fork() == 0:
                    if i % 2:
                        os.setsid()
                    if os.fork() == 0:
                        os._exit(0)
                    os._exit(0)
                os.wait()
            print("made", flush=True)
            os.execvp("sleep", ["sleep", "1000"])
            """
        );
        var run = _box.Start(Sandbox.File("zombies.py"));
        await _box.Output.WaitFor("made");

        await Eventually.Is(
            () => !Processes.Zombies().Exists(zombie => zombie.Session == run.Pid || zombie.Session == zombie.Pid),
            "no zombies"
        );
        run.Stop(StopReason.Canceled, "end");
        await run.Completion.WaitAsync(Soon);
    }

    [LinuxFact]
    public async Task A_zombie_maker_leaves_none_when_it_ends()
    {
        _box.Write(
            "zombies.py",
            """
            import os
            for i in range(200):
                if os.fork() == 0:
                    os._exit(0)
            print("made", flush=True)
            """
        );
        var run = _box.Start(Sandbox.File("zombies.py"));

        Assert.Equal(RunStatus.Succeeded, (await run.Completion.WaitAsync(Soon)).Status);
        Assert.DoesNotContain(Processes.Zombies(), zombie => zombie.Session == run.Pid);
    }

    [LinuxFact]
    public async Task What_is_born_while_the_rest_is_ended_hears_it_too()
    {
        var job = Sandbox.Shell("setsid sh -c 'setsid sleep 1000 &' & exit 0") with { Grace = TimeSpan.FromHours(1) };
        var runs = Enumerable.Range(0, 100).Select(_ => Task.Run(() => _box.Run(job)));

        Assert.All(await Task.WhenAll(runs), outcome => Assert.Equal(RunStatus.Succeeded, outcome.Status));
        Assert.Empty(Processes.With(_box.Settings.Marker));
    }

    [LinuxFact]
    public async Task A_program_that_forks_on_and_on_is_caught()
    {
        // Each child leaves its session and forks the next one; bounded, in case it is not caught.
        _box.Write(
            "runaway.py",
            """
            import os, time
            print("ready", flush=True)
            for i in range(20000):
                if os.fork():
                    time.sleep(0.02)
                    os._exit(0)
                os.setsid()
            """
        );
        var run = _box.Start(Sandbox.File("runaway.py") with { Grace = TimeSpan.Zero });
        await _box.Output.WaitFor("ready");

        Assert.Equal(RunStatus.Succeeded, (await run.Completion.WaitAsync(Eventually.Guard)).Status);
        Assert.Empty(Processes.With(_box.Settings.Marker));
    }
}
