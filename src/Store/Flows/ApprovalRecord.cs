namespace Aios.Store.Flows;

/// <summary>A question to a person, as it was shown. Instants are UTC.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">What it is about: one of <see cref="ApprovalKinds"/>.</param>
/// <param name="Question">What is asked.</param>
/// <param name="ShownJson">What was shown: a JSON object.</param>
/// <param name="Digest">SHA-256 of what was shown and of what follows from it, in hexadecimal.</param>
internal sealed record ApprovalRecord(long Id, string Kind, string Question, string ShownJson, string Digest)
{
    /// <summary>The flow that waits for it; null if none does.</summary>
    public long? FlowId { get; init; }

    /// <summary>The step that waits for it.</summary>
    public string? Step { get; init; }

    /// <summary>The job that it concerns.</summary>
    public string? JobName { get; init; }

    /// <summary>The values that a decision brings: a JSON object of names and types.</summary>
    public string FieldsJson { get; init; } = "{}";

    /// <summary>Who may decide: a JSON array; empty for everybody who may approve.</summary>
    public string ByJson { get; init; } = "[]";

    /// <summary>How many different people must approve.</summary>
    public int Need { get; init; } = 1;

    public ApprovalStatus Status { get; init; }

    public DateTimeOffset Created { get; init; }

    /// <summary>Until when it can be decided; null for ever.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What happens then: reject, approve or escalate.</summary>
    public string OnExpiry { get; init; } = "reject";

    /// <summary>Who may decide after it was escalated: a JSON array; null once it was.</summary>
    public string? EscalateJson { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? Decided { get; init; }

    /// <summary>Who decided, and why.</summary>
    public string? Reason { get; init; }

    /// <summary>The values that the decision brought: a JSON object.</summary>
    public string? ResultJson { get; init; }

    /// <summary>The operation of AIOS itself that it confirms; null for a question of a flow.</summary>
    public string? Operation { get; init; }

    /// <summary>Who asked to do that operation.</summary>
    public string? AskedBy { get; init; }

    /// <summary>When it was done; a confirmation counts once.</summary>
    public DateTimeOffset? Used { get; init; }

    /// <summary>Until when the operation can be done after it was confirmed: for as long again as it could be decided.</summary>
    public DateTimeOffset? UsableUntil => Decided + (Expires - Created);
}

/// <summary>What approvals are about.</summary>
internal static class ApprovalKinds
{
    /// <summary>A step of a flow.</summary>
    public const string Step = "step";

    /// <summary>What becomes of a step that has failed.</summary>
    public const string Recovery = "recovery";

    /// <summary>An operation of AIOS itself that another person must confirm.</summary>
    public const string Operation = "operation";

    /// <summary>One that the asker confirms by asking twice.</summary>
    public const string Confirmation = "confirmation";

    /// <summary>More money for calls to language models than a budget allows; its operation has the same name.</summary>
    public const string Budget = "budget";
}

/// <summary>Where an approval is. In the database these are the names in lower case.</summary>
internal enum ApprovalStatus
{
    Waiting,
    Approved,
    Rejected,
    Expired,

    /// <summary>What was shown is not true any more, or nobody waits for it.</summary>
    Void,
}

/// <summary>What one person decided.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Approves">Whether they approve.</param>
/// <param name="At">When, UTC.</param>
internal sealed record Decision(string Actor, bool Approves, DateTimeOffset At)
{
    /// <summary>By which way: cli, api, ...</summary>
    public string Origin { get; init; } = "";

    /// <summary>What they say about it.</summary>
    public string? Comment { get; init; }

    /// <summary>The values that they entered: a JSON object.</summary>
    public string FieldsJson { get; init; } = "{}";
}

/// <summary>What came of a decision.</summary>
internal enum DecisionOutcome
{
    /// <summary>It counts, and more people must decide.</summary>
    Counted,

    /// <summary>It counts, and the approval is decided.</summary>
    Decided,

    /// <summary>The person has decided before.</summary>
    Repeated,

    /// <summary>It is decided already, or has expired or become void.</summary>
    Late,

    /// <summary>The person was shown something else.</summary>
    Stale,
}
