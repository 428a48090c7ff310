using Aios.Store.Results;

namespace Aios.Store.Flows;

/// <summary>A flow as people see it. Instants are UTC.</summary>
/// <param name="Id">Its number: that of its trigger.</param>
/// <param name="RunId">The run that stands for it.</param>
/// <param name="JobName">Its job.</param>
/// <param name="Status">
/// That of its run; <c>waiting</c> if it goes on and nothing of it runs, <c>queued</c> if it is to be begun again.
/// </param>
internal sealed record FlowSummary(long Id, long RunId, string JobName, string Status)
{
    /// <summary>Why it ended as it did, or why it is being ended.</summary>
    public string? Reason { get; init; }

    /// <summary>One of its steps that wait, and for what: "ask waits for approval 3"; null if none waits.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempt { get; init; }

    /// <summary>The flow of which it is a step, or null.</summary>
    public long? ParentId { get; init; }

    public DateTimeOffset Started { get; init; }

    /// <summary>When it was over; null while it goes on.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>When it has taken too long; null for never.</summary>
    public DateTimeOffset? Due { get; init; }
}

/// <summary>A flow with all that has begun of it.</summary>
/// <param name="Summary">The flow.</param>
/// <param name="ArgsJson">Its positional arguments.</param>
/// <param name="KwargsJson">Its named arguments.</param>
/// <param name="ResultJson">What it came to; null if there is nothing yet.</param>
/// <param name="PlanJson">Its job as it was when the flow began; null if it is gone.</param>
/// <param name="PlanDigest">The SHA-256 of that.</param>
/// <param name="Steps">Without items.</param>
internal sealed record FlowDetails(
    FlowSummary Summary,
    string ArgsJson,
    string KwargsJson,
    string? ResultJson,
    string? PlanJson,
    string PlanDigest,
    IReadOnlyList<StepSummary> Steps
)
{
    /// <summary>Where its result is, if that is too long for a row.</summary>
    public ResultReference? ResultFile { get; init; }
}

/// <summary>A step that has begun, and what runs for it.</summary>
/// <param name="Step">The step; a long result is left out.</param>
internal sealed record StepSummary(StepRecord Step)
{
    /// <summary>Results are read up to so many bytes.</summary>
    public const int LongestResult = 65_536;

    /// <summary>How many bytes its result has; null if it has none.</summary>
    public long? ResultBytes { get; init; }

    /// <summary>Where its trigger is; null if it has none.</summary>
    public string? TriggerStatus { get; init; }

    /// <summary>What its trigger waits for.</summary>
    public string? TriggerReason { get; init; }

    /// <summary>The positional arguments of its trigger, as JSON; null also if they are long.</summary>
    public string? ArgsJson { get; init; }

    /// <summary>The named arguments of its trigger, as JSON; null also if they are long.</summary>
    public string? KwargsJson { get; init; }

    /// <summary>The latest run of its trigger.</summary>
    public long? RunId { get; init; }

    /// <summary>How many runs its trigger has had.</summary>
    public int Runs { get; init; }

    /// <summary>How often it was tried, by the ladder and by retries of its job.</summary>
    public int Attempts => Step.Attempt + Math.Max(0, Runs - 1);

    /// <summary>Whether its trigger is a flow.</summary>
    public bool IsFlow { get; init; }

    /// <summary>What a person was asked last for it.</summary>
    public long? ApprovalId { get; init; }
}
