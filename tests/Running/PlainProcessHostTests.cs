using Aios.Running;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

/// <summary>The basics hold with nothing but <see cref="System.Diagnostics.Process"/>, too.</summary>
public sealed class PlainProcessHostTests : IDisposable
{
    private readonly Sandbox _box = new((settings, time) => new Runner(settings, time, new PlainProcessHost()));

    public void Dispose() => _box.Dispose();

    [LinuxTheory]
    [InlineData("echo out; echo err >&2; echo '[1]' > $AIOS_RESULT", RunStatus.Succeeded, 0, null, null, "[1]\n")]
    [InlineData("echo out; echo err >&2; exit 3", RunStatus.Failed, 3, null, "err (exit status 3)", null)]
    [InlineData("echo out; echo err >&2; kill -9 $$", RunStatus.Failed, null, 9, "killed by signal 9 (KILL)", null)]
    internal async Task A_run_ends_as_its_process_does(
        string script,
        RunStatus status,
        int? code,
        int? signal,
        string? reason,
        string? result
    )
    {
        var outcome = await _box.Run(Sandbox.Shell(script));

        Assert.Equal(
            new RunOutcome(status, code, signal, result, reason, outcome.Ended)
            {
                Used = outcome.Used,
                OutputBytes = 8,
                Lasted = outcome.Lasted,
            },
            outcome
        );
        Assert.Equal(["out"], _box.Output.Out);
        Assert.Equal(["err"], _box.Output.Error);
    }

    [LinuxFact]
    public async Task What_cannot_start_fails_with_a_reason()
    {
        _box.Write("garbage", "\u0001\u0002garbage", executable: true);

        var outcome = await _box.Run(Sandbox.Command("Programs/garbage"));

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.Contains("could not be started", outcome.Reason);
    }

    [LinuxFact]
    public async Task Stop_is_heard_and_enforced()
    {
        var polite = _box.Start(Sandbox.Command("sleep", "1000"));
        polite.Stop(StopReason.Canceled, "enough");
        Assert.Equal((RunStatus.Canceled, (int?)15), await Ending(polite));

        var deaf = _box.Start(
            Sandbox.Shell("trap '' TERM; echo ready; while :; do sleep 0.01; done") with
            {
                Timeout = TimeSpan.FromSeconds(1),
                Grace = TimeSpan.FromMilliseconds(200),
            }
        );
        Assert.Equal((RunStatus.TimedOut, (int?)9), await Ending(deaf));
    }

    [LinuxFact]
    public async Task A_pipe_that_a_grandchild_holds_is_not_waited_for()
    {
        var outcome = await _box.Run(Sandbox.Shell("sleep 30 & echo $!"));

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        System.Diagnostics.Process.GetProcessById(Processes.Pid(_box.Output.Out[0])).Kill();
    }

    [LinuxFact]
    public async Task Functions_work()
    {
        var outcome = await _box.Python("def main(x):\n    print('hi')\n    return x * 2", args: "[21]");

        Assert.Equal("42", outcome.ResultJson);
        Assert.Equal(["hi"], _box.Output.Out);
    }

    private static async Task<(RunStatus, int?)> Ending(IRun run)
    {
        var outcome = await run.Completion.WaitAsync(Eventually.Guard);
        return (outcome.Status, outcome.Signal);
    }
}
