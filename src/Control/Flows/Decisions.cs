using System.Text.Json;
using Aios.Control.Confirm;
using Aios.Jobs;
using Aios.Scheduling;
using Aios.Store;
using Aios.Store.Audit;
using Aios.Store.Flows;

namespace Aios.Control.Flows;

/// <summary>What people decide, within one transaction with the audit.</summary>
internal static class Decisions
{
    /// <summary>Approves or rejects, if the person may and was shown what is asked now; null if the decision counts.</summary>
    /// <param name="queue">The transaction.</param>
    /// <param name="id">The approval.</param>
    /// <param name="digest">Of what the person was shown.</param>
    /// <param name="approves">Whether they approve.</param>
    /// <param name="fields">What they entered, as JSON by name.</param>
    /// <param name="comment">What they say about it.</param>
    /// <param name="who">The person.</param>
    /// <param name="now">UTC.</param>
    public static Refusal? Decide(
        this IStoreTransaction queue,
        long id,
        string digest,
        bool approves,
        IReadOnlyDictionary<string, JsonElement> fields,
        string? comment,
        Decider who,
        DateTimeOffset now
    )
    {
        if (queue.Approvals.Find(id) is not { } approval)
            return Missing(id);
        if (!who.IsAmong(approval.ByJson))
            return new Refusal(
                RefusalKind.Forbidden,
                $"Approval {id} can be decided by {Decider.InWords(approval.ByJson)}; {who.By.Name} is none of them."
            );
        if (MayNot(approval, who) is { } words)
            return new Refusal(RefusalKind.Forbidden, words);
        var problem = (string?)null;
        var entered =
            approves && approval.Status == ApprovalStatus.Waiting ? ApprovalInput.Check(approval.FieldsJson, fields, out problem) : "{}";
        if (problem is not null)
            return new Refusal(RefusalKind.Invalid, problem);
        var decision = new Decision(who.By.Name, approves, now)
        {
            Origin = who.By.Origin,
            Comment = comment,
            FieldsJson = entered,
        };
        if (RefusalOf(queue.Approvals.Decide(id, digest, decision), approval, now) is { } refusal)
            return refusal;
        Record(queue, approval, decision, now);
        return null;
    }

    /// <summary>There is no such approval.</summary>
    public static Refusal Missing(long id) =>
        new(RefusalKind.Unknown, $"There is no approval {id}. `aios approvals` lists those that wait.");

    // The person who asks for an operation cannot be the other person who confirms it.
    private static string? MayNot(ApprovalRecord approval, Decider who) =>
        approval.Kind == ApprovalKinds.Confirmation
            ? $"Approval {approval.Id} is confirmed by {approval.AskedBy} alone, who repeats the request; nobody else decides it."
        : approval.AskedBy is { } asker && Person.IsSame(asker, who.By.Name)
            ? $"Approval {approval.Id} was asked by {asker}, so another person must decide it: an API key or another user of this machine."
        : null;

    private static Refusal? RefusalOf(DecisionOutcome outcome, ApprovalRecord approval, DateTimeOffset now) =>
        outcome switch
        {
            DecisionOutcome.Late => new Refusal(RefusalKind.Conflict, WhyLate(approval, now)),
            DecisionOutcome.Stale => new Refusal(
                RefusalKind.Conflict,
                $"What approval {approval.Id} shows has changed since you saw it: its digest is another one. Look at it, then decide."
            ),
            DecisionOutcome.Repeated => new Refusal(
                RefusalKind.Conflict,
                $"You have decided approval {approval.Id} already; {approval.Need} different people must approve."
            ),
            _ => null,
        };

    private static string WhyLate(ApprovalRecord approval, DateTimeOffset now) =>
        approval.Status switch
        {
            ApprovalStatus.Waiting when approval.Expires <= now =>
                $"Approval {approval.Id} has expired at {TimeWords.Of(approval.Expires!.Value)}.",
            ApprovalStatus.Void =>
                $"Approval {approval.Id} is void ({approval.Reason ?? "what it asked for is over"}); it may have been asked anew. "
                    + "`aios approvals` lists those that wait.",
            ApprovalStatus.Expired => $"Approval {approval.Id} has expired: {approval.Reason}.",
            _ => $"Approval {approval.Id} is decided already: {approval.Reason}.",
        };

    private static void Record(IStoreTransaction queue, ApprovalRecord before, Decision decision, DateTimeOffset now)
    {
        var after = queue.Approvals.Find(before.Id)!;
        queue.Audit.Append(
            new AuditEntry(
                now,
                new Actor(decision.Actor, decision.Origin),
                decision.Approves ? AuditActions.ApprovalApprove : AuditActions.ApprovalReject
            )
            {
                JobName = before.JobName,
                Subject =
                    $"approval {before.Id}{(before.FlowId is { } flow ? $" of flow {flow}" : "")}"
                    + (before.Operation is { } operation ? $" of {operation}" : ""),
                BeforeJson = Status(before.Status, null, null),
                AfterJson = Status(after.Status, before.Digest, decision.Comment),
            }
        );
    }

    private static string Status(ApprovalStatus status, string? digest, string? comment) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", FlowForms.Name(status));
            if (digest is not null)
                json.WriteString("digest", digest);
            if (comment is not null)
                json.WriteString("comment", AuditValue.Cut(comment));
            json.WriteEndObject();
        });
}
