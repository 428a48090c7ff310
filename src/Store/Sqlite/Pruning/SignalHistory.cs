using Aios.Store.Pruning;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Pruning;

/// <summary>
/// Signals by age. Those for one flow go with that flow; here go those for all flows, once each open flow has started
/// after them, and those for a flow that there is not.
/// </summary>
internal sealed class SignalHistory(Statements sql, PruneRefusals refusals)
{
    private const int RowsAtOnce = 100;
    private const string Table = "signals";

    /// <summary>Removes what is due above the place, as far as the budget goes.</summary>
    public PruneCursor Prune(PruneCursor place, PruneCutoffs cutoffs, PruneBudget budget)
    {
        if (cutoffs.Before is not { } before)
            return new PruneCursor(PruneStage.Calls);
        while (!budget.IsSpent)
        {
            var found = sql.Query(
                """
                SELECT id FROM signals INDEXED BY signals_by_age WHERE created < ?2 AND id > ?1 AND CASE WHEN flow_id IS NULL
                    THEN NOT EXISTS (SELECT 1 FROM flows INDEXED BY flows_open WHERE ended IS NULL AND started <= signals.created)
                    ELSE NOT EXISTS (SELECT 1 FROM flows WHERE id = signals.flow_id) END
                ORDER BY id LIMIT ?3
                """,
                row => row.GetInt64(0),
                place.AfterId,
                UnixTime.Of(before),
                Math.Min(RowsAtOnce, budget.Rows)
            );
            foreach (var id in found)
            {
                if (!refusals.Knows(Table, id))
                    refusals.Remove(Table, id, budget, () => Remove(id, budget));
                place = place with { AfterId = id };
            }

            if (found.Count == 0)
                return new PruneCursor(PruneStage.Calls);
        }

        return place;
    }

    private bool Remove(long id, PruneBudget budget)
    {
        budget.Take(sql.Execute("DELETE FROM signals WHERE id = ?1", id));
        return true;
    }
}
