namespace Aios.Store.Triggers;

/// <summary>A trigger that stands in line, as far as judging it needs.</summary>
/// <param name="Id">Its row.</param>
/// <param name="JobName">Null where a damaged schema let something else than text in.</param>
/// <param name="Source">One of <see cref="TriggerSource"/>.</param>
/// <param name="Priority">Higher first; NULL in the row counts as 0.</param>
/// <param name="RunAt">Not before this instant, UTC.</param>
/// <param name="Attempt">Attempts so far.</param>
internal sealed record QueuedTrigger(long Id, string? JobName, string Source, long Priority, DateTimeOffset? RunAt, int Attempt);
