using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Pruning;

/// <summary>Triggers that are closed, those without a dedup key (group 0) apart from those with one (group 1).</summary>
internal sealed class TriggerHistory(Statements sql, RunHistory runs, AdoptedHistory adopted) : IPrunableRows
{
    private const int RunsAtOnce = 50;

    private readonly FlowHistory _flows = new(sql);

    // People write odd things into a column of times; what cannot be judged by its age is judged by number.
    private const string Closed = """
        CASE WHEN typeof(processed) IN ('real', 'integer') THEN CAST(processed AS REAL)
             WHEN typeof(created) IN ('real', 'integer') THEN CAST(created AS REAL)
             ELSE 9e99 END
        """;

    /// <summary>Removed triggers so far.</summary>
    public long TriggersRemoved { get; private set; }

    /// <inheritdoc />
    public string Table => "triggers";

    /// <inheritdoc />
    public int Groups => 2;

    /// <inheritdoc />
    public object? JobAfter(object? job) =>
        FlowHistory.WithoutSteps(job is null ? Next("job_name IS NOT NULL", "") : Next("job_name > ?1", job), name =>
            Next("job_name >= ?1", name)
        );

    private object? Next(string where, object from) =>
        sql.Query(
                $"SELECT job_name FROM triggers INDEXED BY triggers_closed WHERE processed IS NOT NULL AND {where} AND ?1 IS NOT NULL "
                    + "ORDER BY job_name LIMIT 1",
                row => row.GetValue(0),
                from
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public long? Below(object job, int group, long below, long skip) =>
        sql.Query(
                """
                SELECT id FROM triggers INDEXED BY triggers_closed
                WHERE processed IS NOT NULL AND job_name = ?1 AND (dedup_key IS NOT NULL) = ?2 AND id < ?3
                    ORDER BY id DESC LIMIT 1 OFFSET ?4
                """,
                row => (long?)row.GetInt64(0),
                job,
                group,
                below,
                skip
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public List<HistoryRow> Oldest(object job, int group, long afterId, int limit) =>
        sql.Query(
            $"""
            SELECT id, {Closed} FROM triggers INDEXED BY triggers_closed
            WHERE processed IS NOT NULL AND job_name = ?1 AND (dedup_key IS NOT NULL) = ?2 AND id > ?3 ORDER BY id LIMIT ?4
            """,
            row => new HistoryRow(row.GetInt64(0), adopted.OfTrigger(row.GetInt64(0), row.GetDouble(1))),
            job,
            group,
            afterId,
            limit
        );

    /// <inheritdoc />
    public long Latest(object job) =>
        sql.Scalar<long>("SELECT trigger_id FROM runs WHERE id = (SELECT run_id FROM jobs WHERE job_name = ?1)", job);

    /// <inheritdoc />
    public bool Remove(long id, PruneBudget budget) => _flows.Remove(id, step => RemoveRow(step, budget), budget) && RemoveRow(id, budget);

    private bool RemoveRow(long id, PruneBudget budget)
    {
        // By number, for a run that may not be removed would be found again and again.
        for (var after = 0L; ; )
        {
            var found = sql.Query(
                "SELECT id, status FROM runs INDEXED BY runs_by_trigger WHERE trigger_id = ?1 AND id > ?3 ORDER BY id LIMIT ?2",
                row => (Id: row.GetInt64(0), Status: row.GetString(1)),
                id,
                RunsAtOnce,
                after
            );
            // Closed by somebody while its run is running: it stays until that has ended.
            if (found.Any(run => run.Status == RunStatus.Running.Name()))
                return true;
            foreach (var run in found)
            {
                if (budget.IsSpent || !runs.Remove(run.Id, budget))
                    return false;
            }

            if (found.Count < RunsAtOnce)
                break;
            after = found[^1].Id;
        }

        var removed = sql.Execute("DELETE FROM triggers WHERE id = ?1 AND processed IS NOT NULL", id);
        TriggersRemoved += removed;
        budget.Take(removed);
        return true;
    }
}
