using System.Collections.Immutable;
using Aios.Running.Failures;
using Aios.Store.Logs;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

/// <summary>The reason of a failed program is the last thing that it said of it.</summary>
public sealed class FailureReasonTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxTheory]
    [InlineData("echo one >&2; echo 'the disk is on fire' >&2; exit 3", "the disk is on fire (exit status 3)")]
    [InlineData("echo fine; exit 3", "exit status 3")]
    [InlineData("echo '<3>refused'; echo fine; exit 1", "refused (exit status 1)")]
    [InlineData("echo '<2>refused' >&2; echo; exit 1", "refused (exit status 1)")]
    [InlineData("printf 'no end' >&2; exit 1", "no end (exit status 1)")]
    [InlineData("printf 'said\n\n  \n' >&2; exit 1", "said (exit status 1)")]
    [InlineData("printf '\\033[31mred\\033[0m \\033]0;title\\007alert\\033[2J\n' >&2; exit 1", "red alert (exit status 1)")]
    [InlineData("printf '10%%\r50%%\r100%% broken\n' >&2; exit 1", "100% broken (exit status 1)")]
    [InlineData("echo said >&2; kill -SEGV $$", "said (killed by signal 11 (SEGV))")]
    [InlineData("echo said >&2; kill -KILL $$", "killed by signal 9 (KILL)")]
    public async Task It_is_its_last_error_line(string script, string reason)
    {
        var outcome = await _box.Run(Sandbox.Shell(script));

        Assert.Equal(reason, outcome.Reason);
    }

    [LinuxTheory]
    [InlineData("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module' (exit status 1)")]
    [InlineData("raise ValueError('one\\ntwo\\nthree')", "ValueError: one (exit status 1)")]
    [InlineData("try:\n    raise KeyError('a')\nexcept KeyError as e:\n    raise ValueError('b') from e", "ValueError: b (exit status 1)")]
    [InlineData("try:\n    1 / 0\nexcept Exception:\n    raise ValueError('b')", "ValueError: b (exit status 1)")]
    [InlineData("print 'x'", "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)? (exit status 1)")]
    [InlineData("import sys; sys.exit('gave up')", "gave up (exit status 1)")]
    [InlineData("input()", "EOFError: EOF when reading a line (exit status 1)")]
    [InlineData("class Own(Exception): pass\nraise Own", "Own (exit status 1)")]
    [InlineData(
        "import sys\ntry:\n    1 / 0\nexcept Exception:\n    import traceback; traceback.print_exc()\n    for n in range(50): "
            + "print('line', n, file=sys.stderr)\n    sys.exit(2)",
        "line 49 (exit status 2)"
    )]
    public async Task Of_Python_it_is_the_exception(string source, string reason)
    {
        _box.Write("program.py", source + "\n");

        var outcome = await _box.Run(Sandbox.File("program.py"));

        Assert.StartsWith(reason, outcome.Reason, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_traceback_of_a_script_has_the_level_of_an_error()
    {
        _box.Write(
            "program.py",
            "import sys\nprint('before', file=sys.stderr)\ntry:\n    1 / 0\nexcept Exception as e:\n    raise ValueError('b') from e\n"
        );

        await _box.Run(Sandbox.File("program.py"));

        Assert.Equal((LogLevel.Warning, "before"), _box.Output.WithLevels[0]);
        Assert.All(_box.Output.WithLevels.Skip(1).Where(line => line.Text.Length > 0), line => Assert.Equal(LogLevel.Error, line.Level));
        Assert.Equal("ValueError: b", _box.Output.All[^1]);
    }

    [LinuxFact]
    public async Task A_program_that_goes_on_after_a_traceback_warns_again()
    {
        _box.Write(
            "program.py",
            "import sys, traceback\ntry:\n    1 / 0\nexcept Exception:\n    traceback.print_exc()\nprint('after', file=sys.stderr)\n"
        );

        await _box.Run(Sandbox.File("program.py"));

        Assert.Equal((LogLevel.Error, "ZeroDivisionError: division by zero"), _box.Output.WithLevels[^2]);
        Assert.Equal((LogLevel.Warning, "after"), _box.Output.WithLevels[^1]);
    }

    [LinuxFact]
    public async Task A_timeout_hides_no_exception()
    {
        _box.Write(
            "program.py",
            "import threading, time\nthreading.Thread(target=time.sleep, args=(3600,)).start()\nraise ValueError('boom')\n"
        );

        var outcome = await _box.Run(
            Sandbox.File("program.py") with
            {
                Timeout = TimeSpan.FromSeconds(2),
                Grace = TimeSpan.FromSeconds(1),
            }
        );

        Assert.Equal((RunStatus.TimedOut, "took longer than its timeout of 2 s; ValueError: boom"), (outcome.Status, outcome.Reason));
    }

    [LinuxFact]
    public async Task It_is_masked_and_has_a_bound()
    {
        var job = Sandbox.Shell("echo \"wrong key s3cr3t-value $(head -c 3000 /dev/zero | tr '\\0' x)\" >&2; exit 1") with
        {
            Env = ImmutableSortedDictionary<string, string>.Empty.Add("KEY", "s3cr3t-value"),
            Secrets = ["KEY"],
        };

        var outcome = await _box.Run(job);

        Assert.StartsWith("wrong key *** xxx", outcome.Reason, StringComparison.Ordinal);
        Assert.EndsWith("x… (exit status 1)", outcome.Reason, StringComparison.Ordinal);
        Assert.InRange(outcome.Reason!.Length, 500, 530);
    }

    [LinuxFact]
    public async Task A_good_run_has_none() => Assert.Null((await _box.Run(Sandbox.Shell("echo warning >&2"))).Reason);

    [Theory]
    [InlineData("Error: boom\n    at main (/x.js:1:7)\n    at node:internal/main:1\n\nNode.js v18.19.0", "Error: boom")]
    [InlineData(
        "/x.js:1\nthrow new TypeError('no');\n^\n\nTypeError: no\n    at x (/x.js:1:7) {\n  code: 'X'\n}\n\nNode.js v18.19.0",
        "TypeError: no"
    )]
    [InlineData(
        "Exception in thread \"main\" java.lang.IllegalStateException: boom\n\tat Main.main(Main.java:3)",
        "Exception in thread \"main\" java.lang.IllegalStateException: boom"
    )]
    [InlineData("panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/x.go:4 +0x2c\nexit status 2", "panic: boom")]
    [InlineData(
        "thread 'main' panicked at src/main.rs:2:5:\nboom\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
        "boom"
    )]
    [InlineData("x.rb:1:in `<main>': boom (RuntimeError)\n\tfrom x.rb:1:in `x'", "x.rb:1:in `<main>': boom (RuntimeError)")]
    [InlineData(
        "PHP Fatal error:  Uncaught Exception: boom in /x.php:3\nStack trace:\n#0 {main}\n  thrown in /x.php on line 3",
        "PHP Fatal error:  Uncaught Exception: boom in /x.php:3"
    )]
    [InlineData("terminate called after throwing an instance of 'std::runtime_error'\n  what():  boom", "what():  boom")]
    [InlineData(
        "  + Exception Group Traceback (most recent call last):\n  |   File \"x.py\", line 1\n  | ExceptionGroup: two (1 sub-exception)\n "
            + " +-+---------------- 1 ----------------\n    | ValueError: boom\n    +------------------------------------",
        "ValueError: boom"
    )]
    [InlineData(
        "Exception in thread Thread-1 (f):\nTraceback (most recent call last):\n  File \"x.py\", line 1\nValueError: boom",
        "ValueError: boom"
    )]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("plain", "plain")]
    public void What_tells_is_found_in_what_other_languages_print(string printed, string expected)
    {
        var errors = new ErrorLines();
        foreach (var line in printed.Split('\n'))
            errors.Note(line);
        Assert.Equal(expected, errors.Last);
    }
}
