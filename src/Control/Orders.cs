using Aios.Queue;

namespace Aios.Control;

/// <summary>What people's orders do to the queue, whatever way they come. Each is done within one transaction.</summary>
internal static class Orders
{
    private const string OnRequest = "stopped on request";

    /// <summary>Asks that a run end. Between two attempts there is no run to end, but one to come: its trigger is taken back.</summary>
    public static StopOutcome StopRun(this QueueTransaction queue, RunSummary run, StopRequest request, DateTimeOffset now)
    {
        if (queue.Runs.RequestStop(run.Id, request)) return new StopOutcome([run.Id], 0);
        return new StopOutcome([], queue.Triggers.Cancel(run.TriggerId, OnRequest, now) ? 1 : 0);
    }

    /// <summary>Asks that all runs of a job end, and takes back what of it stands in line; an <c>always</c> job stays stopped.</summary>
    public static StopOutcome StopJob(this QueueTransaction queue, string jobName, bool isAlways, StopRequest request, DateTimeOffset now)
    {
        if (isAlways) queue.Holds.Put(jobName, HoldKind.Stopped, now);
        return new StopOutcome(queue.Runs.RequestStopOf(jobName, request), queue.Triggers.CancelOf(jobName, OnRequest, now));
    }
}
