using Aios.Store;
using Aios.Store.Runs;

namespace Aios.Daemon.Ticks;

/// <summary>Where the latest run of each job stands after a tick: written once, whatever number of its runs ended and began.</summary>
internal sealed class LatestJobStatus
{
    private readonly Dictionary<string, (RunStatus Status, long RunId)> _latest = new(StringComparer.Ordinal);

    /// <summary>The latest word so far.</summary>
    public void Note(string jobName, RunStatus status, long runId) => _latest[jobName] = (status, runId);

    /// <summary>Writes them down.</summary>
    public void Write(IStoreTransaction queue, RowGuard guard, string device, DateTimeOffset now)
    {
        foreach (var (name, (status, runId)) in _latest)
            guard.Do("jobs", name, () => queue.Runs.RecordLatest(name, status, device, now, runId));
    }
}
