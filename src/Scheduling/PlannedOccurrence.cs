namespace Aios.Scheduling;

/// <summary>What is to be done about one occurrence that is due.</summary>
/// <param name="Occurrence">The occurrence.</param>
/// <param name="Skip">It is recorded as skipped rather than run.</param>
/// <param name="Reason">For a person to read: why it is skipped, or what it makes up for. Null if it is on time and alone.</param>
/// <param name="IsCatchUp">It runs late, or for others that were missed, or behind them.</param>
internal sealed record PlannedOccurrence(Occurrence Occurrence, bool Skip, string? Reason, bool IsCatchUp);
