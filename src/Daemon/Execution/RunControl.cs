using Aios.Daemon.Claiming;
using Aios.Daemon.Ticks;
using Aios.Running;
using Aios.Store.Runs;

namespace Aios.Daemon.Execution;

/// <summary>Starts and ends runs as a tick has decided.</summary>
internal sealed class RunControl(DaemonParts parts)
{
    /// <summary>Starts all that was claimed.</summary>
    public void Start(TickResult result)
    {
        foreach (var claim in result.Claimed)
            Start(claim);
    }

    /// <summary>Ends what somebody wants to end, and what gives way to other work.</summary>
    public void Stop(TickResult result)
    {
        foreach (var (id, request) in result.ToStop)
            Stop(id, request);
        if (result.LacksSlots || result.Claimed.Any(claim => claim.IsOrdinaryWork))
            GiveWay();
    }

    private void Start(ClaimedRun claim)
    {
        parts.Supervisor.Start(claim);
        if (!parts.Log.TellsDetails)
            return;
        var waited = claim.At - claim.Origin.Since;
        parts.Log.Debug(
            $"Claimed {claim.Request.Job.Name}#{claim.Request.RunId}: attempt {claim.Request.Attempt} of trigger "
                + $"{claim.Request.TriggerId} ({claim.Source}), {waited.TotalMilliseconds:0} ms after it could run; trace "
                + $"{claim.Request.Trace?.TraceId}."
        );
    }

    private void Stop(long runId, StopRequest request) =>
        parts.Supervisor.Stop(
            run => run.Claim.Request.RunId == runId,
            StopReason.Canceled,
            request switch
            {
                StopRequest.Kill => "killed on request",
                StopRequest.Restart => "restarted on request",
                _ => "stopped on request",
            },
            returned: request == StopRequest.Restart,
            atOnce: request == StopRequest.Kill
        );

    private void GiveWay()
    {
        parts.Idle.EndQuiet();
        parts.Supervisor.Stop(run => run.IsIdle, StopReason.GaveWay, "gave way to other work");
    }
}
