using System.Globalization;
using System.Text.Json;
using Aios.Control.Flows;
using Aios.Jobs;
using Aios.Scheduling;
using Aios.Store;
using Aios.Store.Audit;
using Aios.Store.Flows;

namespace Aios.Control.Confirm;

/// <summary>
/// Operations of AIOS itself are confirmed in the table of approvals, each once, within the transaction in which the operation is
/// done. All of it is in the audit.
/// </summary>
internal static class Confirmations
{
    private const string Approver = """["approver"]""";

    /// <summary>Asks that an operation be confirmed; what was asked before and still counts is not asked twice.</summary>
    /// <param name="queue">The transaction.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="rule">Who confirms it.</param>
    /// <param name="by">Who asks to do it.</param>
    /// <param name="now">UTC.</param>
    public static ApprovalRecord AskToConfirm(
        this IStoreTransaction queue,
        RiskyOperation operation,
        ConfirmRule rule,
        Actor by,
        DateTimeOffset now
    )
    {
        var kind = rule.By == ConfirmBy.Other ? ApprovalKinds.Operation : ApprovalKinds.Confirmation;
        if (queue.Approvals.LatestOf(kind, operation.Digest, by.Name) is { } former && StillCounts(former, now))
            return former;
        var asked = new ApprovalRecord(0, kind, operation.Question, operation.ShownJson, operation.Digest)
        {
            Operation = operation.Kind,
            AskedBy = by.Name,
            ByJson = rule.By == ConfirmBy.Other ? Approver : "[]",
            Created = now,
            Expires = now + rule.Expires,
        };
        var id = queue.Approvals.Ask(asked);
        queue.Audit.Append(Entry(AuditActions.ConfirmAsk, operation, by, now, json =>
            {
                json.WriteNumber("approval", id);
                json.WriteString("by", rule.By == ConfirmBy.Other ? "other" : "self");
            }));
        return asked with { Id = id };
    }

    /// <summary>Takes up a confirmation, which counts once; null if the operation may be done, in this transaction.</summary>
    public static Refusal? UseConfirmation(
        this IStoreTransaction queue,
        RiskyOperation operation,
        Confirmed confirmed,
        Actor by,
        DateTimeOffset now
    )
    {
        if (confirmed.Approval is { } id && WhyNot(queue, operation, id, by, now) is { } why)
            return queue.RefuseConfirmation(operation, why, by, now);
        queue.Audit.Append(Entry(AuditActions.ConfirmUse, operation, by, now, json => json.WriteString("confirmed", confirmed.How)));
        return null;
    }

    /// <summary>The same; null also for what nobody has to confirm.</summary>
    public static Refusal? UseConfirmation(
        this IStoreTransaction queue,
        (RiskyOperation Operation, Confirmed How)? confirmed,
        Actor by,
        DateTimeOffset now
    ) => confirmed is { } given ? queue.UseConfirmation(given.Operation, given.How, by, now) : null;

    /// <summary>The same for who confirms it by asking again with the digest of what it does.</summary>
    public static Refusal? UseRepetition(
        this IStoreTransaction queue,
        RiskyOperation operation,
        string digest,
        Actor by,
        DateTimeOffset now
    )
    {
        if (!string.Equals(digest, operation.Digest, StringComparison.OrdinalIgnoreCase))
            return queue.RefuseConfirmation(
                operation,
                "what it does has changed since that was shown, or another operation was shown",
                by,
                now
            );
        if (queue.Approvals.LatestOf(ApprovalKinds.Confirmation, operation.Digest, by.Name) is not { } asked)
            return queue.RefuseConfirmation(operation, "nobody was shown it before; send the request without the header first", by, now);
        if (asked.Status == ApprovalStatus.Waiting && asked.Expires > now)
            queue.Approvals.End(asked.Id, ApprovalStatus.Approved, $"confirmed by {by.Name}", now);
        if (WhyNot(queue, operation, asked.Id, by, now) is { } why)
            return queue.RefuseConfirmation(operation, why, by, now);
        queue.Audit.Append(
            Entry(AuditActions.ConfirmUse, operation, by, now, json => json.WriteString("confirmed", Confirmed.Repeated.How))
        );
        return null;
    }

    /// <summary>Records that an operation was not done, for it was not confirmed.</summary>
    public static Refusal RefuseConfirmation(
        this IStoreTransaction queue,
        RiskyOperation operation,
        string why,
        Actor by,
        DateTimeOffset now
    )
    {
        queue.Audit.Append(Entry(AuditActions.ConfirmRefuse, operation, by, now, json => json.WriteString("reason", AuditValue.Cut(why))));
        return new Refusal(RefusalKind.Conflict, $"{operation.Question} It was not done: {why}.");
    }

    /// <summary>How an operation was confirmed, for what else the audit says of it.</summary>
    public static string Json(RiskyOperation operation, Confirmed confirmed) =>
        After(operation, json => json.WriteString("confirmed", confirmed.How));

    private static bool StillCounts(ApprovalRecord asked, DateTimeOffset now) =>
        asked.Status == ApprovalStatus.Waiting
            ? asked.Expires > now
            : asked.Status == ApprovalStatus.Approved && asked.Used is null && asked.UsableUntil >= now;

    // In words, with what there is to do; null if it counts, and then it is used.
    private static string? WhyNot(IStoreTransaction queue, RiskyOperation operation, long id, Actor by, DateTimeOffset now)
    {
        if (queue.Approvals.Find(id) is not { Operation: { } kind, AskedBy: { } asker } given)
            return string.Create(CultureInfo.InvariantCulture, $"approval {id} is not there, or is about a flow");
        var name = string.Create(CultureInfo.InvariantCulture, $"approval {id}");
        if (!Person.IsSame(asker, by.Name))
            return $"{name} was asked by {asker}, who alone can use it";
        if (kind != operation.Kind)
            return $"{name} is about another operation ({kind})";
        if (given.Digest != operation.Digest)
            return $"what it does has changed since {name} was asked; ask anew";
        if (given.Status != ApprovalStatus.Approved)
            return given.Status == ApprovalStatus.Waiting && given.Expires <= now
                ? $"{name} has expired at {TimeWords.Of(given.Expires.Value)}; ask anew"
                : $"{name} is {FlowForms.Name(given.Status)}{(given.Reason is { } reason ? $" ({reason})" : "")}{Advice(given)}";
        if (given.Used is { } used)
            return $"{name} was used at {TimeWords.Of(used)}, and counts once";
        return queue.Approvals.Use(id, operation.Digest, now)
            ? null
            : $"{name} could be used until {TimeWords.Of(given.UsableUntil ?? now)}; ask anew";
    }

    private static string Advice(ApprovalRecord given) =>
        given.Status == ApprovalStatus.Waiting ? "; another person must approve it first" : "";

    private static AuditEntry Entry(
        string action,
        RiskyOperation operation,
        Actor by,
        DateTimeOffset now,
        Action<Utf8JsonWriter> members
    ) => new(now, by, action) { Subject = $"{operation.Kind} {AuditValue.Cut(operation.Name)}", AfterJson = After(operation, members) };

    private static string After(RiskyOperation operation, Action<Utf8JsonWriter> members) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            members(json);
            json.WriteString("digest", operation.Digest);
            json.WriteEndObject();
        });
}
