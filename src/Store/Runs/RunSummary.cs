using Aios.Store.Results;

namespace Aios.Store.Runs;

/// <summary>A run as people see it. Instants are UTC, memory and output in bytes.</summary>
internal sealed record RunSummary(
    long Id,
    long TriggerId,
    string JobName,
    int Attempt,
    string Status,
    string? Reason,
    string Device,
    long? Pid,
    DateTimeOffset Started,
    DateTimeOffset? Ended,
    int? ExitCode,
    int? Signal,
    string? ResultJson,
    double? CpuSeconds,
    long? PeakMemory,
    long? OutputBytes
)
{
    /// <summary>Where its result is, if that is too long for a row.</summary>
    public ResultReference? ResultFile { get; init; }

    /// <summary>How far it has come, from 0 to 1, if its program says so.</summary>
    public double? Progress { get; init; }

    /// <summary>The same in words, if its program says so.</summary>
    public string? ProgressText { get; init; }

    /// <summary>The flow of which it is a step, or null.</summary>
    public long? FlowId { get; init; }
}
