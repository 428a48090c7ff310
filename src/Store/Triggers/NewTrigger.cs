using Aios.Store.Runs;

namespace Aios.Store.Triggers;

/// <summary>A request that a job run once.</summary>
internal sealed record NewTrigger(string JobName, string Source, DateTimeOffset Created)
{
    /// <summary>The longest positional or named arguments, as JSON in UTF-8.</summary>
    public const int MostArgumentBytes = 16 * 1024 * 1024;

    /// <summary>A JSON array.</summary>
    public string ArgsJson { get; init; } = "[]";

    /// <summary>A JSON object.</summary>
    public string KwargsJson { get; init; } = "{}";

    /// <summary>Higher runs first; null takes the job's.</summary>
    public int? Priority { get; init; }

    /// <summary>Not before this instant, UTC, which somebody named.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>
    /// Until when it waits, UTC, if it is <see cref="RunStatus.Waiting"/>: a span from <see cref="Created"/> on, which ends also
    /// if the clock is set back.
    /// </summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>At most one trigger carries a key, as long as its row is kept.</summary>
    public string? DedupKey { get; init; }

    /// <summary>The instant of a schedule that this makes good, UTC.</summary>
    public DateTimeOffset? Occurrence { get; init; }

    /// <summary>Queued, waiting (with <see cref="Reason"/>), or skipped: then it is closed at once.</summary>
    public RunStatus Status { get; init; } = RunStatus.Queued;

    /// <summary>Why it waits or was skipped.</summary>
    public string? Reason { get; init; }

    /// <summary>What it makes up for; unlike the reason it stays when the row moves on.</summary>
    public string? Note { get; init; }

    /// <summary>The trace that it is part of, as W3C writes it; null for none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The flow that it is a step of; null for none.</summary>
    public long? FlowId { get; init; }

    /// <summary>The run that asked for it and waits for its end, as a model does for a tool; null for none.</summary>
    public long? ParentRunId { get; init; }

    /// <summary>Attempts that came before (an <c>always</c> job that does not last counts on).</summary>
    public int Attempt { get; init; }
}
