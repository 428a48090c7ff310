namespace Aios.Store.Triggers;

/// <summary>A trigger as people see it. Instants are UTC.</summary>
internal sealed record TriggerSummary(
    long Id,
    string JobName,
    string Status,
    string? Reason,
    string? Note,
    string Source,
    int Attempt,
    DateTimeOffset? Created,
    DateTimeOffset? RunAt,
    DateTimeOffset? Processed
)
{
    /// <summary>Whether its last attempt is over, or it can never run.</summary>
    public bool IsClosed => Processed is not null;

    /// <summary>The flow of which it is a step, or null.</summary>
    public long? FlowId { get; init; }

    /// <summary>The run that asked for it and waits for its end, or null.</summary>
    public long? ParentRunId { get; init; }
}
