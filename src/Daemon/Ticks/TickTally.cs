using Aios.Store.Triggers;

namespace Aios.Daemon.Ticks;

/// <summary>What one tick has changed, for those who count; true as soon as the tick is durable.</summary>
internal sealed class TickTally
{
    /// <summary>Runs whose end was written down.</summary>
    public List<EndedRun> Ended { get; } = [];

    /// <summary>The jobs whose runs get another attempt.</summary>
    public List<string> Retried { get; } = [];

    /// <summary>The jobs whose process starts again.</summary>
    public List<string> Restarted { get; } = [];

    /// <summary>Triggers that schedules made; those that were skipped, too.</summary>
    public List<NewTrigger> Occurrences { get; } = [];
}
