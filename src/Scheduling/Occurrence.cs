namespace Aios.Scheduling;

/// <summary>An instant that a schedule names.</summary>
/// <param name="At">The instant, in UTC.</param>
/// <param name="Key">
/// What makes the occurrence one and the same on every device and after every restart. It is unique within a job
/// and becomes part of the trigger's <c>dedup_key</c>.
/// </param>
public readonly record struct Occurrence(DateTimeOffset At, string Key);
