using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Triggers;

namespace Aios.Store.Sqlite.Reading;

/// <summary>Figures of what waits and goes on. Their cost grows with that, never with what is over.</summary>
internal static class WorkReader
{
    private const string Ready = "processed IS NULL AND status = 'queued'";

    /// <summary>How much is queued.</summary>
    /// <param name="reader">Of the database.</param>
    /// <param name="jobPatterns">Of these jobs only; empty for all.</param>
    public static QueueFigures Line(SqliteStoreReader reader, IReadOnlyList<string>? jobPatterns = null)
    {
        var values = new NamedValues();
        var ofJobs = JobNameFilter.Condition(jobPatterns ?? [], values) is { } condition ? $" AND {condition}" : "";
        return reader.Read(
            $"""
            SELECT (SELECT count(*) FROM triggers INDEXED BY triggers_ready WHERE {Ready}{ofJobs}),
                (SELECT count(*) FROM triggers INDEXED BY triggers_due WHERE processed IS NULL AND status = 'waiting'
                    AND due IS NOT NULL{ofJobs}),
                (SELECT count(*) FROM triggers INDEXED BY triggers_held WHERE processed IS NULL AND status = 'waiting'
                    AND due IS NULL{ofJobs}),
                (SELECT count(*) FROM runs INDEXED BY runs_going_on WHERE status = 'running'{ofJobs}),
                (SELECT max(CAST(created AS REAL), CAST(coalesce(run_at, created) AS REAL), coalesce((SELECT max(ended) FROM runs
                    WHERE trigger_id = triggers.id), 0.0)) FROM triggers
                    WHERE id = (SELECT min(id) FROM triggers INDEXED BY triggers_ready WHERE {Ready}{ofJobs}))
            """,
            row => new QueueFigures(
                row.GetInt64(0),
                row.GetInt64(1),
                row.GetInt64(2),
                row.GetInt64(3),
                row.IsDBNull(4) ? null : UnixTime.ToInstant(row.GetDouble(4))
            ),
            values
        )[0];
    }

    /// <inheritdoc cref="IStoreReader.OpenTriggerOf" />
    public static TriggerSummary? OpenTriggerOf(SqliteStoreReader reader, string jobName)
    {
        var values = new NamedValues().Add("job", jobName);
        return Find("triggers_held", "status = 'waiting' AND due IS NULL")
            ?? Find("triggers_ready_by_job", "status = 'queued'")
            ?? Find("triggers_due", "status = 'waiting' AND due IS NOT NULL");

        TriggerSummary? Find(string index, string how) =>
            reader
                .Read(
                    $"{SummaryRows.TriggerColumns} INDEXED BY {index} WHERE processed IS NULL AND {how} AND job_name = @job "
                        + "ORDER BY id LIMIT 1",
                    SummaryRows.ReadTrigger,
                    values
                )
                .FirstOrDefault();
    }

    /// <inheritdoc cref="IStoreReader.OpenTriggersOfRun" />
    public static IReadOnlyList<TriggerSummary> OpenTriggersOfRun(SqliteStoreReader reader, long runId) =>
        reader.Read(
            $"{SummaryRows.TriggerColumns} INDEXED BY triggers_by_parent WHERE processed IS NULL AND parent_run_id = @run ORDER BY id",
            SummaryRows.ReadTrigger,
            new NamedValues().Add("run", runId)
        );

    /// <summary>The runs that go on, on all devices, at most <paramref name="limit"/>.</summary>
    public static IReadOnlyList<ActiveRun> GoingOn(SqliteStoreReader reader, int limit)
    {
        var values = new NamedValues().Add("limit", limit);
        return reader.Read(
            """
            SELECT runs.id, runs.job_name, runs.attempt, device, pid IS NOT NULL, started, source,
                CASE WHEN typeof(parent_run_id) = 'integer' THEN parent_run_id END
            FROM runs INDEXED BY runs_going_on LEFT JOIN triggers ON triggers.id = trigger_id
            WHERE runs.status = 'running' LIMIT @limit
            """,
            row => new ActiveRun(
                row.GetInt64(0),
                row.GetString(1),
                row.GetInt32(2),
                row.GetString(3),
                row.GetInt64(4) != 0,
                UnixTime.ToInstant(row.GetDouble(5)),
                row.IsDBNull(6) ? null : row.GetString(6)
            )
            {
                ParentRunId = row.IsDBNull(7) ? null : row.GetInt64(7),
            },
            values
        );
    }

    /// <summary>How long the latest runs of a job took that succeeded, the newest first.</summary>
    public static IReadOnlyList<TimeSpan> LatestDurations(SqliteStoreReader reader, string jobName, int limit)
    {
        var values = new NamedValues().Add("job", jobName).Add("limit", limit);
        return reader.Read(
            "SELECT ended - started FROM (SELECT * FROM runs INDEXED BY runs_by_job WHERE job_name = @job ORDER BY id DESC LIMIT @limit) "
                + "WHERE status = 'succeeded' AND ended IS NOT NULL",
            row => TimeSpan.FromSeconds(Math.Clamp(row.GetDouble(0), 0, 1e9)),
            values
        );
    }
}
