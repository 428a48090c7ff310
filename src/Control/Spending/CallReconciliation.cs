using System.Globalization;
using System.Text.Json;
using Aios.Control.Flows;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Audit;
using Aios.Store.Models;

namespace Aios.Control.Spending;

/// <summary>
/// Enters what calls cost by the provider's own account, within one transaction with the audit. Budgets follow; a running
/// daemon notices by the commit.
/// </summary>
internal static class CallReconciliation
{
    private const decimal Nano = 1_000_000_000;

    // An entry of the audit stays short; the command line lists all.
    private const int MostNamed = 100;

    // Nothing that is sent in one request costs that much: it is a typing error, or another unit.
    private const decimal HighestCost = 1_000_000;

    /// <summary>A cost as the ledger has it, to a billionth of a dollar; null if it is negative or above the limit.</summary>
    public static long? AmountOf(decimal cost) =>
        cost switch
        {
            < 0 or > HighestCost => null,
            0 => 0,
            // What costs anything does not cost nothing.
            _ => Math.Max(1, (long)Math.Round(cost * Nano, MidpointRounding.AwayFromZero)),
        };

    /// <summary>Whether an attempt has this cost, and nothing about it is open.</summary>
    public static bool IsSettledAt(this CallRecord call, long amount) =>
        AmountOf(call.Cost) == amount && (call.Outcome != CallOutcome.Unknown || call.Reconciled is not null);

    /// <summary>Enters what an attempt cost. What is entered already stays as it is.</summary>
    /// <param name="queue">The transaction.</param>
    /// <param name="id">The number of the call, or of one of its attempts.</param>
    /// <param name="attempt">Which attempt; null for the only one that can be meant.</param>
    /// <param name="cost">US dollars.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">UTC.</param>
    /// <param name="isDry">Whether nothing is to be done.</param>
    /// <returns>The attempt as it was, and its cost now in nanodollars; or why nothing was done.</returns>
    public static (Refusal? Refused, CallRecord? Before, long Amount) ReconcileCall(
        this IStoreTransaction queue,
        long id,
        int? attempt,
        decimal cost,
        Actor by,
        DateTimeOffset now,
        bool isDry = false
    )
    {
        if (AmountOf(cost) is not { } amount)
            return (InvalidCost(cost), null, 0);
        var attempts = queue.Calls.Attempts(id);
        var (refusal, call) = attempt is { } number ? Named(id, number, attempts) : Meant(id, attempts);
        if (call is null)
            return (refusal, null, 0);
        if (!isDry && !IsEntered(call, amount))
            Enter(queue, call, amount, by, now);
        return (null, call, amount);
    }

    /// <summary>Gives back to the budgets what daemons held that were killed.</summary>
    /// <returns>What was given back.</returns>
    public static IReadOnlyList<LostAmount> GiveBackLost(this IStoreTransaction queue, Actor by, DateTimeOffset now)
    {
        var lost = queue.Calls.LostAmounts();
        if (lost.Count == 0)
            return lost;
        queue.Calls.GiveBackLost(now);
        queue.Audit.Append(
            new AuditEntry(now, by, AuditActions.BudgetReconcile)
            {
                Subject = string.Create(CultureInfo.InvariantCulture, $"{lost.Count} lost {(lost.Count == 1 ? "amount" : "amounts")}"),
                AfterJson = JsonText.Write(json => WriteGivenBack(json, lost)),
            }
        );
        return lost;
    }

    /// <summary>Writes what was held by a daemon that was killed, US dollars.</summary>
    public static void WriteLost(this Utf8JsonWriter json, LostAmount lost)
    {
        json.WriteStartObject();
        json.WriteString("budget", lost.Budget);
        json.WriteString("for", lost.Key.Trim());
        json.WriteNumber("amount", Nanodollars.ToDollars(lost.Amount));
        json.WriteEndObject();
    }

    private static void WriteGivenBack(Utf8JsonWriter json, IReadOnlyList<LostAmount> lost)
    {
        json.WriteStartObject();
        json.WriteStartArray("given_back");
        foreach (var amount in lost.Take(MostNamed))
            json.WriteLost(amount);
        json.WriteEndArray();
        if (lost.Count > MostNamed)
            json.WriteNumber("more", lost.Count - MostNamed);
        json.WriteEndObject();
    }

    private static void Enter(IStoreTransaction queue, CallRecord call, long amount, Actor by, DateTimeOffset now)
    {
        queue.Calls.Reconcile(call.Id, amount, by.Name, now);
        queue.Audit.Append(
            new AuditEntry(now, by, AuditActions.CallReconcile)
            {
                JobName = call.JobName,
                Subject = string.Create(CultureInfo.InvariantCulture, $"call {call.Call}, attempt {call.Attempt}"),
                BeforeJson = CostJson(call.Cost),
                AfterJson = CostJson(Nanodollars.ToDollars(amount)),
            }
        );
    }

    private static bool IsEntered(CallRecord call, long amount) => call.Reconciled is not null && AmountOf(call.Cost) == amount;

    private static (Refusal?, CallRecord?) Named(long id, int number, IReadOnlyList<CallRecord> attempts) =>
        attempts.FirstOrDefault(call => call.Attempt == number && call.Outcome != CallOutcome.Refused) is { } call
            ? (null, call)
            : (Missing($"Call {id} has no attempt {number} that was sent.", id), null);

    private static (Refusal?, CallRecord?) Meant(long id, IReadOnlyList<CallRecord> attempts)
    {
        if (attempts.Count == 0)
            return (Missing($"There is no call {id}.", null), null);
        var sent = attempts.Where(call => call.Outcome != CallOutcome.Refused).ToList();
        if (sent.Count == 0)
            return (new Refusal(RefusalKind.Conflict, $"Nothing of call {id} was sent, so it cost nothing."), null);
        var unknown = sent.Where(call => call.Outcome == CallOutcome.Unknown).ToList();
        if (unknown is [var lost])
            return (null, lost);
        if (unknown.Count == 0 && sent is [var only])
            return (null, only);
        var numbers = string.Join(
            ", ",
            (unknown.Count > 0 ? unknown : sent).Select(call => $"{call.Attempt} ({call.Model}, {call.Outcome.Name()})")
        );
        return (new Refusal(RefusalKind.Conflict, $"Call {id} has several attempts that may be meant: {numbers}. Name the attempt."), null);
    }

    private static Refusal InvalidCost(decimal cost) =>
        new(
            RefusalKind.Invalid,
            string.Create(CultureInfo.InvariantCulture, $"cost: found {cost}, expected US dollars from 0 to {HighestCost}, such as 0.0123.")
        );

    private static Refusal Missing(string words, long? id) =>
        new(
            RefusalKind.Unknown,
            $"{words} {(id is null ? "`aios calls` lists those there are." : $"`aios why call {id}` shows its attempts.")}"
        );

    private static string CostJson(decimal cost) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("cost", cost);
            json.WriteEndObject();
        });
}
