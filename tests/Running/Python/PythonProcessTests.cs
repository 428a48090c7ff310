using System.Globalization;
using Aios.Running;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

/// <summary>How the processes of functions live and end, whatever their interpreter comes from.</summary>
public abstract class PythonProcessTests : IDisposable
{
    private readonly Sandbox _box;

    private protected PythonProcessTests(bool warm)
    {
        _box = new((settings, time) => new Runner(settings, time, ProcessHosts.ForThisSystem(), warm));
    }

    public void Dispose()
    {
        _box.Dispose();
        GC.SuppressFinalize(this);
    }

    [LinuxTheory]
    [InlineData("import os\ndef main(): os._exit(7)", "exit status 7", 7, null)]
    [InlineData("import os\ndef main(): os.kill(os.getpid(), 11)", "killed by signal 11 (SEGV)", null, 11)]
    [InlineData("import ctypes\ndef main(): ctypes.string_at(0)", "killed by signal 11 (SEGV)", null, 11)]
    [InlineData("import os\ndef main(): os.abort()", "killed by signal 6 (ABRT)", null, 6)]
    [InlineData("import sys\ndef main(): sys.exit(-1)", "exit status 255", 255, null)]
    public async Task A_crash_takes_nothing_else_down(string source, string reason, int? code, int? signal)
    {
        _box.Write("crash.py", source);
        _box.Write("program.py", "def main(): return 1");
        var others = Enumerable.Range(0, 3).Select(_ => _box.Run(Sandbox.File("program.py", "main"))).ToList();

        var outcome = await _box.Run(Sandbox.File("crash.py", "main"));

        Assert.Equal((RunStatus.Failed, reason, code, signal), (outcome.Status, outcome.Reason, outcome.ExitCode, outcome.Signal));
        Assert.All(await Task.WhenAll(others), other => Assert.Equal("1", other.ResultJson));
        Assert.Equal("1", (await _box.Run(Sandbox.File("program.py", "main"))).ResultJson);
    }

    [LinuxFact]
    public async Task An_endless_loop_is_ended_by_its_timeout()
    {
        _box.Write("program.py", "def main():\n    while True: pass");

        var outcome = await _box.Run(Sandbox.File("program.py", "main") with { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal((RunStatus.TimedOut, 15), (outcome.Status, outcome.Signal));
    }

    [LinuxFact]
    public async Task Nothing_that_a_run_changes_is_seen_by_the_next()
    {
        const string source = """
            import json, os, sys
            def main():
                seen = [hasattr(json, 'mark'), 'MARK' in os.environ, 'mark' in sys.path, os.getcwd() == os.environ['AIOS_HOME']]
                json.mark = 1
                os.environ['MARK'] = '1'
                sys.path.append('mark')
                os.chdir('/')
                return seen
            """;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("[false, false, false, true]", (await _box.Python(source)).ResultJson);
        }
    }

    [LinuxFact]
    public async Task Arguments_and_results_may_be_large()
    {
        var outcome = await _box.Python(
            "def main(a, k): return a + k",
            args: $"[\"{new string('x', 5_000_000)}\"]",
            kwargs: $$"""{"k": "{{new string('y', 5_000_000)}}"}"""
        );

        Assert.Equal((null, 10_000_002), (outcome.Reason, outcome.ResultJson!.Length));
    }

    [LinuxFact]
    public async Task A_result_that_is_too_large_is_said()
    {
        var outcome = await _box.Python("def main(): return 'x' * (65 * 1024 * 1024)");

        Assert.Equal((RunStatus.Failed, null), (outcome.Status, outcome.ResultJson));
        Assert.StartsWith("the result in AIOS_RESULT was not kept: it is longer than", outcome.Reason, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_result_written_before_a_failure_is_kept()
    {
        var outcome = await _box.Python(
            "import os\ndef main():\n    open(os.environ['AIOS_RESULT'], 'w').write('[1]')\n    raise ValueError('late')"
        );

        Assert.Equal((RunStatus.Failed, "ValueError: late", "[1]"), (outcome.Status, outcome.Reason, outcome.ResultJson));
    }

    [LinuxTheory]
    [InlineData("log = open('out', 'w')\ndef main(): log.write('kept')")]
    [InlineData(
        "import os\nfile = os.open('out', os.O_CREAT | os.O_WRONLY)\nclass Tool:\n    def __del__(self, write=os.write): write(file, "
            + "b'kept')\ntool = Tool()\ndef main(): pass"
    )]
    [InlineData("import os\nclass Tool:\n    def __del__(self): os.system('printf kept > out')\ntool = Tool()\ndef main(): pass")]
    [InlineData(
        "class Tool:\n    def __init__(self): self.me = self\n    def __del__(self): open('out', 'w').write('kept')\ndef main(): Tool()"
    )]
    [InlineData("import atexit\ndef main(): atexit.register(lambda: open('out', 'w').write('kept'))")]
    [InlineData(
        "import threading, time\ndef late():\n    time.sleep(0.2)\n    open('out', 'w').write('kept')\ndef main(): "
            + "threading.Thread(target=late).start()"
    )]
    [InlineData(
        "import threading, concurrent.futures as f\ndef main(): f.ThreadPoolExecutor().submit(lambda: open('out', 'w').write('kept'))"
    )]
    [InlineData(
        "import weakref\nclass Tool: pass\ntool = Tool()\nend = weakref.finalize(tool, lambda: open('out', 'w').write('kept'))\ndef "
            + "main(): pass"
    )]
    [InlineData(
        "import logging, logging.handlers\ntarget = logging.FileHandler('out', delay=True)\ntarget.terminator = ''\nlog = "
            + "logging.handlers.MemoryHandler(100, target=target)\ndef main(): log.emit(logging.makeLogRecord({'msg': 'kept', "
            + "'levelno': 20}))"
    )]
    [InlineData("import sys\ndef main():\n    out = open('out', 'w')\n    sys.keep = out\n    out.write('kept')")]
    public async Task An_end_is_that_of_an_interpreter(string source)
    {
        var outcome = await _box.Python(source);

        Assert.Equal((RunStatus.Succeeded, (string?)null), (outcome.Status, outcome.Reason));
        Assert.Equal("kept", await File.ReadAllTextAsync(Path.Combine(_box.Home, "out")));
        Assert.Empty(_box.Output.All);
    }

    [LinuxFact]
    public async Task Output_without_a_line_end_and_a_flush_arrives()
    {
        var outcome = await _box.Python("import sys\ndef main():\n    sys.stdout.write('one')\n    sys.stderr.write('two')");

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal(["one"], _box.Output.Out);
        Assert.Equal(["two"], _box.Output.Error);
    }

    [LinuxTheory]
    [InlineData(
        "import asyncio\nasync def one(x):\n    await asyncio.sleep(0.01)\n    return x\nasync def main(): return await "
            + "asyncio.gather(*map(one, range(3)))",
        "[0, 1, 2]"
    )]
    [InlineData(
        "import concurrent.futures as f\ndef main():\n    with f.ThreadPoolExecutor(4) as pool: return list(pool.map(lambda x: x * "
            + "x, range(3)))",
        "[0, 1, 4]"
    )]
    [InlineData(
        "import subprocess\ndef main(): return subprocess.run(['sh', '-c', 'echo $AIOS_JOB; read x; echo $x'], stdout=-1).stdout.decode()",
        "\"job\\n\\n\""
    )]
    [InlineData(
        "import signal, os, time\ndef main():\n    got = []\n    signal.signal(signal.SIGUSR1, lambda *_: got.append(1))\n    "
            + "os.kill(os.getpid(), signal.SIGUSR1)\n    return got",
        "[1]"
    )]
    [InlineData(
        "import threading, signal\ndef main():\n    got = []\n    signal.signal(signal.SIGUSR1, lambda *_: got.append(1))\n    "
            + "signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)\n    return got",
        "[1]"
    )]
    [InlineData("import sys\ndef main(): return [sys.stdin.read(), sys.argv[0] == __file__]", "[\"\", true]")]
    [InlineData("import os\ndef main(): return [os.getsid(0) == os.getpid(), os.getpgid(0) == os.getpid()]", "[true, true]")]
    [InlineData(
        "import os\ndef main():\n    env = dict(e.split('=', 1) for e in open('/proc/self/environ').read().split('\\0') if '=' in e)\n    "
            + "return [int(env['AIOS_RUN_ID']) == int(os.environ['AIOS_RUN_ID'])] + [env[n] == os.environ[n] for n in ('AIOS_MARK', "
            + "'AIOS_JOB', 'AIOS_HOME')]",
        "[true, true, true, true]"
    )]
    [InlineData(
        // The executable is that of the tests here, where they are started as a program of their own.
        "import os\ndef main(): return sorted(n for n in os.environ if n.startswith('AIOS_') and n != 'AIOS_EXE')",
        "[\"AIOS_ATTEMPT\", \"AIOS_DB\", \"AIOS_HOME\", \"AIOS_JOB\", \"AIOS_KWARGS\", \"AIOS_MARK\", \"AIOS_RESULT\", \"AIOS_RUN_ID\", "
            + "\"AIOS_TRIGGER_ID\"]"
    )]
    [InlineData("import random\ndef main(): return len({random.random()})", "1")]
    public async Task It_works_as_in_any_interpreter(string source, string result)
    {
        var outcome = await _box.Python(source);

        Assert.Equal((null, result), (outcome.Reason, outcome.ResultJson));
    }

    [LinuxFact]
    public async Task Chance_is_another_in_each_run()
    {
        _box.Write(
            "program.py",
            "import random, uuid, tempfile\ndef main(): return [random.random(), str(uuid.uuid4()), next(tempfile._get_candidate_names())]"
        );
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _box.Run(Sandbox.File("program.py", "main"))));

        Assert.Equal(8, runs.Select(run => run.ResultJson).Distinct().Count());
    }

    [LinuxFact]
    public async Task The_environment_of_a_job_is_its_own()
    {
        _box.Write("program.py", "import os\ndef main(): return [os.environ.get('ONE'), os.getenv('TZ'), __import__('time').tzname[0]]");
        var job = Sandbox.File("program.py", "main");

        var with = await _box.Run(job with { Env = job.Env.Add("ONE", "1").Add("TZ", "XYZ-3") });
        var without = await _box.Run(job with { Env = job.Env.Add("TZ", "ABC-1") });

        Assert.Equal("""["1", "XYZ-3", "XYZ"]""", with.ResultJson);
        Assert.Equal("""[null, "ABC-1", "ABC"]""", without.ResultJson);
    }

    // The second one has no exec after its fork: only the memory of its environment shows whose it is.
    [LinuxTheory]
    [InlineData(
        "import subprocess\ndef main():\n    child = subprocess.Popen(['setsid', 'sleep', '1000'])\n    print('pid', child.pid, flush=True)"
    )]
    [InlineData(
        "import os, time\ndef main():\n    if os.fork() == 0:\n        os.setsid()\n        if os.fork() == 0:\n            os.setsid()\n "
            + "           print('pid', os.getpid(), flush=True)\n            time.sleep(1000)\n        os._exit(0)\n    while not "
            + "os.path.exists('go'): time.sleep(0.01)"
    )]
    public async Task What_a_function_leaves_is_ended_with_it(string source)
    {
        var run = _box.Python(source);
        var left = Processes.Pid(await _box.Output.WaitFor("pid "));
        await File.WriteAllTextAsync(Path.Combine(_box.Home, "go"), "");

        Assert.Equal(RunStatus.Succeeded, (await run).Status);
        Assert.False(Processes.IsAlive(left));
    }

    [LinuxFact]
    public async Task Limits_hold_from_the_first_line_on()
    {
        _box.Write(
            "program.py",
            "import os, resource as r\nseen = [r.getrlimit(r.RLIMIT_NOFILE)[0], r.getrlimit(r.RLIMIT_CPU)[0], os.nice(0)]\ndef "
                + "main(): return seen"
        );
        var outcome = await _box.Run(
            Sandbox.File("program.py", "main") with
            {
                Limits = new()
                {
                    OpenFiles = 64,
                    CpuTime = TimeSpan.FromSeconds(100),
                    Nice = 3,
                },
            }
        );

        var own = (await _box.Run(Sandbox.File("program.py", "main"))).ResultJson!.Trim(']').Split(", ")[2];
        Assert.Equal((null, $"[64, 100, {int.Parse(own, CultureInfo.InvariantCulture) + 3}]"), (outcome.Reason, outcome.ResultJson));
    }

    [LinuxFact]
    public async Task A_program_that_closes_all_files_still_has_a_result()
    {
        var outcome = await _box.Python(
            "import os\ndef main():\n    os.closerange(3, 200)\n    mine = [open('mine%d' % i, 'w') for i in range(9)]\n    for file in "
                + "mine: file.write('mine')\n    return 5"
        );

        Assert.Equal((null, "5"), (outcome.Reason, outcome.ResultJson));
        Assert.All(Enumerable.Range(0, 9), i => Assert.Equal("mine", File.ReadAllText(Path.Combine(_box.Home, $"mine{i}"))));
    }

    [LinuxFact]
    public async Task A_missing_home_is_said()
    {
        _box.Write("program.py", "def main(): return 1");
        Assert.Equal("1", (await _box.Run(Sandbox.File("program.py", "main"))).ResultJson);
        var programs = Directory.CreateTempSubdirectory("aios-programs-").FullName;
        File.WriteAllText(Path.Combine(programs, "program.py"), "def main(): return 1");
        using var runner = new Runner(
            _box.Settings with
            {
                Home = Path.Combine(_box.Home, "gone"),
                ProgramsFolder = programs,
            },
            TimeProvider.System
        );

        var outcome = await runner
            .Start(new(1, 1, Sandbox.File("program.py", "main"), 1, "[]", "{}"), _box.Output)
            .Completion.WaitAsync(Eventually.Guard);

        Assert.StartsWith($"the working directory {_box.Home}/gone does not exist", outcome.Reason, StringComparison.Ordinal);
        Directory.Delete(programs, recursive: true);
    }
}
