using Aios.Running;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

public sealed class OutcomeTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxTheory]
    [InlineData("exit 0", RunStatus.Succeeded, 0, null, null)]
    [InlineData("exit 3", RunStatus.Failed, 3, null, "exit status 3")]
    [InlineData("exit 255", RunStatus.Failed, 255, null, "exit status 255")]
    [InlineData("kill -9 $$", RunStatus.Failed, null, 9, "killed by signal 9 (KILL)")]
    [InlineData("kill -SEGV $$", RunStatus.Failed, null, 11, "killed by signal 11 (SEGV)")]
    internal async Task The_main_process_decides(string script, RunStatus status, int? code, int? signal, string? reason)
    {
        var run = _box.Start(Sandbox.Shell(script));
        var outcome = await run.Completion.WaitAsync(Eventually.Guard);

        Assert.Equal(
            new RunOutcome(status, code, signal, null, reason, outcome.Ended)
            {
                Used = outcome.Used,
                OutputBytes = outcome.OutputBytes,
                Lasted = outcome.Lasted,
            },
            outcome
        );
        Assert.True(outcome.Used?.Cpu > TimeSpan.Zero);
        Assert.True(outcome.Ended >= run.Started);
    }

    [LinuxTheory]
    [InlineData("exit 3", "0 3", RunStatus.Succeeded, null)]
    [InlineData("exit 0", "0 3", RunStatus.Succeeded, null)]
    [InlineData("exit 4", "0 3", RunStatus.Failed, "exit status 4")]
    [InlineData("exit 0", "3", RunStatus.Failed, "exit status 0, and its success_codes are 3")]
    [InlineData("exit 0", "1 2 3", RunStatus.Failed, "exit status 0, and its success_codes are 1, 2 and 3")]
    [InlineData("exit 255", "255", RunStatus.Succeeded, null)]
    [InlineData("kill -9 $$", "0 9 137", RunStatus.Failed, "killed by signal 9 (KILL)")]
    internal async Task A_job_says_which_exit_statuses_are_good(string script, string codes, RunStatus status, string? reason)
    {
        var outcome = await _box.Run(Sandbox.Shell(script) with { SuccessCodes = [.. codes.Split(' ').Select(int.Parse)] });

        Assert.Equal((status, reason), (outcome.Status, outcome.Reason));
    }

    [LinuxTheory]
    [InlineData("import sys\ndef main(): sys.exit(3)", RunStatus.Succeeded)]
    [InlineData("def main(): return 1", RunStatus.Succeeded)]
    [InlineData("def main(): raise ValueError('x')", RunStatus.Failed)]
    internal async Task An_exception_is_a_failure_whatever_statuses_are_good(string source, RunStatus status)
    {
        _box.Write("program.py", source);
        var outcome = await _box.Run(Sandbox.File("program.py", "main") with { SuccessCodes = [0, 1, 3] });

        Assert.Equal(status, outcome.Status);
    }

    [LinuxFact]
    public async Task A_run_knows_its_process()
    {
        var run = _box.Start(Sandbox.Shell("echo pid $$; read x < /proc/$$/stat; echo stat $x; exec sleep 1000"));
        var pid = int.Parse(await _box.Output.WaitFor("pid "));
        var start = long.Parse((await _box.Output.WaitFor("stat ")).Split(' ')[21]);

        Assert.Equal(pid, run.Pid);
        Assert.Equal(start, run.ProcessStart);
        Assert.True(new ProcessIdentity(pid, start).IsAlive);
        run.Stop(StopReason.Canceled, "enough", atOnce: true);
        await run.Completion.WaitAsync(Eventually.Guard);
        Assert.False(new ProcessIdentity(pid, start).IsAlive);
    }

    [LinuxTheory]
    [InlineData("printf '{\"a\": [1, \"ä\"]}' > $AIOS_RESULT", """{"a": [1, "ä"]}""", null)]
    [InlineData("printf '\\357\\273\\2771' > $AIOS_RESULT", "1", null)]
    [InlineData("printf '{\"a\":' > $AIOS_RESULT", null, "it is not valid JSON: it ends at line 1, column 6, before it is complete")]
    [InlineData("printf '[1,' > $AIOS_RESULT", null, "it is not valid JSON: it ends at line 1, column 3, before it is complete")]
    [InlineData("printf '[1,]' > $AIOS_RESULT", null, "it is not valid JSON: found ] at line 1, column 4; there is a comma before it")]
    [InlineData("printf '{\"a\": 1,\n' > $AIOS_RESULT", null, "it is not valid JSON: it ends at line 2, column 1, before it is complete")]
    [InlineData(
        "printf done > $AIOS_RESULT",
        null,
        "it is not valid JSON: found d at line 1, column 1; JSON has double quotes around texts"
    )]
    [InlineData("printf '1 2' > $AIOS_RESULT", null, "it is not valid JSON: found 2 at line 1, column 3")]
    [InlineData(
        "printf '{\\n  \"ä\": hello\\n}' > $AIOS_RESULT",
        null,
        "it is not valid JSON: found h at line 2, column 8; JSON has double quotes around texts"
    )]
    [InlineData("printf \"{'a': 1}\" > $AIOS_RESULT", null, "found ' at line 1, column 2; JSON has double quotes around texts")]
    [InlineData("printf '[NaN]' > $AIOS_RESULT", null, "found N at line 1, column 2; JSON knows no NaN")]
    [InlineData("printf '[True]' > $AIOS_RESULT", null, "found T at line 1, column 2; JSON writes null, true and false")]
    [InlineData("printf '[1,]' > $AIOS_RESULT", null, "found ] at line 1, column 4; there is a comma before it")]
    [InlineData("printf '1 // one' > $AIOS_RESULT", null, "found / at line 1, column 3; JSON has no comments")]
    [InlineData("printf 'done\\n' > $AIOS_RESULT", null, "found d at line 1, column 1")]
    [InlineData("printf '\\001' > $AIOS_RESULT", null, "found the control character U+0001 at line 1, column 1")]
    [InlineData("printf '\"open' > $AIOS_RESULT", null, "before it is complete")]
    [InlineData("printf ' \\n' > $AIOS_RESULT", null, "before it is complete")]
    [InlineData("printf '\"\\377\"' > $AIOS_RESULT", null, "not UTF-8")]
    [InlineData(": > $AIOS_RESULT", null, "is empty")]
    [InlineData("mkdir -p $AIOS_RESULT/x", null, "not kept")]
    [InlineData("mkfifo $AIOS_RESULT", null, "not a regular file")]
    [InlineData("ln -s /etc/hostname $AIOS_RESULT", null, "symbolic link")]
    [InlineData("ln -s /dev/zero $AIOS_RESULT", null, "symbolic link")]
    [InlineData("python3 -c 'print(\"[\" * 2000 + \"]\" * 2000)' > $AIOS_RESULT", null, "it is nested deeper than 1000 levels")]
    public async Task A_result_is_kept_if_it_can_be(string script, string? result, string? problem)
    {
        var outcome = await _box.Run(Sandbox.Shell(script));

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal(result, outcome.ResultJson);
        if (problem is null)
        {
            Assert.Null(outcome.Reason);
            Assert.Empty(_box.Output.All);
        }
        else
        {
            Assert.Contains(problem, outcome.Reason);
            Assert.Contains(problem, _box.Output.Error.Single());
        }

        Assert.Empty(Directory.GetFileSystemEntries(_box.RunFiles));
    }

    [LinuxFact]
    public async Task A_result_that_is_longer_than_any_may_be_fails_the_run()
    {
        var outcome = await _box.Run(Sandbox.Shell("head -c 67108865 /dev/zero > $AIOS_RESULT"));

        Assert.Equal((RunStatus.Failed, 0, null), (outcome.Status, outcome.ExitCode, outcome.ResultJson));
        Assert.Equal(
            "the result in AIOS_RESULT was not kept: it is longer than 67108864 bytes; a result has at most 64 MiB. Write the data to a "
                + "file, and return its path",
            outcome.Reason
        );
    }

    [LinuxFact]
    public async Task A_failed_run_may_have_a_result_too()
    {
        var outcome = await _box.Run(Sandbox.Shell("echo 1 > $AIOS_RESULT; exit 5"));

        Assert.Equal(("exit status 5", "1\n"), (outcome.Reason, outcome.ResultJson));
    }
}
