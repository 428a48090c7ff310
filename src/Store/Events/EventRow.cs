namespace Aios.Store.Events;

/// <summary>Something that happened.</summary>
/// <param name="Id">Rises with each event, in the order of commits, across restarts.</param>
/// <param name="At">When it was written down, UTC.</param>
/// <param name="Kind">What happened: <c>run.ended</c>, <c>job.paused</c>. <see cref="EventKinds"/> lists them.</param>
internal sealed record EventRow(long Id, DateTimeOffset At, string Kind)
{
    /// <summary>The job that it is about; null if it is about no job.</summary>
    public string? JobName { get; init; }

    /// <summary>The trigger, or null.</summary>
    public long? TriggerId { get; init; }

    /// <summary>The run, or null.</summary>
    public long? RunId { get; init; }

    /// <summary>The status of the run or the trigger at that time.</summary>
    public string? Status { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>Where it happened.</summary>
    public string? Device { get; init; }

    /// <summary>How far the run had come, from 0 to 1.</summary>
    public double? Progress { get; init; }

    /// <summary>The same in words.</summary>
    public string? ProgressText { get; init; }

    /// <summary>The flow, or null.</summary>
    public long? FlowId { get; init; }

    /// <summary>The step of it, or null.</summary>
    public string? Step { get; init; }

    /// <summary>The approval, or null.</summary>
    public long? ApprovalId { get; init; }
}
