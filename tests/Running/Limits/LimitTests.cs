using System.Diagnostics;
using Aios.Jobs;
using Aios.Running;
using Aios.Running.Linux;
using Aios.Store.Runs;

namespace Aios.Tests.Running.Limits;

/// <summary>
/// Limits end what exceeds them, and the outcome says which; by control groups where this machine lets us, and by watching.
/// </summary>
public sealed class LimitTests : IDisposable
{
    private const string Hog =
        "import time\nx = []\nfor i in range(300):\n  x.append(bytearray(4 << 20))\n  time.sleep(0.01)\nprint('unlimited')";
    private const string Burner = "import time\nend = time.monotonic() + 30\nwhile time.monotonic() < end: pass";

    private readonly List<Sandbox> _boxes = [];

    /// <summary>Whether control groups may be used.</summary>
    public static TheoryData<bool> Means => CgroupFactAttribute.HasCgroups ? [true, false] : [false];

    public void Dispose() => _boxes.ForEach(box => box.Dispose());

    [LinuxTheory]
    [MemberData(nameof(Means))]
    public async Task Memory(bool byCgroup)
    {
        var (box, outcome) = await Run(byCgroup, Python(Hog), new() { Memory = 128 << 20 });

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.StartsWith(
            byCgroup ? "limit memory: more than 128M (the kernel ended it)" : "limit memory: ",
            outcome.Reason,
            StringComparison.Ordinal
        );
        Assert.EndsWith(byCgroup ? ")" : "used, more than 128M", outcome.Reason!.Split(';')[0], StringComparison.Ordinal);
        Assert.Equal(9, outcome.Signal);
        AssertNothingIsLeft(box);
    }

    [LinuxTheory]
    [MemberData(nameof(Means))]
    public async Task Memory_of_several_processes_together(bool byCgroup)
    {
        const string script =
            "import os, time\nfor i in range(4):\n  if os.fork() == 0:\n    os.setsid()\n    x = bytearray(60 << 20)\n    "
            + "time.sleep(60)\n    os._exit(0)\ntime.sleep(60)";
        var (box, outcome) = await Run(byCgroup, Python(script), new() { Memory = 128 << 20 });

        Assert.StartsWith("limit memory: ", outcome.Reason, StringComparison.Ordinal);
        AssertNothingIsLeft(box);
    }

    [LinuxTheory]
    [MemberData(nameof(Means))]
    public async Task Memory_that_is_shared_counts_once(bool byCgroup)
    {
        // Ten children share what their parent has: 100 MB, and not 1.1 GB.
        const string script =
            "import os, time\nx = bytearray(os.urandom(1)) * (100 << 20)\nfor i in range(10):\n  if os.fork() == 0:\n    time.sleep(1)\n  "
            + "  os._exit(0)\nfor i in range(10): os.wait()";
        var (_, outcome) = await Run(byCgroup, Python(script), new() { Memory = 256 << 20 });

        Assert.Equal((RunStatus.Succeeded, (string?)null), (outcome.Status, outcome.Reason));
    }

    [LinuxTheory]
    [MemberData(nameof(Means))]
    public async Task Processor_time_of_one_process(bool byCgroup)
    {
        var (box, outcome) = await Run(byCgroup, Python(Burner), new() { CpuTime = TimeSpan.FromSeconds(1) });

        Assert.Equal((RunStatus.Failed, "limit cpu_time: more than 1s of processor time"), (outcome.Status, outcome.Reason!.Split(';')[0]));
        // The kernel counts ticks, which on a loaded machine are not all the program's own.
        Assert.InRange(outcome.Used!.Cpu.TotalSeconds, 0.5, 4);
        AssertNothingIsLeft(box);
    }

    [LinuxTheory]
    [MemberData(nameof(Means))]
    public async Task Processor_time_of_many_processes_together(bool byCgroup)
    {
        // Each burns 0.1 s and ends: none comes near the limit alone.
        var shell = Sandbox.Shell(
            "for i in $(seq 100); do python3 -c 'import time\nwhile time.process_time() < 0.1: pass'; done; echo unlimited"
        );
        var (box, outcome) = await Run(byCgroup, shell, new() { CpuTime = TimeSpan.FromSeconds(1) });

        Assert.Equal((RunStatus.Failed, "limit cpu_time: more than 1s of processor time"), (outcome.Status, outcome.Reason!.Split(';')[0]));
        Assert.DoesNotContain("unlimited", box.Output.Out);
        AssertNothingIsLeft(box);
    }

    [LinuxTheory]
    [MemberData(nameof(Means))]
    public async Task Processor_time_of_orphans_counts_too(bool byCgroup)
    {
        // Each leaves its parent, so that none but the daemon can have waited for it.
        var shell = Sandbox.Shell(
            "for i in $(seq 60); do (setsid python3 -c 'import time\nwhile time.process_time() < 0.1: pass' &) ; sleep 0.2; done; "
                + "echo unlimited"
        );
        var (box, outcome) = await Run(byCgroup, shell, new() { CpuTime = TimeSpan.FromSeconds(1) });

        Assert.StartsWith("limit cpu_time: ", outcome.Reason, StringComparison.Ordinal);
        AssertNothingIsLeft(box);
    }

    [LinuxTheory]
    [MemberData(nameof(Means))]
    public async Task A_program_that_ignores_the_signals_of_its_processor_time_is_killed(bool byCgroup)
    {
        var job = Python(
            "import signal, time\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + Burner
        ) with
        {
            Grace = TimeSpan.FromMilliseconds(300),
        };
        var (box, outcome) = await Run(byCgroup, job, new() { CpuTime = TimeSpan.FromSeconds(1) });

        Assert.StartsWith("limit cpu_time: ", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(9, outcome.Signal);
        AssertNothingIsLeft(box);
    }

    [LinuxTheory]
    [MemberData(nameof(Means))]
    public async Task Processes(bool byCgroup)
    {
        const string forker =
            "import os, time\nfor i in range(100):\n  if os.fork() == 0:\n    time.sleep(20)\n    "
            + "os._exit(0)\ntime.sleep(20)\nprint('unlimited')";
        var (box, outcome) = await Run(byCgroup, Python(forker), new() { Processes = 20 });

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.StartsWith(
            byCgroup ? "limit processes: more than 20 were refused; BlockingIOError: " : "limit processes: ",
            outcome.Reason,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("unlimited", box.Output.Out);
        AssertNothingIsLeft(box);
    }

    [LinuxTheory]
    [MemberData(nameof(Means))]
    public async Task What_stays_within_its_limits_runs_as_without(bool byCgroup)
    {
        var limits = new JobLimits
        {
            Memory = 256 << 20,
            CpuTime = TimeSpan.FromSeconds(30),
            Cpu = 2,
            OpenFiles = 64,
            Processes = 10,
            Nice = 1,
            Output = 1000,
        };
        var (box, outcome) = await Run(
            byCgroup,
            Sandbox.Shell("echo \"$0 $1\"; echo '[1]' > $AIOS_RESULT; exit 3") with
            {
                Work = new CommandWork(["sh", "-c", "echo \"$1\"; echo '[1]' > $AIOS_RESULT; exit 3", "zero", "it's \"$x\" `y` \\"]),
            },
            limits
        );

        Assert.Equal(
            (RunStatus.Failed, 3, "exit status 3", "[1]\n"),
            (outcome.Status, outcome.ExitCode, outcome.Reason, outcome.ResultJson)
        );
        Assert.Equal(["it's \"$x\" `y` \\"], box.Output.Out);
        AssertNothingIsLeft(box);
    }

    [LinuxFact]
    public async Task Open_files_and_niceness_hold_from_the_first_instruction()
    {
        var (box, outcome) = await Run(
            false,
            Sandbox.Shell("ulimit -Sn; ulimit -Hn; ulimit -St; ulimit -Ht; cut -d' ' -f19 /proc/$$/stat"),
            new()
            {
                OpenFiles = 77,
                CpuTime = TimeSpan.FromSeconds(12.5),
                Nice = 7,
            }
        );

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal(["77", "77", "13", "18", $"{Math.Min(19, 7 + LibC.getpriority(LibC.PRIO_PROCESS, 0))}"], box.Output.Out);
    }

    [LinuxFact]
    public async Task A_python_function_has_the_same_limits()
    {
        var box = Box(false);
        box.Write(
            "program.py",
            "import resource, os\ndef main():\n    return [resource.getrlimit(resource.RLIMIT_NOFILE), "
                + "resource.getrlimit(resource.RLIMIT_CPU), os.nice(0)]"
        );
        var outcome = await box.Run(
            Sandbox.File("program.py", "main") with
            {
                Limits = new()
                {
                    OpenFiles = 80,
                    CpuTime = TimeSpan.FromSeconds(10),
                    Nice = 3,
                },
            }
        );

        Assert.Equal($"[[80, 80], [10, 15], {3 + LibC.getpriority(LibC.PRIO_PROCESS, 0)}]", outcome.ResultJson);
    }

    [LinuxFact]
    public async Task The_environment_is_the_same_with_limits()
    {
        var job = Sandbox.Command(
            "python3",
            "-c",
            "import os\nfor k, v in sorted(os.environ.items()):\n  if not k.startswith('AIOS_') and k not in ('PWD', 'OLDPWD', 'SHLVL', "
                + "'_'): print(ascii(k), ascii(v))"
        ) with
        {
            Env = Sandbox
                .Command()
                .Env.Add("odd.name", "a 'b' \"c\"=d")
                .Add("1st", "x")
                .Add("BASH_FUNC_f%%", "() { :; }")
                .Add("PLAIN", "\t$HOME"),
        };
        var box = Box(false);
        await box.Run(job);
        var without = box.Output.Out;
        await box.Run(job with { Limits = new() { OpenFiles = 100 } });

        Assert.Contains("'odd.name' 'a \\'b\\' \"c\"=d'", without);
        Assert.Equal([.. without, .. without], box.Output.Out);
    }

    [LinuxTheory]
    [InlineData("#!/no/such/interpreter\n", "begins with #!/no/such/interpreter, which does not exist")]
    [InlineData("#!/bin/sh\r\n", "save the file with Unix line ends")]
    public async Task What_cannot_start_says_why_with_limits_as_without(string head, string reason)
    {
        var box = Box(false);
        box.Write("broken", head, executable: true);

        var outcome = await box.Run(Sandbox.Command("Programs/broken") with { Limits = new() { OpenFiles = 100 } });

        Assert.Contains(reason, outcome.Reason, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData("yes")]
    [InlineData("head -c 5000000 /dev/zero")]
    public async Task Output(string script)
    {
        var (box, outcome) = await Run(false, Sandbox.Shell(script), new() { Output = 2 << 20 });

        Assert.Equal((RunStatus.Failed, "limit output: more than 2M printed"), (outcome.Status, outcome.Reason!.Split(';')[0]));
        Assert.True(outcome.OutputBytes > 2 << 20);
        AssertNothingIsLeft(box);
    }

    [LinuxFact]
    public async Task Output_to_the_last_byte_of_the_limit_is_fine()
    {
        var (_, outcome) = await Run(false, Sandbox.Shell("head -c 1000 /dev/zero"), new() { Output = 1000 });

        Assert.Equal((RunStatus.Succeeded, (string?)null, 1000), (outcome.Status, outcome.Reason, outcome.OutputBytes));
    }

    [LinuxFact]
    public async Task A_stop_by_somebody_is_not_taken_for_a_limit()
    {
        var box = Box(CgroupFactAttribute.HasCgroups);
        var run = box.Start(
            Sandbox.Shell("echo ready; exec sleep 1000") with
            {
                Limits = new()
                {
                    Memory = 64 << 20,
                    CpuTime = TimeSpan.FromSeconds(5),
                    Processes = 5,
                },
            }
        );
        await box.Output.WaitFor("ready");
        run.Stop(StopReason.Canceled, "enough", atOnce: true);

        var outcome = await run.Completion.WaitAsync(Eventually.Guard);

        Assert.Equal((RunStatus.Canceled, "enough"), (outcome.Status, outcome.Reason));
        AssertNothingIsLeft(box);
    }

    [LinuxFact]
    public async Task A_run_that_ends_by_itself_is_watched_no_more_and_others_still_are()
    {
        var box = Box(false);
        var limits = new JobLimits { Processes = 3, Memory = 128 << 20 };
        var forker = box.Start(
            Sandbox.Shell("while ! [ -e go ]; do sleep 0.01; done; sleep 30 & sleep 30 & sleep 30 & wait") with
            {
                Limits = limits,
            }
        );
        var runs = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => box.Run(Sandbox.Command("true") with { Limits = limits })))
        );
        await File.WriteAllTextAsync(Path.Combine(box.Home, "go"), "");

        Assert.All(runs, outcome => Assert.Equal(RunStatus.Succeeded, outcome.Status));
        Assert.Equal("limit processes: 4 processes and threads, more than 3", (await forker.Completion.WaitAsync(Eventually.Guard)).Reason);
    }

    [CgroupFact]
    public async Task A_share_of_a_processor_is_kept()
    {
        var began = Stopwatch.GetTimestamp();
        var (box, outcome) = await Run(
            true,
            Python("import time\nend = time.monotonic() + 2\nwhile time.monotonic() < end: pass"),
            new() { Cpu = 0.2m }
        );

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        // A busy machine makes the run last longer, and its share of a processor with it.
        var share = Stopwatch.GetElapsedTime(began).TotalSeconds * 0.2;
        Assert.InRange(outcome.Used!.Cpu.TotalSeconds, 0.2, share + 0.3);
        AssertNothingIsLeft(box);
    }

    [LinuxFact]
    public void What_nothing_keeps_is_named()
    {
        var limits = new JobLimits
        {
            Memory = 1 << 20,
            CpuTime = TimeSpan.FromSeconds(1),
            Cpu = 1,
            OpenFiles = 20,
            Processes = 1,
            Nice = 1,
            Output = 1,
        };

        Assert.Equal("cpu", Assert.Single(Box(false).Runner.UnkeptLimits(Sandbox.Command("true") with { Limits = limits })).Split(' ')[0]);
        Assert.Equal(
            ["memory", "cpu_time", "cpu", "open_files", "processes", "nice"],
            new PlainLimiter().Unkept(limits).Select(text => text.Split(' ')[0])
        );
        Assert.Empty(Box(false).Runner.UnkeptLimits(Sandbox.Command("true")));
    }

    private static Job Python(string script) => Sandbox.Command("python3", "-c", script);

    private static void AssertNothingIsLeft(Sandbox box)
    {
        Assert.Empty(Running.Processes.With(box.Settings.Marker));
        Assert.Empty(CgroupFactAttribute.FoldersOf(box.Settings.Marker));
    }

    private Sandbox Box(bool byCgroup)
    {
        var box = new Sandbox((settings, time) => new Runner(settings, time, new LinuxProcessHost(byCgroup)));
        _boxes.Add(box);
        return box;
    }

    private async Task<(Sandbox Box, RunOutcome Outcome)> Run(bool byCgroup, Job job, JobLimits limits)
    {
        var box = Box(byCgroup);
        return (box, await box.Run(job with { Limits = limits }));
    }
}
