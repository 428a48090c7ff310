namespace Aios.Store.Flows;

/// <summary>
/// Questions to people. Of several decisions, also of a person and of the time, the first counts: each change is a compare and
/// set of the status.
/// </summary>
internal interface IApprovals
{
    /// <summary>Asks; the answer is its number.</summary>
    long Ask(ApprovalRecord approval);

    /// <summary>One, or null.</summary>
    ApprovalRecord? Find(long id);

    /// <summary>The latest of a step, or null.</summary>
    ApprovalRecord? Latest(long flowId, string step);

    /// <summary>The latest about an operation by who asked for it; null if there is none.</summary>
    /// <param name="kind">One of <see cref="ApprovalKinds"/>.</param>
    /// <param name="digest">Of what the operation does.</param>
    /// <param name="askedBy">Who asked.</param>
    ApprovalRecord? LatestOf(string kind, string digest, string askedBy);

    /// <summary>Takes up the confirmation of an operation; false if it does not count, or not any more. It counts once.</summary>
    /// <param name="id">The approval.</param>
    /// <param name="digest">Of what the operation does now.</param>
    /// <param name="now">UTC.</param>
    bool Use(long id, string digest, DateTimeOffset now);

    /// <summary>Those of a flow that wait.</summary>
    IReadOnlyList<ApprovalRecord> WaitingOf(long flowId);

    /// <summary>Writes down what a person decided, if it still can be.</summary>
    /// <param name="id">The approval.</param>
    /// <param name="digest">What the person was shown.</param>
    /// <param name="decision">What they decided.</param>
    DecisionOutcome Decide(long id, string digest, Decision decision);

    /// <summary>Ends one that waits; false if it does not wait any more.</summary>
    bool End(long id, ApprovalStatus status, string reason, DateTimeOffset now, string? resultJson = null);

    /// <summary>Takes back one that was decided, for what was shown is not true any more.</summary>
    void Withdraw(long id, string reason);

    /// <summary>Asks others, until a later time; false if it does not wait any more.</summary>
    bool Escalate(long id, string byJson, DateTimeOffset expires, string reason);

    /// <summary>Those that wait and whose time is over, the first first.</summary>
    IReadOnlyList<ApprovalRecord> Overdue(DateTimeOffset now, int limit);

    /// <summary>What people decided so far.</summary>
    IReadOnlyList<Decision> Decisions(long id);
}
