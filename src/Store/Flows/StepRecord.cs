using Aios.Store.Results;

namespace Aios.Store.Flows;

/// <summary>A step of a flow that has begun, or an item of one. Instants are UTC.</summary>
/// <param name="FlowId">Its flow.</param>
/// <param name="Step">Its name.</param>
/// <param name="Item">The place of the item, from 0; -1 for the step itself.</param>
internal sealed record StepRecord(long FlowId, string Step, int Item)
{
    /// <summary>The place of a step that is no item.</summary>
    public const int Whole = -1;

    public StepStatus Status { get; init; }

    /// <summary>What it waits for, or why it ended as it did.</summary>
    public string? Reason { get; init; }

    /// <summary>JSON.</summary>
    public string? ResultJson { get; init; }

    /// <summary>Where the result is, if it is too long for a row.</summary>
    public ResultReference? ResultFile { get; init; }

    /// <summary>What runs for it; null if nothing does.</summary>
    public long? TriggerId { get; init; }

    /// <summary>How many times it was begun.</summary>
    public int Attempt { get; init; }

    /// <summary>How many rungs of its ladder were tried.</summary>
    public int Rung { get; init; }

    public DateTimeOffset Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>When a wait is over, or has taken too long.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>How long it waits; null if it waits for an instant.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>The signal that it waits for.</summary>
    public string? Signal { get; init; }

    /// <summary>The signal that it has got.</summary>
    public long? SignalId { get; init; }

    /// <summary>JSON: how far its items have come, and what its ladder has tried.</summary>
    public string? DetailJson { get; init; }

    /// <summary>Whether nothing more becomes of it.</summary>
    public bool IsOver => Status.IsOver();
}
