using System.Globalization;
using Aios.Models.Calls;
using Aios.Models.Configuration;

namespace Aios.Models.Money;

/// <summary>A budget that a call draws on, and for what.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Key">The period and the thing that it limits; each has the limit by itself.</param>
internal sealed record BudgetClaim(Budget Budget, string Key)
{
    /// <summary>The period and the thing, for people: "job research, 2026-12".</summary>
    public string Words { get; init; } = Key.Trim();

    /// <summary>When the period is over, UTC; null if that of a run or a flow is.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The job that calls; null if no job does.</summary>
    public string? JobName { get; init; }

    /// <summary>Whether no other job's calls draw on it.</summary>
    public bool IsOfJob => Budget.Of.Kind == "job" || Budget.Per is BudgetPeriod.Run or BudgetPeriod.Flow;

    /// <summary>All budgets that apply to a call.</summary>
    /// <param name="settings">Has the budgets.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="route">What is asked for.</param>
    /// <param name="provider">Who would answer.</param>
    /// <param name="now">UTC.</param>
    public static IReadOnlyList<BudgetClaim> Of(ModelSettings settings, Caller caller, string route, string provider, DateTimeOffset now)
    {
        if (settings.Budgets.IsEmpty)
            return [];
        return
        [
            .. from budget in settings.Budgets.Values
            let period = PeriodOf(budget.Per!.Value, caller, now)
            where period is not null
            from thing in ThingsOf(budget.Of, caller, route, provider)
            select new BudgetClaim(budget, $"{period} {thing}")
            {
                Words = thing.Length == 0 ? period : $"{thing}, {period}",
                Until = EndOf(budget.Per!.Value, now.UtcDateTime),
                JobName = caller.JobOfBudget,
            },
        ];
    }

    /// <summary>What the keys of the current period begin with; null if each call has the limit by itself.</summary>
    public static string? PrefixOf(BudgetPeriod period, DateTimeOffset now) =>
        period switch
        {
            BudgetPeriod.Run => "run ",
            BudgetPeriod.Flow => "flow ",
            BudgetPeriod.Call => null,
            _ => $"{PeriodOf(period, new Caller(), now)} ",
        };

    /// <summary>For people: "all (20.00 per 1mo)".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"\"{Budget.Name}\" ({Budget.Limit:0.00##} USD, {Key.Trim()})");

    private static string? PeriodOf(BudgetPeriod period, Caller caller, DateTimeOffset now) =>
        period switch
        {
            BudgetPeriod.Hour => Text(now, "yyyy-MM-dd'T'HH"),
            BudgetPeriod.Day => Text(now, "yyyy-MM-dd"),
            BudgetPeriod.Month => Text(now, "yyyy-MM"),
            BudgetPeriod.Run => caller.RunId is { } run ? string.Create(CultureInfo.InvariantCulture, $"run {run}") : null,
            BudgetPeriod.Flow => caller.FlowId is { } flow ? string.Create(CultureInfo.InvariantCulture, $"flow {flow}") : null,
            _ => "call",
        };

    private static DateTimeOffset? EndOf(BudgetPeriod period, DateTime now) =>
        period switch
        {
            BudgetPeriod.Hour => Utc(now.Date.AddHours(now.Hour + 1)),
            BudgetPeriod.Day => Utc(now.Date.AddDays(1)),
            BudgetPeriod.Month => Utc(new DateTime(now.Year, now.Month, 1).AddMonths(1)),
            _ => null,
        };

    private static DateTimeOffset Utc(DateTime time) => new(time, TimeSpan.Zero);

    private static string Text(DateTimeOffset now, string format) => now.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    private static IEnumerable<string> ThingsOf(BudgetScope scope, Caller caller, string route, string provider)
    {
        IEnumerable<string?> things = scope.Kind switch
        {
            "job" => (IEnumerable<string?>)[caller.JobOfBudget],
            "tag" => caller.Tags,
            "key" => [caller.Name],
            "route" => [route],
            "provider" => [provider],
            _ => [""],
        };
        return things
            .OfType<string>()
            .Where(thing => scope.Only is null || thing == scope.Only)
            .Select(thing => thing.Length == 0 ? "" : $"{scope.Kind} {thing}");
    }
}
