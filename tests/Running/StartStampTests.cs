using Aios.Running;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

/// <summary>What tells, after the daemon's death, whether a run has begun.</summary>
public sealed class StartStampTests : IDisposable
{
    private const string SeesItsStamp =
        "test -f \"$(dirname \"$AIOS_RESULT\")/$AIOS_RUN_ID.started\" && stat -c %a \"$(dirname \"$AIOS_RESULT\")/$AIOS_RUN_ID.started\"";

    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxTheory]
    [InlineData("{}")]
    [InlineData("""{"a": 1}""")]
    public async Task It_is_there_at_the_first_instruction_and_until_the_end_is_durable(string kwargs)
    {
        var run = _box.Start(Sandbox.Shell(SeesItsStamp), kwargs: kwargs);
        Assert.Equal(RunStatus.Succeeded, (await run.Completion.WaitAsync(Eventually.Guard)).Status);
        Assert.Equal(["600"], _box.Output.Out);
        Assert.Equal([run.RunId], StartStamps.BegunIn(_box.RunFiles));
        _box.Runner.Forget(run.RunId);
        Assert.Empty(StartStamps.BegunIn(_box.RunFiles));
    }

    [LinuxFact]
    public async Task It_is_there_with_limits_that_a_shell_sets_first()
    {
        var job = Sandbox.Shell(SeesItsStamp);
        Assert.Equal(RunStatus.Succeeded, (await _box.Run(job with { Limits = job.Limits with { OpenFiles = 64 } })).Status);
    }

    [LinuxTheory]
    [InlineData("/no/such/program")]
    [InlineData("/etc/passwd")]
    [InlineData("/etc")]
    public async Task What_cannot_be_started_leaves_none(string program)
    {
        var run = _box.Start(Sandbox.Command(program));
        Assert.Equal(RunStatus.Failed, (await run.Completion).Status);
        Assert.Empty(StartStamps.BegunIn(_box.RunFiles));
    }

    [LinuxFact]
    public async Task A_run_goes_on_without_one_where_it_cannot_be_made()
    {
        // A folder of that name is in the way, which not even root can open for writing.
        var run = _box.Start(Sandbox.Command("true"));
        await run.Completion.WaitAsync(Eventually.Guard);
        Directory.CreateDirectory(Path.Combine(_box.RunFiles, $"{run.RunId + 1}.started"));
        for (var i = 0; i < 3; i++)
            Assert.Equal(RunStatus.Succeeded, (await _box.Run(Sandbox.Shell("exit 0"))).Status);
    }

    [LinuxFact]
    public void A_folder_that_is_not_there_tells_nothing() => Assert.Empty(StartStamps.BegunIn(Path.Combine(_box.Home, "none")));
}
