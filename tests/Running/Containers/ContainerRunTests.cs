using System.Net.Sockets;
using Aios.Running;
using Aios.Running.Containers;
using Aios.Running.Containers.Engine;
using Aios.Store.Runs;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Running.Containers;

/// <summary>Runs in containers of a real engine.</summary>
public sealed class ContainerRunTests
{
    private const string Closed = """
        grep -E 'CapEff|NoNewPrivs' /proc/self/status
        touch /x 2>/dev/null && echo writable
        touch /tmp/x && echo tmp
        touch /aios/Programs/x 2>/dev/null && echo programs
        cat /proc/1/comm; echo "$HOME $AIOS_DB $PATH_OF_THE_DAEMON"
        cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null
        """;

    [RequiresFact(Need.Docker)]
    public async Task A_command_gets_its_arguments_and_leaves_a_result_in_a_container_that_is_closed()
    {
        using var sandbox = new ContainerSandbox();
        var outcome = await sandbox.Run(
            ContainerSandbox.Shell(
                Closed
                    + "\n"
                    + """echo "$1 $AIOS_KWARGS $(cat $AIOS_KWARGS_FILE) $AIOS_JOB $AIOS_ATTEMPT"; echo oops >&2; echo '[1]' > $AIOS_RESULT"""
            ),
            """["one"]""",
            """{"a": 1}"""
        );
        Assert.Equal((RunStatus.Succeeded, 0, "[1]"), (outcome.Status, outcome.ExitCode, outcome.ResultJson?.Trim()));
        Assert.Contains("one {\"a\": 1} {\"a\": 1} job 1", sandbox.Output.Out);
        Assert.Equal(["oops"], sandbox.Output.Error);
        Assert.Contains("CapEff:\t0000000000000000", sandbox.Output.Out);
        Assert.Contains("NoNewPrivs:\t1", sandbox.Output.Out);
        Assert.Contains("tmp", sandbox.Output.Out);
        Assert.Contains("512", sandbox.Output.Out);
        Assert.DoesNotContain("writable", sandbox.Output.Out);
        Assert.DoesNotContain("programs", sandbox.Output.Out);
        Assert.DoesNotContain(sandbox.Output.Out, line => line.Contains("orchestrator.db", StringComparison.Ordinal));
    }

    [RequiresFact(Need.Docker)]
    public async Task Each_lock_can_be_opened_by_its_name()
    {
        using var sandbox = new ContainerSandbox();
        var open = new JobPrivileges
        {
            ReadOnly = false,
            Capabilities = ["CHOWN"],
            NewPrivileges = true,
            Init = false,
        };
        await sandbox.Run(
            ContainerSandbox.Shell(Closed, new() { Privileges = open, User = "0:0" }) with
            {
                Workdir = "/tmp",
                Limits = new()
                {
                    Processes = 99,
                    Memory = 64 << 20,
                    OpenFiles = 77,
                },
            }
        );
        Assert.Contains("CapEff:\t0000000000000001", sandbox.Output.Out);
        Assert.Contains("NoNewPrivs:\t0", sandbox.Output.Out);
        Assert.Contains("writable", sandbox.Output.Out);
        Assert.Contains("99", sandbox.Output.Out);
        Assert.Contains("sh", sandbox.Output.Out);
    }

    [RequiresFact(Need.Docker)]
    public async Task A_function_returns_what_it_returned_or_says_why_not()
    {
        using var sandbox = new ContainerSandbox();
        const string source =
            "def main(a, *, b):\n    print('called')\n    return {'a': a, 'b': b}\ndef bad():\n    raise ValueError('no good')\n";
        var good = await sandbox.Python(source, "main", "[1]", """{"b": "ü"}""");
        Assert.Equal((RunStatus.Succeeded, """{"a": 1, "b": "ü"}"""), (good.Status, good.ResultJson));
        Assert.Equal(["called"], sandbox.Output.Out);
        var bad = await sandbox.Python(source, "bad");
        Assert.Equal((RunStatus.Failed, 1, "ValueError: no good"), (bad.Status, bad.ExitCode, bad.Reason));
        Assert.Contains(sandbox.Output.Error, line => line.Contains("/aios/Programs/program.py", StringComparison.Ordinal));
    }

    [RequiresFact(Need.Docker)]
    public async Task With_an_engine_that_sees_no_files_of_ours_they_are_copied()
    {
        using var proxy = new EngineProxy(remote: true);
        using var sandbox = new ContainerSandbox(proxy.Address);
        File.WriteAllText(Path.Combine(sandbox.Programs, "other.py"), "WORD = 'copied'\n");
        var outcome = await sandbox.Python("import other\ndef main(a):\n    return [a, other.WORD]\n", "main", "[5]");
        Assert.Equal((RunStatus.Succeeded, """[5, "copied"]"""), (outcome.Status, outcome.ResultJson));
        var failed = await sandbox.Python("def main():\n    raise KeyError('gone')\n");
        Assert.Equal("KeyError: 'gone'", failed.Reason);
        var refused = await sandbox.Run(ContainerSandbox.Shell("true", new() { Volumes = [new("./data", "/data", false)] }));
        Assert.Contains("the container engine cannot see", refused.Reason, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Docker)]
    public async Task Volumes_of_the_home_are_seen()
    {
        using var sandbox = new ContainerSandbox();
        Directory.CreateDirectory(Path.Combine(sandbox.Home, "data"));
        File.WriteAllText(Path.Combine(sandbox.Home, "data", "in"), "inside\n");
        await sandbox.Run(
            ContainerSandbox.Shell(
                "cat /data/in; cp /data/in /out/copy; touch /data/x 2>/dev/null || echo closed",
                new() { Volumes = [new("./data", "/data", true), new("./data", "/out", false)] }
            )
        );
        Assert.Equal(["inside", "closed"], sandbox.Output.Out);
        Assert.True(File.Exists(Path.Combine(sandbox.Home, "data", "copy")));
        var missing = await sandbox.Run(ContainerSandbox.Shell("true", new() { Volumes = [new("./none", "/data", true)] }));
        Assert.Contains("the volume \"./none:/data:ro\" cannot be mounted: there is no ", missing.Reason, StringComparison.Ordinal);
        Assert.False(Path.Exists(Path.Combine(sandbox.Home, "none")));
    }

    [RequiresFact(Need.Docker)]
    public async Task Memory_that_is_used_up_is_told_as_such()
    {
        using var sandbox = new ContainerSandbox();
        var outcome = await sandbox.Run(
            new()
            {
                Name = "job",

                Work = new CommandWork(["python3", "-c", "x = b'x' * 300_000_000"]),
                Place = new ContainerPlace { Image = TestEngine.Python, Network = "none" },
                Limits = new() { Memory = 32 << 20 },
            }
        );
        Assert.Equal((RunStatus.Failed, 9, "limit memory: more than 32M used"), (outcome.Status, outcome.Signal, outcome.Reason));
    }

    [RequiresFact(Need.Docker)]
    public async Task What_cannot_start_says_why_and_what_to_do()
    {
        using var sandbox = new ContainerSandbox();
        var never = await sandbox.Run(
            ContainerSandbox
                .Shell("true", new() { Pull = PullPolicy.Never })
                .In<ContainerPlace>(place => place with { Image = "aios-test/none:1" })
        );
        Assert.Equal((RunStatus.Failed, null), (never.Status, never.ExitCode));
        Assert.Contains("docker pull aios-test/none:1", never.Reason, StringComparison.Ordinal);
        var unknown = await sandbox.Run(ContainerSandbox.Shell("true") with { Work = new CommandWork(["no-such-program"]) });
        Assert.Contains("its program could not be started in the container: ", unknown.Reason, StringComparison.Ordinal);
        var network = await sandbox.Run(
            ContainerSandbox.Shell("true").In<ContainerPlace>(place => place with { Network = "no-such-network" })
        );
        Assert.Contains("no-such-network", network.Reason, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Docker)]
    public async Task Its_end_can_be_asked_for_at_any_time()
    {
        using var sandbox = new ContainerSandbox();
        var early = sandbox.Runs.Start(ContainerSandbox.Request(ContainerSandbox.Shell("sleep 1000")), sandbox.Output);
        early.Stop(StopReason.Canceled, "at once");
        Assert.Equal((RunStatus.Canceled, "at once"), Told(await early.Completion.WaitAsync(Eventually.Guard)));
        sandbox.Runs.Forget(early.RunId);

        var polite = sandbox.Runs.Start(
            ContainerSandbox.Request(ContainerSandbox.Shell("trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.1; done")),
            sandbox.Output
        );
        await sandbox.Output.WaitFor("up");
        polite.Stop(StopReason.Canceled, "enough");
        var ended = await polite.Completion.WaitAsync(Eventually.Guard);
        Assert.Equal((RunStatus.Canceled, 5), (ended.Status, ended.ExitCode));
        Assert.Contains("bye", sandbox.Output.Out);
        sandbox.Runs.Forget(polite.RunId);

        var deaf = ContainerSandbox.Shell("trap '' TERM; while :; do sleep 1; done") with
        {
            Timeout = TimeSpan.FromSeconds(3),
            Grace = TimeSpan.FromSeconds(1),
        };
        var killed = await sandbox.Run(deaf);
        Assert.Equal((RunStatus.TimedOut, 9), (killed.Status, killed.Signal));
    }

    [RequiresFact(Need.Docker)]
    public async Task A_run_goes_on_when_the_engine_goes_and_comes_back()
    {
        using var proxy = new EngineProxy();
        using var sandbox = new ContainerSandbox(proxy.Address);
        var run = sandbox.Runs.Start(
            ContainerSandbox.Request(
                ContainerSandbox.Shell("i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo $i; sleep 0.1; done; echo 7 > $AIOS_RESULT")
            ),
            sandbox.Output
        );
        for (var times = 0; times < 3; times++)
        {
            var seen = sandbox.Output.Out.Count;
            await Eventually.Is(() => sandbox.Output.Out.Count > seen, "more lines");
            proxy.Down();
            Assert.False(run.Completion.IsCompleted);
            proxy.Up();
        }

        var outcome = await run.Completion.WaitAsync(Eventually.Guard);
        Assert.Equal((RunStatus.Succeeded, "7"), (outcome.Status, outcome.ResultJson?.Trim()));
        Assert.Equal(Enumerable.Range(1, 40).Select(line => $"{line}"), sandbox.Output.Out);
        sandbox.Runs.Forget(run.RunId);
    }

    [RequiresFact(Need.Docker)]
    public async Task A_run_fails_for_an_engine_that_does_not_come_back()
    {
        using var proxy = new EngineProxy();
        using var sandbox = new ContainerSandbox(proxy.Address);
        proxy.Down();

        var outcome = await sandbox.Run(ContainerSandbox.Shell("echo there"));

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.Contains($"{proxy.Address} does not answer", outcome.Reason, StringComparison.Ordinal);
        Assert.Contains("Start the engine", outcome.Reason, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Docker)]
    public async Task A_run_fails_for_an_engine_that_hangs_and_can_be_ended_before()
    {
        using var folder = new TemporaryFolder();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(folder.File("engine.sock")));
        listener.Listen(100);
        var address = EngineAddress.Find(name => name == "DOCKER_HOST" ? $"unix://{folder.File("engine.sock")}" : null);
        using var sandbox = new ContainerSandbox(address);
        var run = sandbox.Runs.Start(ContainerSandbox.Request(ContainerSandbox.Shell("echo there")), sandbox.Output);
        var ended = sandbox.Runs.Start(ContainerSandbox.Request(ContainerSandbox.Shell("echo there")), sandbox.Output);

        ended.Stop(StopReason.Canceled, "enough");

        Assert.Equal(RunStatus.Canceled, (await ended.Completion.WaitAsync(Eventually.Guard)).Status);
        Assert.False(run.Completion.IsCompleted);
        var outcome = await run.Completion.WaitAsync(Eventually.Guard);
        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.Contains("it is overloaded or hangs", outcome.Reason, StringComparison.Ordinal);
        Assert.False((await sandbox.Runs.Report()).Answers);
    }

    [RequiresFact(Need.Docker)]
    public async Task A_run_waits_for_an_engine_that_is_not_there_yet()
    {
        using var proxy = new EngineProxy();
        using var sandbox = new ContainerSandbox(proxy.Address);
        proxy.Down();
        var run = sandbox.Runs.Start(ContainerSandbox.Request(ContainerSandbox.Shell("echo there")), sandbox.Output);
        Assert.Contains("does not answer", (await sandbox.Runs.Report()).Words, StringComparison.Ordinal);
        Assert.False(run.Completion.IsCompleted);
        proxy.Up();
        Assert.Equal(RunStatus.Succeeded, (await run.Completion.WaitAsync(Eventually.Guard)).Status);
        Assert.Contains(" at unix://", (await sandbox.Runs.Report()).Words, StringComparison.Ordinal);
        sandbox.Runs.Forget(run.RunId);
    }

    [RequiresFact(Need.Docker)]
    public async Task Another_boot_takes_up_what_goes_on_and_removes_what_is_nobodys()
    {
        using var sandbox = new ContainerSandbox();
        var request = ContainerSandbox.Request(
            ContainerSandbox.Shell("echo one; while [ ! -f /aios/run/go ]; do sleep 0.1; done; echo two; echo 1 > $AIOS_RESULT; exit 4")
        );
        var stray = ContainerSandbox.Request(ContainerSandbox.Shell("echo stray; sleep 1000"));
        _ = sandbox.Runs.Start(request, sandbox.Output);
        _ = sandbox.Runs.Start(stray, sandbox.Output);
        await sandbox.Output.WaitFor("one");
        await sandbox.Output.WaitFor("stray");

        using var next = sandbox.Connect();
        Assert.Equal(ContainerFate.CanTell, await next.FateOf(request.RunId));
        Assert.Equal(ContainerFate.NeverRan, await next.FateOf(request.RunId + 1_000_000));
        Assert.Equal(1, await next.RemoveLeft("device", run => run == request.RunId));
        Assert.Equal(ContainerFate.NeverRan, await next.FateOf(stray.RunId));
        var rest = new RecordedOutput();
        var taken = next.TakeUp(request, DateTimeOffset.UtcNow, null, rest);
        await rest.WaitFor("one");
        File.WriteAllText(Path.Combine(sandbox.Home, "containers", $"{request.RunId}", "go"), "");
        var outcome = await taken.Completion.WaitAsync(Eventually.Guard);
        Assert.Equal((RunStatus.Failed, 4, "1"), (outcome.Status, outcome.ExitCode, outcome.ResultJson?.Trim()));
        Assert.Equal(["one", "two"], rest.Out);
        next.Forget(request.RunId);
    }

    private static (RunStatus, string?) Told(RunOutcome outcome) => (outcome.Status, outcome.Reason);
}
