namespace Aios.Queue;

/// <summary>A device as people see it. Instants are UTC.</summary>
public sealed record DeviceSummary(
    string Device,
    string Status,
    IReadOnlyList<string> Tags,
    long Pid,
    string Version,
    int MaxParallel,
    DateTimeOffset Started,
    DateTimeOffset Heartbeat,
    string? Trouble);
