using Aios.Store.Runs;

namespace Aios.Store.Jobs;

/// <summary>What a restart of a job changes.</summary>
internal static class JobRestart
{
    /// <summary>
    /// Asks that the runs of a job end and start again; the answer is their numbers. A process that should always run
    /// starts at once, also if it was stopped or waits after a crash.
    /// </summary>
    public static IReadOnlyList<long> Restart(this IStoreTransaction transaction, string jobName)
    {
        transaction.Holds.Remove(jobName, HoldKind.Stopped);
        transaction.Holds.Remove(jobName, HoldKind.Ended);
        transaction.Renew(jobName);
        return transaction.Runs.RequestStopOf(jobName, StopRequest.Restart);
    }

    /// <summary>Gives a job a new chance: its failures no longer slow it down.</summary>
    public static void Renew(this IStoreTransaction transaction, string jobName)
    {
        transaction.Health.Reset(jobName);
        transaction.Triggers.BringForwardAlways(jobName);
    }
}
