namespace Aios.Store.Flows;

/// <summary>A flow: a run of a job with steps. Instants are UTC.</summary>
/// <param name="Id">Its number: that of its trigger.</param>
/// <param name="RunId">The run that stands for it.</param>
/// <param name="JobName">Its job.</param>
/// <param name="PlanId">The plan that it follows.</param>
/// <param name="ArgsJson">Its positional arguments.</param>
/// <param name="KwargsJson">Its named arguments.</param>
internal sealed record FlowRecord(long Id, long RunId, string JobName, long PlanId, string ArgsJson, string KwargsJson)
{
    /// <summary>The SHA-256 of that plan; null if the plan is gone. Read only.</summary>
    public string? PlanDigest { get; init; }

    /// <summary>In how many flows it is.</summary>
    public int Depth { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Whose triggers its steps follow in priority.</summary>
    public int Priority { get; init; }

    /// <summary>The trace that it is part of, as W3C writes it.</summary>
    public string? TraceParent { get; init; }

    public DateTimeOffset Started { get; init; }

    /// <summary>When it is over; null while it goes on.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>When it has taken too long; null is never.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Why it is being ended, in words; null if it is not.</summary>
    public string? Ending { get; init; }

    /// <summary>The step from which the next attempt begins; null for those that have failed.</summary>
    public string? RestartFrom { get; init; }
}
