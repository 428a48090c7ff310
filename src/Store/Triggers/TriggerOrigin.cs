namespace Aios.Store.Triggers;

/// <summary>Where a trigger comes from in time.</summary>
/// <param name="Created">When it was made, UTC.</param>
/// <param name="RunAt">Before when it was not to run; null if at once.</param>
/// <param name="TraceParent">The trace that it is part of, as W3C writes it (<c>traceparent</c>); null if whoever made it named
/// none.</param>
internal sealed record TriggerOrigin(DateTimeOffset Created, DateTimeOffset? RunAt, string? TraceParent)
{
    /// <summary>From when on it could have run.</summary>
    public DateTimeOffset Since => RunAt is { } at && at > Created ? at : Created;
}
