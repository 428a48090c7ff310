using Aios.Store.Triggers;

namespace Aios.Store.Runs;

/// <summary>A run that was going on when last written, as far as recovery needs.</summary>
internal sealed record RunRecord(
    long Id,
    long TriggerId,
    string JobName,
    int Attempt,
    string Device,
    string BootId,
    int? Pid,
    long? ProcessStart,
    DateTimeOffset Started
)
{
    /// <summary>The name of its container; null if it is a process.</summary>
    public string? Container { get; init; }

    /// <summary>Where its trigger came from.</summary>
    public string Source { get; init; } = TriggerSource.Insert;
}
