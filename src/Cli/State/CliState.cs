using Aios.Control;
using Aios.Store;

namespace Aios.Cli;

/// <summary>
/// Changes of the state. What a program remembers while it runs is its own bookkeeping, however often it does so, in
/// whatever language; what anybody else changes there is written into the audit.
/// </summary>
internal static class CliState
{
    /// <summary>Sets a value, JSON.</summary>
    public static void Set(IStoreTransaction queue, string job, string key, string json, DateTimeOffset now)
    {
        if (IsOwn(queue, job))
            queue.State.Set(job, key, json, now);
        else
            queue.SetState(job, key, json, CliActor.Here, now);
    }

    /// <summary>Takes a value out; false if there is none.</summary>
    public static bool Delete(IStoreTransaction queue, string job, string key, DateTimeOffset now) =>
        IsOwn(queue, job) ? queue.State.Delete(job, key) : queue.DeleteState(job, key, CliActor.Here, now);

    private static bool IsOwn(IStoreTransaction queue, string job) =>
        RunScope.RunId is { } run && (job == IState.Shared || job == RunScope.Job) && queue.Runs.GoesOn(run, RunScope.Job ?? "");
}
