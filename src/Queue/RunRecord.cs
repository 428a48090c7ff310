namespace Aios.Queue;

/// <summary>A run that was going on when last written, as far as recovery needs.</summary>
public sealed record RunRecord(long Id, long TriggerId, string JobName, int Attempt, string Device, string BootId, int? Pid, long? ProcessStart, DateTimeOffset Started);
