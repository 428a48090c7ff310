namespace Aios.Store.Triggers;

/// <summary>A row of <c>triggers</c> that this daemon has not looked at before.</summary>
/// <param name="Trigger">The row.</param>
/// <param name="HasPriority">False: its job's priority applies.</param>
/// <param name="Defect">What makes it impossible to run, or null.</param>
internal sealed record NewcomerTrigger(QueuedTrigger Trigger, bool HasPriority, string? Defect);
