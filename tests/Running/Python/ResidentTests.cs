using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Aios.Jobs;
using Aios.Running;
using Aios.Running.Linux;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

/// <summary>The resident Python, its preloaded modules and its end.</summary>
public sealed class ResidentTests : IDisposable
{
    private const string WhoForkedMe = "import loaded\ndef main(): return [loaded.PID, __import__('os').getpid()]";

    private readonly ConcurrentQueue<string> _told = new();
    private readonly Sandbox _box;

    public ResidentTests() => _box = new((settings, time) => new Runner(settings, time, _told.Enqueue));

    private int Resident => Residents.Single();

    private IEnumerable<int> Residents => WithoutRun.Where(process => process.Session == process.Pid).Select(process => process.Pid);

    // Forked ahead, and waiting for a run.
    private int StandBy => WithoutRun.Single(process => process.Session != process.Pid).Pid;

    private IEnumerable<ProcStat> WithoutRun =>
        ProcessTable
            .Read()
            .Where(process => !process.IsZombie && Environ.MarkOf(process) is { RunId: < 0 } mark && mark.Marker == _box.Settings.Marker);

    public void Dispose() => _box.Dispose();

    [LinuxFact]
    public async Task Runs_are_forked_from_one_process_and_are_children_of_this_one()
    {
        _box.Write("loaded.py", "import os\nPID = os.getpid()");
        _box.Write("program.py", "import loaded, os\ndef main(): return [loaded.PID, os.getppid(), loaded.PID == os.getpid()]");
        var job = Preloading("loaded");

        var first = await _box.Run(job);
        var second = await _box.Run(job);

        Assert.Equal($"[{Resident}, {Environment.ProcessId}, false]", first.ResultJson);
        Assert.Equal(first.ResultJson, second.ResultJson);
        Assert.Equal([], _told);
    }

    [LinuxFact]
    public async Task It_goes_with_its_runner()
    {
        await _box.Python("def main(): pass");
        var resident = Resident;
        await Eventually.Is(() => WithoutRun.Count() == 2, "a child stands by");

        _box.Runner.Dispose();

        await Eventually.Is(() => !Processes.IsAlive(resident) && !WithoutRun.Any(), "the resident has ended, and its child that stood by");
    }

    [LinuxTheory]
    [InlineData(LibC.SIGKILL)]
    [InlineData(LibC.SIGSTOP)]
    public async Task A_child_that_stands_by_and_is_struck_costs_no_run(int signal)
    {
        await _box.Python("def main(): pass");
        await Eventually.Is(() => WithoutRun.Count() == 2, "a child stands by");
        var standBy = StandBy;

        _ = LibC.kill(standBy, signal);
        await Eventually.Is(() => signal != LibC.SIGKILL || !Processes.IsAlive(standBy), "it has ended");

        Assert.Equal("6", (await _box.Python("def main():\n    open('ran', 'a').write('x')\n    return 6")).ResultJson);
        Assert.Equal("7", (await _box.Python("def main(): return 7")).ResultJson);
        Assert.Equal("x", await File.ReadAllTextAsync(Path.Combine(_box.Home, "ran")));
        await Eventually.Is(() => !Processes.IsAlive(standBy), "nothing is left of it");
    }

    [LinuxFact]
    public async Task A_module_that_cannot_be_imported_fails_the_runs_and_works_once_it_is_repaired()
    {
        _box.Write("loaded.py", "import os\nPID = nonsense");
        _box.Write("program.py", WhoForkedMe);

        var broken = await _box.Run(Preloading("loaded"));
        Assert.Equal((RunStatus.Failed, "NameError: name 'nonsense' is not defined"), (broken.Status, broken.Reason));
        Assert.Contains(_box.Output.Error, line => line.Contains("loaded.py\", line 2", StringComparison.Ordinal));

        _box.Write("loaded.py", "import os\nPID = os.getpid()");
        Assert.Equal(RunStatus.Succeeded, (await _box.Run(Preloading("loaded"))).Status);
        Assert.Equal(RunStatus.Succeeded, (await _box.Run(Sandbox.File("program.py", "main"))).Status);
    }

    [LinuxFact]
    public async Task A_module_that_is_not_there_is_the_reason()
    {
        _box.Write("program.py", "def main(): pass");

        Assert.StartsWith(
            "ModuleNotFoundError: No module named 'no_such'; install it: ",
            (await _box.Run(Preloading("no_such"))).Reason,
            StringComparison.Ordinal
        );
    }

    [LinuxFact]
    public async Task A_module_that_leaves_threads_is_told_once_and_its_runs_start_fresh()
    {
        _box.Write(
            "loaded.py",
            "import os, threading, time\nPID = os.getpid()\nthreading.Thread(target=time.sleep, args=(1000,), daemon=True).start()"
        );
        _box.Write("program.py", WhoForkedMe);

        for (var i = 0; i < 3; i++)
        {
            var pids = (await _box.Run(Preloading("loaded"))).ResultJson!.Trim('[', ']').Split(", ");
            Assert.Equal(pids[0], pids[1]);
        }

        Assert.Contains("leave a thread running", Assert.Single(_told), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task An_edited_module_is_in_force_at_the_next_run()
    {
        _box.Write("program.py", "import pack.loaded\ndef main(): return pack.loaded.VALUE");
        for (var i = 0; i < 4; i++)
        {
            _box.Write("pack/loaded.py", $"VALUE = {i}");
            Assert.Equal($"{i}", (await _box.Run(Preloading("pack.loaded"))).ResultJson);
            Assert.Equal($"{i}", (await _box.Run(Preloading("pack.loaded"))).ResultJson);
        }

        Assert.Equal([], _told);
    }

    [LinuxFact]
    public async Task A_module_that_is_edited_while_it_is_imported_is_imported_again()
    {
        _box.Write("loaded.py", "VALUE = 1\nwith open(__file__, 'w') as file: file.write('VALUE = 2')");
        _box.Write("program.py", "import loaded\ndef main(): return loaded.VALUE");

        Assert.Equal("1", (await _box.Run(Preloading("loaded"))).ResultJson);
        Assert.Equal("2", (await _box.Run(Preloading("loaded"))).ResultJson);
        Assert.Equal([], _told);
    }

    [LinuxFact]
    public async Task What_one_leaves_behind_ends_with_it_and_no_other_does()
    {
        _box.Write("loaded.py", "import subprocess\nPID = subprocess.Popen(['sleep', '1000'], start_new_session=True).pid");
        _box.Write("program.py", "import os\ndef main(module=None): return __import__(module).PID if module else os.getpid()");
        var left = int.Parse((await _box.Run(Preloading("loaded"), args: "[\"loaded\"]")).ResultJson!, CultureInfo.InvariantCulture);
        var first = await OnlyResident(resident => resident != left);
        await _box.Run(Sandbox.File("program.py", "main"));
        var other = await OnlyResident(resident => resident != left && resident != first);

        _ = LibC.kill(first, LibC.SIGKILL);

        await Eventually.Is(() => !Processes.IsAlive(left), "it has ended");
        Assert.True(Processes.IsAlive(other));
    }

    // The process of a run that is over may be there for a moment longer.
    private async Task<int> OnlyResident(Func<int, bool> fits)
    {
        await Eventually.Is(() => Residents.Count(fits) == 1, "there is one");
        return Residents.Single(fits);
    }

    [LinuxFact]
    public async Task A_changed_list_of_modules_takes_another_process()
    {
        _box.Write("one.py", "");
        _box.Write("program.py", "import sys\ndef main(): return 'one' in sys.modules");

        Assert.Equal("false", (await _box.Run(Sandbox.File("program.py", "main"))).ResultJson);
        Assert.Equal("true", (await _box.Run(Preloading("one"))).ResultJson);
        Assert.Equal("false", (await _box.Run(Sandbox.File("program.py", "main"))).ResultJson);
    }

    [LinuxFact]
    public async Task One_that_is_killed_takes_no_run_with_it()
    {
        _box.Write(
            "program.py",
            "import os, time\ndef main():\n    print('ready', flush=True)\n    while not os.path.exists('go'): "
                + "time.sleep(0.01)\n    return 5"
        );
        var run = _box.Start(Sandbox.File("program.py", "main"));
        await _box.Output.WaitFor("ready");
        var resident = Resident;

        _ = LibC.kill(resident, LibC.SIGKILL);
        await Eventually.Is(() => !Processes.IsAlive(resident), "the resident has ended");
        _box.Write("other.py", "def main(): return 6");

        Assert.Equal("6", (await _box.Run(Sandbox.File("other.py", "main"))).ResultJson);
        await File.WriteAllTextAsync(Path.Combine(_box.Home, "go"), "");
        Assert.Equal("5", (await run.Completion.WaitAsync(Eventually.Guard)).ResultJson);
        // The first call may have found the dead one before its death was noticed, and then had an interpreter of its own.
        Assert.Equal("6", (await _box.Run(Sandbox.File("other.py", "main"))).ResultJson);
        Assert.NotEqual(resident, Resident);
    }

    [LinuxTheory]
    [InlineData(LibC.SIGKILL, 20)]
    [InlineData(LibC.SIGSTOP, 400)]
    public async Task Runs_end_truthfully_and_once_while_it_is_struck_at_random(int signal, int pause)
    {
        const int batch = 5;
        const int fewestRuns = 50;
        const int fewestStrikes = 2;
        _box.Write(
            "program.py",
            "import os\ndef main(number):\n    with open('started', 'a') as file: file.write('%d\\n' % number)\n    return number"
        );
        using var ended = new CancellationTokenSource();
        var strikes = 0;
        var striking = Task.Run(() => Strike(signal, pause, () => Interlocked.Increment(ref strikes), ended.Token));

        var outcomes = new List<RunOutcome>();
        while (outcomes.Count < fewestRuns || Volatile.Read(ref strikes) < fewestStrikes)
        {
            var numbers = Enumerable.Range(outcomes.Count, batch);
            outcomes.AddRange(
                await Task.WhenAll(
                    numbers.Select(number => Task.Run(() => _box.Run(Sandbox.File("program.py", "main"), args: $"[{number}]")))
                )
            );
        }

        await ended.CancelAsync();
        await striking;
        var started = await File.ReadAllLinesAsync(Path.Combine(_box.Home, "started"));
        Assert.Equal(Enumerable.Range(0, outcomes.Count).Select(number => $"{number}"), outcomes.Select(outcome => outcome.ResultJson));
        Assert.Equal(Enumerable.Range(0, outcomes.Count), started.Select(int.Parse).Order());
    }

    [LinuxFact]
    public async Task A_virtual_environment_in_the_home_is_found()
    {
        await MakeEnvironment(".venv");

        Assert.Equal($"\"{_box.Home}/.venv\"", (await _box.Python("import sys\ndef main(): return sys.prefix")).ResultJson);
    }

    [LinuxTheory]
    [InlineData("envs/own", true)]
    [InlineData("envs/own/bin/python", true)]
    [InlineData("python3", false)]
    public async Task A_job_has_the_python_it_names(string python, bool isOwn)
    {
        await MakeEnvironment("envs/own");
        _box.Write("program.py", "import sys\ndef main(): return sys.prefix\nif __name__ == '__main__': print(sys.prefix)");

        var called = await _box.Run(Sandbox.File("program.py", "main").Doing<FileWork>(work => work with { Python = python }));
        await _box.Run(Sandbox.File("program.py").Doing<FileWork>(work => work with { Python = python }));

        Assert.Equal(isOwn, called.ResultJson == $"\"{_box.Home}/envs/own\"");
        Assert.Equal(isOwn, _box.Output.Out.Single() == $"{_box.Home}/envs/own");
    }

    [LinuxFact]
    public async Task A_python_that_is_not_there_is_the_reason()
    {
        _box.Write("program.py", "def main(): pass");

        var outcome = await _box.Run(Sandbox.File("program.py", "main").Doing<FileWork>(work => work with { Python = "envs/none" }));

        Assert.Contains("envs/none", outcome.Reason, StringComparison.Ordinal);
        Assert.Contains("does not exist", outcome.Reason, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_python_that_cannot_fork_for_others_is_told_and_works()
    {
        _box.Write(
            "odd",
            "#!/bin/sh\ncase \"$2\" in *serve_functions.py) echo no such luck >&2; exit 9;; esac\nexec python3 \"$@\"\n",
            executable: true
        );
        _box.Write("program.py", "def main(): return 1");

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(
                "1",
                (
                    await _box.Run(Sandbox.File("program.py", "main").Doing<FileWork>(work => work with { Python = "Programs/odd" }))
                ).ResultJson
            );
        }

        Assert.Contains("no such luck", Assert.Single(_told), StringComparison.Ordinal);
    }

    private static Job Preloading(string module) =>
        Sandbox.File("program.py", "main").Doing<FileWork>(work => work with { Preload = [module] });

    private async Task Strike(int signal, int pause, Action struck, CancellationToken cancel)
    {
        var random = new Random(7);
        while (!cancel.IsCancellationRequested)
        {
            foreach (var resident in Residents.Where(BlackBox.Processes.HasLivedAWhile))
            {
                _ = LibC.kill(resident, signal);
                struck();
            }

            await Task.Delay(random.Next(pause), CancellationToken.None);
        }
    }

    private async Task MakeEnvironment(string folder)
    {
        using var python = Process.Start(
            new ProcessStartInfo("python3", ["-m", "venv", "--without-pip", Path.Combine(_box.Home, folder)])
        )!;
        await python.WaitForExitAsync().WaitAsync(Eventually.Guard);
        Assert.Equal(0, python.ExitCode);
    }
}
