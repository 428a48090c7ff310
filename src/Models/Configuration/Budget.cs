using System.Collections.Immutable;

namespace Aios.Models.Configuration;

/// <summary>The most that calls can cost.</summary>
internal sealed record Budget
{
    /// <summary>Before anything of it is read.</summary>
    public static readonly Budget Blank = new();

    /// <summary>In models.yaml.</summary>
    public string Name { get; init; } = "";

    /// <summary>US dollars; null only while it is read.</summary>
    public decimal? Limit { get; init; }

    /// <summary>For how long; null only while it is read.</summary>
    public BudgetPeriod? Per { get; init; }

    /// <summary>Of what.</summary>
    public BudgetScope Of { get; init; } = BudgetScope.All;

    /// <summary>What happens to a call for which there is no room.</summary>
    public ExcessAction OnExcess { get; init; }
}

/// <summary>For how long a budget's limit is.</summary>
internal enum BudgetPeriod
{
    /// <summary>An hour of UTC.</summary>
    Hour,

    /// <summary>A day of UTC.</summary>
    Day,

    /// <summary>A month of UTC.</summary>
    Month,

    /// <summary>Each run.</summary>
    Run,

    /// <summary>Each flow.</summary>
    Flow,

    /// <summary>Each call.</summary>
    Call,
}

/// <summary>What happens to a call for which a budget has no room.</summary>
internal enum ExcessAction
{
    /// <summary>It is refused.</summary>
    Reject,

    /// <summary>A cheaper model is called if one fits.</summary>
    Downgrade,

    /// <summary>It is refused, and people are asked whether calls may cost more.</summary>
    Ask,
}

/// <summary>What a budget limits.</summary>
/// <param name="Kind">The kind of thing, each of which has the limit by itself.</param>
/// <param name="Only">The one thing that has it; null for each.</param>
internal sealed record BudgetScope(string Kind, string? Only)
{
    /// <summary>All calls together.</summary>
    public static readonly BudgetScope All = new("all", null);

    /// <summary>The kinds.</summary>
    public static readonly ImmutableArray<string> Kinds = ["all", "job", "tag", "key", "route", "provider"];

    /// <summary>Whether a key of the budget for such a thing is one of this scope: "job report", or nothing for all.</summary>
    public bool Has(string thing) =>
        this == All ? thing.Length == 0
        : Only is null ? thing.StartsWith($"{Kind} ", StringComparison.Ordinal)
        : thing == $"{Kind} {Only}";

    /// <summary>As the file has it.</summary>
    public override string ToString() => Only is null ? Kind : $"{Kind}:{Only}";
}
