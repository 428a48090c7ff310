using Aios.Store.Runs;

namespace Aios.Running;

/// <summary>A run that could not start.</summary>
internal sealed class UnstartedRun(long runId, string reason, DateTimeOffset at) : IRun
{
    public long RunId => runId;

    public int? Pid => null;

    public long? ProcessStart => null;

    public DateTimeOffset Started => at;

    public Task<RunOutcome> Completion { get; } = Task.FromResult(new RunOutcome(RunStatus.Failed, null, null, null, reason, at));

    public void Stop(StopReason reason, string why, bool atOnce = false)
    {
        // It has ended.
    }
}
