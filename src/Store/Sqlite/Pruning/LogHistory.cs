using Aios.Store.Pruning;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Pruning;

/// <summary>Log lines by themselves: the daemon's own, those of long runs, and those whose run is gone.</summary>
internal sealed class LogHistory(Statements sql, AdoptedHistory adopted, PruneRefusals refusals)
{
    /// <summary>Of a run that goes on, so many of its newest lines are kept whatever their age.</summary>
    public const int KeptOfLivingRun = 10_000;

    private const int RowsAtOnce = 200;

    /// <summary>Removed lines so far.</summary>
    public long LinesRemoved { get; private set; }

    /// <summary>Removes what is due above the place, as far as the budget goes.</summary>
    public PruneCursor Prune(PruneCursor place, PruneCutoffs cutoffs, PruneBudget budget)
    {
        var surplusUpTo = cutoffs.LogLines is { } most ? sql.Scalar<long>("SELECT max(id) FROM logs") - most : long.MinValue;
        var before = cutoffs.Before is { } instant ? UnixTime.Of(instant) : double.NegativeInfinity;
        while (!budget.IsSpent)
        {
            var rows = sql.Query(
                "SELECT id, timestamp, run_id FROM logs WHERE id > ?1 ORDER BY id LIMIT ?2",
                row =>
                    (
                        Row: new HistoryRow(row.GetInt64(0), adopted.OfLine(row.GetInt64(0), row.GetDouble(1))),
                        RunId: row.IsDBNull(2) ? (long?)null : row.GetInt64(2)
                    ),
                place.AfterId,
                Math.Min(RowsAtOnce, budget.Rows)
            );
            var anyDue = false;
            foreach (var (row, runId) in rows)
            {
                var isDue = row.Id <= surplusUpTo || row.Ended < before;
                anyDue |= isDue;
                if (isDue)
                    place = RemoveUnlessKept(row.Id, runId, place, budget);
                place = place with { AfterId = row.Id };
            }

            if (!anyDue)
                return new PruneCursor(PruneStage.Signals);
        }

        return place;
    }

    private PruneCursor RemoveUnlessKept(long id, long? runId, PruneCursor place, PruneBudget budget)
    {
        if (runId is { } run)
        {
            if (!place.KeptFrom.TryGetValue(run, out var keptFrom) && IsLiving(run))
                place = place with { KeptFrom = place.KeptFrom.Add(run, keptFrom = FirstKept(run)) };
            if (keptFrom != 0 && id >= keptFrom)
                return place;
        }

        if (!refusals.Knows("logs", id))
            refusals.Remove("logs", id, budget, () => Remove(id, budget));
        return place;
    }

    private bool Remove(long id, PruneBudget budget)
    {
        var removed = sql.Execute("DELETE FROM logs WHERE id = ?1", id);
        LinesRemoved += removed;
        budget.Take(removed);
        return true;
    }

    private bool IsLiving(long runId) => sql.Scalar<long>("SELECT count(*) FROM runs WHERE id = ?1 AND status = 'running'", runId) > 0;

    private long FirstKept(long runId) =>
        Math.Max(
            1,
            sql.Scalar<long>(
                "SELECT id FROM logs INDEXED BY logs_by_run WHERE run_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2",
                runId,
                KeptOfLivingRun - 1
            )
        );
}
