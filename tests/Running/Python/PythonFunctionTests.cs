using System.Diagnostics;
using Aios.Running;
using Aios.Store.Logs;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

/// <summary>What holds for functions, whatever their interpreter comes from.</summary>
public abstract class PythonFunctionTests : IDisposable
{
    private readonly bool _warm;
    private readonly Sandbox _box;

    private protected PythonFunctionTests(bool warm)
    {
        _warm = warm;
        _box = new(NewRunner);
    }

    public void Dispose()
    {
        _box.Dispose();
        GC.SuppressFinalize(this);
    }

    private Runner NewRunner(RunningSettings settings, TimeProvider time) => new(settings, time, ProcessHosts.ForThisSystem(), _warm);

    [LinuxFact]
    public async Task A_function_is_called_with_its_arguments_and_its_value_kept()
    {
        var outcome = await _box.Python(
            "def main(a, *more, key=None):\n    print('log', a)\n    return {'a': a, 'more': more, 'key': key}",
            args: """["ä\u0000", 2, [3]]""",
            kwargs: """{"key": {"x": null}}"""
        );

        Assert.Equal((RunStatus.Succeeded, (string?)null), (outcome.Status, outcome.Reason));
        Assert.Equal("""{"a": "ä\u0000", "more": [2, [3]], "key": {"x": null}}""", outcome.ResultJson);
        Assert.Equal(["log ä␀"], _box.Output.All);
    }

    [LinuxFact]
    public async Task Its_stamp_is_there_before_the_first_line_of_the_program_and_until_its_end_is_durable()
    {
        _box.Write(
            "program.py",
            "import glob, os\nSEEN = os.path.exists(os.path.join(os.path.dirname(os.environ['AIOS_RESULT']), os.environ['AIOS_RUN_ID'] + "
                + "'.started'))\ndef main(): return SEEN"
        );
        var run = _box.Start(Sandbox.File("program.py", "main"));
        Assert.Equal("true", (await run.Completion.WaitAsync(Eventually.Guard)).ResultJson);
        Assert.Equal([run.RunId], StartStamps.BegunIn(_box.RunFiles));
        _box.Runner.Forget(run.RunId);
        Assert.Empty(StartStamps.BegunIn(_box.RunFiles));
    }

    [LinuxTheory]
    [InlineData("\\udce9", "[233]")]
    [InlineData("caf\\udce9/\\u00e9", "[99, 97, 102, 233, 47, 195, 169]")]
    [InlineData("\\udc80\\udcff", "[128, 255]")]
    [InlineData("\\ud83d\\ude00\\udce9", "[240, 159, 152, 128, 233]")]
    public async Task A_file_name_that_is_not_UTF8_arrives_as_Python_has_it(string name, string bytes)
    {
        var outcome = await _box.Python(
            "import os\ndef main(a, path):\n    assert a == path\n    return list(os.fsencode(path))",
            args: $"[\"{name}\"]",
            kwargs: $$"""{"path": "{{name}}"}"""
        );

        Assert.Equal((RunStatus.Succeeded, (string?)null), (outcome.Status, outcome.Reason));
        Assert.Equal(bytes, outcome.ResultJson);
    }

    [LinuxFact]
    public async Task A_file_name_that_is_not_UTF8_can_be_returned()
    {
        var outcome = await _box.Python("def main():\n    return ['caf' + chr(0xdce9), chr(0xe9)]");
        Assert.Equal("""["caf\udce9", "\u00e9"]""", outcome.ResultJson);
    }

    [LinuxFact]
    public async Task Half_a_pair_in_the_key_and_in_the_depth_arrives()
    {
        var outcome = await _box.Python(
            "def main(*args, **kwargs):\n    assert args == ([chr(0xd800)],)\n    return kwargs == {chr(0xdce9): {chr(0xdfff): "
                + "[chr(0xd83d), 1]}}",
            args: """[["\ud800"]]""",
            kwargs: """{"\udce9": {"\udfff": ["\ud83d", 1]}}"""
        );

        Assert.Equal((RunStatus.Succeeded, (string?)null), (outcome.Status, outcome.Reason));
        Assert.Equal("true", outcome.ResultJson);
    }

    [LinuxFact]
    public async Task Arguments_may_be_large()
    {
        var outcome = await _box.Python(
            "def main(a, k):\n    return [len(a), len(k)]",
            args: $"[\"{new string('x', 1_000_000)}\"]",
            kwargs: $$"""{"k": "{{new string('y', 2_000_000)}}"}"""
        );

        Assert.Equal("[1000000, 2000000]", outcome.ResultJson);
    }

    [LinuxTheory]
    [InlineData("def main(): pass", null)]
    [InlineData("async def main():\n    import asyncio\n    await asyncio.sleep(0)\n    return 'awaited'", "\"awaited\"")]
    [InlineData("def main():\n    return 'ä😀'", "\"ä😀\"")]
    [InlineData("def main():\n    yield 1\n    yield {'a': 2}", "[1, {\"a\": 2}]")]
    [InlineData("def main():\n    return\n    yield", "[]")]
    [InlineData("def main():\n    return (n * n for n in range(4))", "[0, 1, 4, 9]")]
    [InlineData("def main():\n    return map(str, [1, 2])", "[\"1\", \"2\"]")]
    [InlineData("def main():\n    return filter(None, [0, 1])", "[1]")]
    [InlineData("def main():\n    return zip('ab', 'cd')", "[[\"a\", \"c\"], [\"b\", \"d\"]]")]
    [InlineData(
        "async def main():\n    import asyncio\n    for n in range(3):\n        await asyncio.sleep(0)\n        yield n",
        "[0, 1, 2]"
    )]
    [InlineData("async def main():\n    return (n for n in 'ab')", "[\"a\", \"b\"]")]
    [InlineData("async def inner():\n    return 7\ndef main():\n    return inner()", "7")]
    [InlineData("class Later:\n    def __await__(self):\n        yield from ()\n        return 8\ndef main():\n    return Later()", "8")]
    [InlineData(
        "import sys, threading\ndef main():\n    thread = threading.Thread(target=sys.exit, args=(3,))\n    thread.start()\n    "
            + "thread.join()\n    return 'went on'",
        "\"went on\""
    )]
    [InlineData(
        "import os, threading, time\ndef main():\n    threading.Thread(target=lambda: (time.sleep(0.2), open(os.environ['AIOS_RESULT'], "
            + "'w').write('9'))).start()",
        "9"
    )]
    [InlineData("class Tool:\n    def __call__(self): return 5\nmain = Tool()", "5")]
    [InlineData("import sys\ndef main():\n    sys.exit()", null)]
    [InlineData("import sys\ndef main():\n    sys.exit(0)", null)]
    [InlineData("import os, json\ndef main():\n    json.dump([1], open(os.environ['AIOS_RESULT'], 'w'))", "[1]")]
    [InlineData("import sys\ndef main():\n    return sys.argv == [__file__] and __name__ == 'program'", "true")]
    [InlineData("import os\ndef main():\n    if os.fork() == 0: return 'child'\n    os.wait()\n    return 'parent'", "\"parent\"")]
    [InlineData(
        "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\ndef main(): "
            + "return A(1).x",
        "1"
    )]
    [InlineData("import os\ndef main():\n    __import__('shutil').rmtree(os.path.dirname(os.environ['AIOS_RESULT']))\n    return 1", "1")]
    public async Task It_succeeds(string source, string? result)
    {
        var outcome = await _box.Python(source);

        Assert.Equal((RunStatus.Succeeded, null, result), (outcome.Status, outcome.Reason, outcome.ResultJson));
        Assert.Empty(_box.Output.All);
    }

    [LinuxTheory]
    [InlineData("def main(): return {1, 2}", "set")]
    [InlineData("def main(): return float('nan')", "float")]
    [InlineData("def main():\n    a = []\n    a.append(a)\n    return a", "list")]
    [InlineData("def main(): return b'a'", "bytes")]
    public async Task A_value_that_is_no_json_is_not_kept(string source, string type)
    {
        var outcome = await _box.Python(source);

        Assert.Equal((RunStatus.Succeeded, null), (outcome.Status, outcome.ResultJson));
        Assert.StartsWith(
            $"the returned value of type {type} could not be kept as the result",
            _box.Output.Error.Single(),
            StringComparison.Ordinal
        );
    }

    [LinuxTheory]
    [InlineData("def main():\n    raise ValueError('bad\\ninput')", "ValueError: bad input", 1)]
    [InlineData(
        "def main(x): pass",
        "TypeError: main() missing 1 required positional argument: 'x'; give it by the job's `args` or `kwargs`, or by those "
            + "of the trigger",
        1
    )]
    [InlineData(
        "import no_such_module",
        "ModuleNotFoundError: No module named 'no_such_module'; install it: cd {home} && python3 -m venv .venv && .venv/bin/pip install "
            + "no_such_module (jobs use the .venv in the home)",
        1
    )]
    [InlineData("import sys\ndef main():\n    sys.exit('said so')", "said so", 1)]
    [InlineData("import sys\ndef main():\n    sys.exit(3)", "exit status 3", 3)]
    [InlineData("def mian(): pass", "there is no function 'main' in {file}. Did you mean 'mian'?", 1)]
    [InlineData("main = 5", "'main' in {file} is a int, not a function", 1)]
    [InlineData("async def main():\n    raise KeyError('k')", "KeyError: 'k'", 1)]
    [InlineData("def main():\n    raise KeyboardInterrupt", "KeyboardInterrupt", 1)]
    public async Task It_fails_with_the_last_line_as_the_reason(string source, string reason, int code)
    {
        var outcome = await _box.Python(source);

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.Equal(reason.Replace("{file}", Path.Combine(_box.Programs, "program.py")).Replace("{home}", _box.Home), outcome.Reason);
        Assert.Equal(code, outcome.ExitCode);
        Assert.DoesNotContain(_box.Output.All, line =>
            line.Contains("run_function", StringComparison.Ordinal) || line.Contains("asyncio", StringComparison.Ordinal)
        );
    }

    [LinuxTheory]
    [InlineData("def main():\n    yield 1\n    raise ValueError('second')", "ValueError: second")]
    [InlineData("async def main():\n    yield 1\n    raise ValueError('second')", "ValueError: second")]
    [InlineData("def main():\n    return map(int, ['1', 'x'])", "ValueError: invalid literal for int() with base 10: 'x'")]
    public async Task What_a_generator_raises_fails_the_run(string source, string reason)
    {
        var outcome = await _box.Python(source);

        Assert.Equal((RunStatus.Failed, reason, null), (outcome.Status, outcome.Reason, outcome.ResultJson));
    }

    [LinuxTheory]
    [InlineData("threading.Thread(target=time.sleep, args=(3600,)).start()")]
    [InlineData("threading.Timer(3600, print).start()")]
    [InlineData("threading.Thread(target=threading.Event().wait).start()")]
    [InlineData("threading.Thread(target=threading.Thread(target=time.sleep, args=(3600,)).start).start(); time.sleep(0.1)")]
    [InlineData("concurrent.futures.ThreadPoolExecutor().submit(time.sleep, 3600)")]
    [InlineData("threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()")]
    [InlineData("[threading.Thread(target=time.sleep, args=(3600,)).start() for _ in range(20)]")]
    [InlineData("atexit.register(print, 'a hook', flush=True); threading.Thread(target=time.sleep, args=(3600,)).start()", "a hook")]
    [InlineData("subprocess.Popen(['sleep', '3600'])")]
    [InlineData("multiprocessing.get_context('fork').Process(target=time.sleep, args=(3600,), daemon=True).start()")]
    public async Task It_fails_at_once_though_something_of_it_lives(string left, string? printed = null)
    {
        var outcome = await _box.Python(
            $"import atexit, concurrent.futures, multiprocessing, subprocess, threading, time\ndef main():\n    {left}\n    raise "
                + $"ValueError('boom')"
        );

        Assert.Equal((RunStatus.Failed, "ValueError: boom", 1), (outcome.Status, outcome.Reason, outcome.ExitCode));
        Assert.Equal(printed is null ? [] : [printed], _box.Output.Out);
        Assert.InRange(outcome.Lasted!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [LinuxTheory]
    [InlineData("raise ValueError('boom')", "ValueError: boom", 1)]
    [InlineData("sys.exit(3)", "exit status 3", 3)]
    [InlineData("sys.exit('gave up')", "gave up", 1)]
    public async Task A_coroutine_fails_at_once_though_a_thread_of_it_lives(string end, string reason, int code)
    {
        var outcome = await _box.Python(
            $"import asyncio, sys, time\nasync def main():\n    task = asyncio.create_task(asyncio.to_thread(time.sleep, 3600))\n    "
                + $"await asyncio.sleep(0.1)\n    {end}"
        );

        Assert.Equal((RunStatus.Failed, reason, code), (outcome.Status, outcome.Reason, outcome.ExitCode));
    }

    [LinuxTheory]
    [InlineData("atexit.register(time.sleep, 3600)")]
    [InlineData("atexit.register(threading.Event().wait)")]
    [InlineData("atexit.register(signal.pause)")]
    [InlineData("multiprocessing.get_context('fork').Process(target=time.sleep, args=(3600,)).start()")]
    public async Task An_exit_handler_that_hangs_hides_no_failure(string hook)
    {
        var outcome = await _box.Python(
            $"import atexit, multiprocessing, signal, threading, time\ndef main():\n    {hook}\n    raise ValueError('boom')"
        );

        Assert.Equal((RunStatus.Failed, "ValueError: boom", 1), (outcome.Status, outcome.Reason, outcome.ExitCode));
        Assert.Contains(_box.Output.Error, line => line.StartsWith("Timeout (0:00:05)", StringComparison.Ordinal));
    }

    [LinuxFact]
    public async Task What_os_exit_says_counts()
    {
        Assert.Equal(
            (RunStatus.Failed, 3),
            (await _box.Python("import os\ndef main():\n    os._exit(3)")) is var failed ? (failed.Status, failed.ExitCode) : default
        );
        Assert.Equal(
            (RunStatus.Succeeded, null),
            (await _box.Python("import os\ndef main():\n    os._exit(0)")) is var good ? (good.Status, good.ResultJson) : default
        );
    }

    [LinuxTheory]
    [InlineData("sub/job.py", "sub/near.py", "import near", "sub.job")]
    [InlineData("sub/job.py", "sub/near.py", "from . import near", "sub.job")]
    [InlineData("sub/job.py", "near.py", "import near", "sub.job")]
    [InlineData("sub/job.py", "sub/near.py", "from sub import near", "sub.job")]
    [InlineData("a/b/c/job.py", "a/b/c/near.py", "import near", "a.b.c.job")]
    [InlineData("a/b/c/job.py", "a/b/near.py", "from .. import near", "a.b.c.job")]
    [InlineData("my-jobs/job.py", "my-jobs/near.py", "import near", "my-jobs.job")]
    [InlineData("v1.2/job.py", "v1.2/near.py", "import near", "v1_2_job")]
    [InlineData("email/job.py", "email/near.py", "import near, email.message", "email_job")]
    [InlineData("test/job.py", "test/near.py", "import near", "test_job")]
    [InlineData("job/job.py", "job/near.py", "import near", "job.job")]
    [InlineData("report.v2.py", "near.py", "import near", "report_v2")]
    [InlineData("sub/report.v2.py", "sub/near.py", "import near", "sub.report_v2")]
    [InlineData("sub/report.v2.py", "sub/near.py", "from . import near", "sub.report_v2")]
    [InlineData("with blank/my job.py", "with blank/near.py", "import near", "with blank.my job")]
    [InlineData("2024.01.report.final.py", "near.py", "import near", "2024_01_report_final")]
    public async Task A_file_in_any_place_imports_its_neighbours(string file, string near, string import, string name)
    {
        _box.Write(near, "value = 'near'\n");
        _box.Write(
            file,
            $"import sys\n{import}\ndef main():\n    return [near.value, __name__, sys.modules[__name__].__file__ == __file__]\n"
        );

        var outcome = await _box.Run(Sandbox.File(file, "main"));

        Assert.Equal((RunStatus.Succeeded, null, $"[\"near\", \"{name}\", true]"), (outcome.Status, outcome.Reason, outcome.ResultJson));
    }

    [LinuxFact]
    public async Task A_folder_beside_a_file_of_its_name_runs_nothing_of_that_file()
    {
        _box.Write("report.py", "raise SystemExit('not asked for')\n");
        _box.Write("report/near.py", "value = 1\n");
        _box.Write("report/job.py", "import near\ndef main():\n    return near.value\n");

        Assert.Equal("1", (await _box.Run(Sandbox.File("report/job.py", "main"))).ResultJson);
    }

    [LinuxFact]
    public async Task A_traceback_has_the_level_of_an_error()
    {
        await _box.Python("import sys\ndef main():\n    print('before', file=sys.stderr)\n    raise ValueError('one\\ntwo')");

        Assert.Equal(
            [LogLevel.Warning, .. Enumerable.Repeat(LogLevel.Error, _box.Output.All.Count - 1)],
            _box.Output.WithLevels.Select(line => line.Level)
        );
        Assert.Equal("two", _box.Output.All[^1]);
    }

    [LinuxFact]
    public async Task A_syntax_error_is_shown_where_it_is()
    {
        var outcome = await _box.Python("def main(:\n");

        Assert.StartsWith("SyntaxError: ", outcome.Reason, StringComparison.Ordinal);
        Assert.Contains(_box.Output.Error, line => line.Contains("program.py\", line 1", StringComparison.Ordinal));
    }

    [LinuxFact]
    public async Task A_traceback_begins_with_the_program()
    {
        await _box.Python("def inner():\n    raise ValueError('bad')\ndef main():\n    inner()");

        Assert.Equal("Traceback (most recent call last):", _box.Output.Error[0]);
        Assert.Contains("program.py\", line 4, in main", _box.Output.Error[1]);
        Assert.Equal("ValueError: bad", _box.Output.Error[^1]);
    }

    [LinuxFact]
    public async Task Programs_import_each_other_and_leave_no_bytecode()
    {
        _box.Write("helper.py", "VALUE = 1");
        _box.Write("pack/part.py", "import helper\ndef main():\n    from pack import other\n    return helper.VALUE + other.VALUE");
        _box.Write("pack/other.py", "VALUE = 2");

        var outcome = await _box.Run(Sandbox.File("pack/part.py", "main"));

        Assert.Equal("3", outcome.ResultJson);
        Assert.Empty(Directory.GetDirectories(_box.Programs, "__pycache__", SearchOption.AllDirectories));
    }

    [LinuxFact]
    public async Task An_edited_file_is_fresh_at_the_next_run()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal($"{i}", (await _box.Python($"def main(): return {i}")).ResultJson);
        }
    }

    [LinuxTheory]
    [InlineData("spawn")]
    [InlineData("fork")]
    [InlineData("forkserver")]
    public async Task Multiprocessing_works(string method)
    {
        var outcome = await _box.Python(
            $"""
            import multiprocessing
            def square(x):
                return x * x
            def main():
                with multiprocessing.get_context('{method}').Pool(2) as pool:
                    return pool.map(square, range(5))
            """
        );

        Assert.Equal((null, "[0, 1, 4, 9, 16]"), (outcome.Reason, outcome.ResultJson));
        Assert.Empty(Directory.GetDirectories(_box.Programs));
    }

    [LinuxFact]
    public async Task Kwargs_that_are_no_object_are_said()
    {
        var outcome = await _box.Python("def main(): pass", kwargs: "[1]");

        Assert.Equal("kwargs must be a JSON object, not [1]", outcome.Reason);
    }

    [LinuxFact]
    public async Task A_missing_interpreter_is_said()
    {
        using var box = new Sandbox((settings, time) => NewRunner(settings with { Python = "no-such-python" }, time));

        var outcome = await box.Python("def main(): pass");

        Assert.Contains("'no-such-python' was not found on the PATH", outcome.Reason);
    }

    [LinuxFact]
    public async Task The_function_is_seen_among_the_processes()
    {
        _box.Write("program.py", "import time\ndef main():\n    print('ready')\n    time.sleep(1000)");
        var run = _box.Start(Sandbox.File("program.py", "main"));
        await _box.Output.WaitFor("ready");

        var line = (await File.ReadAllTextAsync($"/proc/{run.Pid}/cmdline")).Replace('\0', ' ').TrimEnd();

        Assert.EndsWith($"{_box.Programs}/program.py main", line, StringComparison.Ordinal);
        run.Stop(StopReason.Canceled, "enough");
        Assert.Equal(RunStatus.Canceled, (await run.Completion.WaitAsync(Eventually.Guard)).Status);
    }

    [LinuxTheory]
    [InlineData("run_function.py")]
    [InlineData("serve_functions.py")]
    public async Task The_caller_is_written_for_python_3_7(string script)
    {
        using var stream = typeof(Runner).Assembly.GetManifestResourceStream(script)!;
        using var reader = new StreamReader(stream);
        var info = new ProcessStartInfo("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 7))"])
        {
            RedirectStandardInput = true,
        };
        using var python = Process.Start(info)!;
        await python.StandardInput.WriteAsync(await reader.ReadToEndAsync());
        python.StandardInput.Close();
        await python.WaitForExitAsync().WaitAsync(Eventually.Guard);

        Assert.Equal(0, python.ExitCode);
    }
}
