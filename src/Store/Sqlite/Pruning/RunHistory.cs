using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Pruning;

/// <summary>Runs that have ended.</summary>
internal sealed class RunHistory(Statements sql) : IPrunableRows
{
    /// <summary>Removed runs so far.</summary>
    public long RunsRemoved { get; private set; }

    /// <summary>Removed lines so far.</summary>
    public long LinesRemoved { get; private set; }

    /// <inheritdoc />
    public string Table => "runs";

    /// <inheritdoc />
    public int Groups => 1;

    /// <inheritdoc />
    public object? JobAfter(object? job) =>
        FlowHistory.WithoutSteps(job is null ? Next("job_name IS NOT NULL", "") : Next("job_name > ?1", job), name =>
            Next("job_name >= ?1", name)
        );

    private object? Next(string where, object from) =>
        sql.Query(
                $"SELECT job_name FROM runs INDEXED BY runs_by_job WHERE {where} AND ?1 IS NOT NULL ORDER BY job_name LIMIT 1",
                row => row.GetValue(0),
                from
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public long? Below(object job, int group, long below, long skip) =>
        sql.Query(
                "SELECT id FROM runs INDEXED BY runs_by_job WHERE job_name = ?1 AND id < ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3",
                row => (long?)row.GetInt64(0),
                job,
                below,
                skip
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public List<HistoryRow> Oldest(object job, int group, long afterId, int limit) =>
        sql.Query(
            "SELECT id, coalesce(ended, started) FROM runs INDEXED BY runs_by_job WHERE job_name = ?1 AND id > ?2 AND +status <> "
                + "'running' ORDER BY id LIMIT ?3",
            row => new HistoryRow(row.GetInt64(0), row.GetDouble(1)),
            job,
            afterId,
            limit
        );

    /// <inheritdoc />
    public long Latest(object job) => sql.Scalar<long>("SELECT run_id FROM jobs WHERE job_name = ?1", job);

    /// <inheritdoc />
    public bool Remove(long id, PruneBudget budget)
    {
        while (true)
        {
            var most = budget.Rows;
            var lines = sql.Execute(
                "DELETE FROM logs WHERE id IN (SELECT id FROM logs INDEXED BY logs_by_run WHERE run_id = ?1 ORDER BY id LIMIT ?2)",
                id,
                most
            );
            LinesRemoved += lines;
            budget.Take(lines);
            if (lines < most)
                break;
            if (budget.IsSpent)
                return false;
        }

        var runs = sql.Execute("DELETE FROM runs WHERE id = ?1 AND status <> 'running'", id);
        RunsRemoved += runs;
        budget.Take(runs);
        return true;
    }
}
