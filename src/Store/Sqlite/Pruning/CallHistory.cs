using Aios.Store.Pruning;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Pruning;

/// <summary>Calls to language models by age; and what budgets gave out for periods, runs and flows that nobody counts any more.</summary>
internal sealed class CallHistory(Statements sql)
{
    private const int RowsAtOnce = 200;

    // The longest period of a budget is a month, and a run or a flow may take longer.
    private static readonly TimeSpan UseKept = TimeSpan.FromDays(400);

    /// <summary>Removes what is due, as far as the budget goes.</summary>
    public PruneCursor Prune(PruneCursor place, PruneCutoffs cutoffs, PruneBudget budget)
    {
        if (cutoffs.Before is not { } before)
            return new PruneCursor(PruneStage.Space);
        while (!budget.IsSpent)
        {
            var removed = sql.Execute(
                "DELETE FROM calls WHERE id IN (SELECT id FROM calls INDEXED BY calls_by_age WHERE created < ?1 LIMIT ?2)",
                UnixTime.Of(before),
                Math.Min(RowsAtOnce, budget.Rows)
            );
            budget.Take(removed);
            if (removed > 0)
                continue;
            budget.Take(sql.Execute("DELETE FROM budget_use WHERE updated < ?1", UnixTime.Of(before - UseKept)));
            budget.Take(sql.Execute("DELETE FROM budget_slabs WHERE updated < ?1", UnixTime.Of(before - UseKept)));
            return new PruneCursor(PruneStage.Space);
        }

        return place;
    }
}
