using Aios.Models.Configuration;
using Aios.Store.Models;

namespace Aios.Models.Money;

/// <summary>How much of a budget is used in the current period.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Keys">Each thing that has its limit by itself and has used some of it, the latest first.</param>
internal sealed record BudgetStatus(Budget Budget, IReadOnlyList<BudgetKeyStatus> Keys)
{
    private const int MostKeys = 100;

    /// <summary>All budgets, in the order of their names.</summary>
    public static IReadOnlyList<BudgetStatus> Of(ModelSettings settings, ICallReader calls, DateTimeOffset now) =>
        [.. settings.Budgets.Values.Select(budget => new BudgetStatus(budget, KeysOf(budget, calls, now)))];

    private static List<BudgetKeyStatus> KeysOf(Budget budget, ICallReader calls, DateTimeOffset now)
    {
        if (BudgetClaim.PrefixOf(budget.Per!.Value, now) is not { } prefix)
            return [];
        var used = calls
            .BudgetUses(budget.Name, prefix, MostKeys)
            .Select(use => BudgetKeyStatus.Of(budget, use))
            .Where(key => budget.Of.Has(key.Thing))
            .ToList();
        // What all share is there before anything of it is used.
        var isShared = budget.Of == BudgetScope.All && budget.Per is BudgetPeriod.Hour or BudgetPeriod.Day or BudgetPeriod.Month;
        return used.Count == 0 && isShared ? [BudgetKeyStatus.Of(budget, new BudgetUse(budget.Name, prefix, 0, now))] : used;
    }
}

/// <summary>How much of a budget one thing has used.</summary>
/// <param name="Period">Such as <c>2026-03</c> or <c>run 7</c>.</param>
/// <param name="Thing">Such as <c>job report</c>; empty if the limit is of all calls together.</param>
/// <param name="Used">What the budget has given out for it, US dollars.</param>
/// <param name="Left">What it can still give out.</param>
/// <param name="Allowed">What people have allowed beyond the limit.</param>
internal sealed record BudgetKeyStatus(string Period, string Thing, decimal Used, decimal Left, decimal Allowed)
{
    /// <summary>The part of what is used that calls count whose answers were lost, US dollars.</summary>
    public decimal Unknown { get; init; }

    /// <summary>The part that running daemons hold for calls to come.</summary>
    public decimal Held { get; init; }

    /// <summary>The part that daemons held which were killed.</summary>
    public decimal Lost { get; init; }

    /// <summary>What calls have cost, as far as it is known.</summary>
    public decimal Spent => Used - Unknown - Held - Lost;

    /// <summary>For people: "2026-03 job report".</summary>
    public string Words => Thing.Length == 0 ? Period : $"{Period} {Thing}";

    /// <summary>That of a key of the database.</summary>
    public static BudgetKeyStatus Of(Budget budget, BudgetUse use)
    {
        var key = use.Key;
        // "2026-03 job report", "run 7 job report": the period of a run has its number behind it.
        var isNumbered = budget.Per is BudgetPeriod.Run or BudgetPeriod.Flow;
        var end = key.IndexOf(' ', isNumbered ? key.IndexOf(' ', StringComparison.Ordinal) + 1 : 0);
        var (period, thing) = end < 0 ? (key, "") : (key[..end], key[(end + 1)..]);
        var left = Math.Max(0, budget.Limit!.Value + use.Allowed - use.Amount);
        return new BudgetKeyStatus(period, thing, use.Amount, left, use.Allowed)
        {
            Unknown = use.Unknown,
            Held = use.Held,
            Lost = use.Lost,
        };
    }
}
