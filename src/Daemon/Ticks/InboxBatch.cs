using Aios.Store.Logs;

namespace Aios.Daemon.Ticks;

/// <summary>What has happened since the last tick.</summary>
internal sealed record InboxBatch(List<LogLine> Lines, List<StartedRun> Started, List<EndedRun> Ended)
{
    public static InboxBatch New() => new([], [], []);
}
