using Aios.Platform;
using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Reading;
using Aios.Store.Triggers;
using static Aios.Store.Sqlite.Tables.TriggerSql;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class TriggerTable : ITriggers
{
    // As many as a tick takes at once: a claim may be waiting behind them.
    private const int CanceledAtOnce = 1000;

    private readonly Statements _sql;

    internal TriggerTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public long? Add(NewTrigger trigger)
    {
        var closed = trigger.Status == RunStatus.Skipped;
        var added = _sql.Execute(
            """
            INSERT INTO triggers (job_name, args, kwargs, created, source, priority, run_at, due, dedup_key,
                occurrence, status, reason, attempt, processed, note, traceparent, wait_seconds, flow_id,
                parent_run_id)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
            ON CONFLICT DO NOTHING
            """,
            trigger.JobName,
            trigger.ArgsJson,
            trigger.KwargsJson,
            UnixTime.Of(trigger.Created),
            trigger.Source,
            trigger.Priority,
            Seconds(trigger.RunAt),
            Seconds(trigger.Due),
            trigger.DedupKey,
            Seconds(trigger.Occurrence),
            trigger.Status.Name(),
            trigger.Reason,
            trigger.Attempt,
            closed ? UnixTime.Of(trigger.Created) : null,
            trigger.Note,
            trigger.TraceParent,
            trigger.Due is { } due ? (due - trigger.Created).TotalSeconds : null,
            trigger.FlowId,
            trigger.ParentRunId
        );
        return added == 0 ? null : _sql.LastInsertedId;
    }

    /// <inheritdoc />
    public long? WithDedupKey(string key) =>
        _sql.Query("SELECT id FROM triggers WHERE dedup_key = ?1", row => (long?)row.GetInt64(0), key).FirstOrDefault();

    /// <inheritdoc />
    public ParentRun? ParentOf(long id) =>
        _sql.Query(
                """
                SELECT parent_run_id, runs.boot_id, runs.device FROM triggers
                LEFT JOIN runs ON runs.id = parent_run_id AND runs.status = 'running'
                WHERE triggers.id = ?1 AND typeof(parent_run_id) = 'integer'
                """,
                row => new ParentRun(row.GetInt64(0), SummaryRows.Text(row, 1), SummaryRows.Text(row, 2)),
                id
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public IReadOnlyList<long> OpenOf(long parentRunId) =>
        _sql.Query(
            "SELECT id FROM triggers INDEXED BY triggers_by_parent WHERE processed IS NULL AND parent_run_id = ?1 ORDER BY id",
            row => row.GetInt64(0),
            parentRunId
        );

    /// <inheritdoc />
    public TriggerSummary? Find(long id) =>
        _sql.Query($"{SummaryRows.TriggerColumns} WHERE id = ?1", SummaryRows.ReadTrigger, id).FirstOrDefault();

    /// <inheritdoc />
    public long NewestId() => _sql.Scalar<long>("SELECT max(id) FROM triggers");

    /// <inheritdoc />
    public long? OldestQueuedId() =>
        _sql.Query($"SELECT min(id) FROM triggers INDEXED BY triggers_ready WHERE {Ready}", row =>
            row.IsDBNull(0) ? (long?)null : row.GetInt64(0)
        )[0];

    /// <inheritdoc />
    public void MendStatus(long afterId, long upTo)
    {
        _sql.Execute(
            """
            UPDATE triggers INDEXED BY triggers_odd SET status = 'queued', due = NULL
            WHERE processed IS NULL AND status NOT IN ('queued', 'waiting', 'running')
            """
        );
        _sql.Execute(
            """
            UPDATE triggers SET status = 'queued', due = NULL WHERE id > ?1 AND id <= ?2 AND +processed IS NULL AND (
                (+status = 'running' AND NOT EXISTS (SELECT 1 FROM runs WHERE trigger_id = triggers.id)) OR (+status = 'waiting'
                    AND +reason IS NULL))
            """,
            afterId,
            upTo
        );
    }

    /// <inheritdoc />
    public long? OpenAfter(long id, int count) =>
        _sql.Query(
                "SELECT id FROM triggers WHERE id > ?1 AND +processed IS NULL ORDER BY id LIMIT 1 OFFSET ?2",
                row => (long?)row.GetInt64(0),
                id,
                count - 1
            )
            .FirstOrDefault();

    private static readonly string Newcomers =
        $"SELECT {QueuedColumns}, priority IS NOT NULL, {Defect} FROM triggers WHERE id > ?1 AND id <= ?2 AND +processed IS NULL AND "
        + $"+status = 'queued' ORDER BY id";

    /// <inheritdoc />
    public IReadOnlyList<NewcomerTrigger> Between(long id, long upTo) =>
        _sql.Query(
            Newcomers,
            row => new NewcomerTrigger(ReadQueued(row), row.GetBoolean(6), row.IsDBNull(7) ? null : row.GetString(7)),
            id,
            upTo
        );

    /// <inheritdoc />
    public string Explain(long id, string defect)
    {
        var column =
            defect.StartsWith($"args: {NotJson}", StringComparison.Ordinal) ? "args"
            : defect.StartsWith($"kwargs: {NotJson}", StringComparison.Ordinal) ? "kwargs"
            : null;
        if (column is null || !JsonNesting.IsTooDeep(_sql.Scalar<string>($"SELECT CAST({column} AS TEXT) FROM triggers WHERE id = ?1", id)))
            return defect;
        return defect.Replace(NotJson, $"nested deeper than {DeepJson.MaxDepth} levels", StringComparison.Ordinal);
    }

    /// <inheritdoc />
    public IReadOnlyList<QueuedTrigger> Front(int limit) =>
        _sql.Query(
            $"SELECT {QueuedColumns} FROM triggers INDEXED BY triggers_ready WHERE {Ready} ORDER BY coalesce(priority, 0) "
                + $"DESC, id LIMIT ?1",
            ReadQueued,
            limit
        );

    /// <inheritdoc />
    public IReadOnlyList<QueuedTrigger> FrontOf(string jobName, int limit) =>
        _sql.Query(
            $"SELECT {QueuedColumns} FROM triggers INDEXED BY triggers_ready_by_job WHERE {Ready} AND job_name = ?1 ORDER BY "
                + $"coalesce(priority, 0) DESC, id LIMIT ?2",
            ReadQueued,
            jobName,
            limit
        );

    /// <inheritdoc />
    public IReadOnlyList<string> NamesInLine() => Names("triggers_ready_by_job", Ready);

    /// <inheritdoc />
    public IReadOnlyList<string> NamesHeld() => Names("triggers_held", "processed IS NULL AND status = 'waiting' AND due IS NULL");

    /// <inheritdoc />
    public int Promote(DateTimeOffset now, int limit)
    {
        // Each tick asks, mostly for nothing, and the update needs a table of its own before it finds that out.
        if (NextDue() is not { } due || due > now)
            return 0;
        return _sql.Execute(
            """
            UPDATE triggers SET status = 'queued', due = NULL, reason = NULL WHERE id IN (
                SELECT id FROM triggers INDEXED BY triggers_due
                WHERE processed IS NULL AND status = 'waiting' AND due IS NOT NULL AND due <= ?1 ORDER BY due LIMIT ?2)
            """,
            UnixTime.Of(now),
            limit
        );
    }

    /// <inheritdoc />
    public IReadOnlyList<long> ToPromote(DateTimeOffset now, int limit) =>
        _sql.Query(
            "SELECT id FROM triggers INDEXED BY triggers_due WHERE processed IS NULL AND status = 'waiting' AND due IS NOT NULL AND due "
                + "<= ?1 ORDER BY due LIMIT ?2",
            row => row.GetInt64(0),
            UnixTime.Of(now),
            limit
        );

    /// <inheritdoc />
    public void RewindWait(long id, DateTimeOffset now) =>
        _sql.Execute(
            """
            UPDATE triggers SET due = ?1 + wait_seconds
            WHERE id = ?2 AND processed IS NULL AND status = 'waiting' AND due IS NOT NULL AND wait_seconds IS NOT NULL
                AND due > ?1 + wait_seconds
            """,
            UnixTime.Of(now),
            id
        );

    /// <inheritdoc />
    public IReadOnlyList<WaitingPlace> WaitingBefore(WaitingPlace place, int limit) =>
        _sql.Query(
            """
            SELECT due, id FROM triggers INDEXED BY triggers_due
            WHERE processed IS NULL AND status = 'waiting' AND due IS NOT NULL AND due <= ?1 AND (due < ?1 OR id < ?2)
                ORDER BY due DESC, id DESC LIMIT ?3
            """,
            row => new WaitingPlace(row.GetDouble(0), row.GetInt64(1)),
            place.Due,
            place.Id,
            limit
        );

    /// <inheritdoc />
    public DateTimeOffset? NextDue() =>
        _sql.Query(
            "SELECT min(due) FROM triggers INDEXED BY triggers_due WHERE processed IS NULL AND status = 'waiting' AND due IS NOT NULL",
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : UnixTime.ToInstant(row.GetDouble(0))
        )[0];

    /// <inheritdoc />
    public IReadOnlyList<long> Held(string jobName, long after, int limit) =>
        _sql.Query(
            """
            SELECT id FROM triggers INDEXED BY triggers_held
            WHERE processed IS NULL AND status = 'waiting' AND due IS NULL AND job_name = ?1 AND id > ?2 ORDER BY id LIMIT ?3
            """,
            row => row.GetInt64(0),
            jobName,
            after,
            limit
        );

    /// <inheritdoc />
    public void Release(long id) =>
        _sql.Execute(
            "UPDATE triggers SET status = 'queued', due = NULL, reason = NULL WHERE id = ?1 AND processed IS NULL AND status = 'waiting'",
            id
        );

    /// <inheritdoc />
    public IReadOnlyList<long> WithoutPriority(string jobName, long after, int limit) =>
        _sql.Query(
            $"SELECT id FROM triggers INDEXED BY triggers_ready_by_job WHERE {Ready} AND job_name = ?1 AND coalesce(priority, 0) = 0 AND "
                + $"id > ?2 ORDER BY id LIMIT ?3",
            row => row.GetInt64(0),
            jobName,
            after,
            limit
        );

    /// <inheritdoc />
    public void TakePriority(long id, int priority) =>
        _sql.Execute("UPDATE triggers SET priority = ?2 WHERE id = ?1 AND priority IS NULL", id, priority);

    /// <inheritdoc />
    public void Delay(long id, DateTimeOffset due, string reason, TimeSpan? wait = null) =>
        _sql.Execute(
            "UPDATE triggers SET status = 'waiting', due = ?2, reason = ?3, wait_seconds = ?4 WHERE id = ?1 AND processed IS NULL",
            id,
            UnixTime.Of(due),
            reason,
            wait?.TotalSeconds
        );

    /// <inheritdoc />
    public void Hold(long id, string reason) =>
        _sql.Execute("UPDATE triggers SET status = 'waiting', due = NULL, reason = ?2 WHERE id = ?1 AND processed IS NULL", id, reason);

    /// <inheritdoc />
    public bool Close(long id, RunStatus status, string? reason, DateTimeOffset now) =>
        _sql.Execute(
            "UPDATE triggers SET status = ?2, reason = ?3, processed = ?4, due = NULL WHERE id = ?1 AND processed IS NULL",
            id,
            status.Name(),
            reason,
            UnixTime.Of(now)
        ) == 1;

    /// <inheritdoc />
    public bool Cancel(long id, string reason, DateTimeOffset now) =>
        _sql.Execute(
            "UPDATE triggers SET status = 'canceled', reason = ?2, processed = ?3, due = NULL WHERE id = ?1 AND processed IS NULL AND "
                + "status <> 'running'",
            id,
            reason,
            UnixTime.Of(now)
        ) == 1;

    /// <inheritdoc />
    public (int Count, WaitingPlace? Next) CancelOf(string jobName, long upTo, WaitingPlace place, string reason, DateTimeOffset now)
    {
        var count = CancelOf("triggers_ready_by_job", Ready, jobName, upTo, CanceledAtOnce, reason, now);
        if (count < CanceledAtOnce)
            count += CancelOf(
                "triggers_held",
                "processed IS NULL AND status = 'waiting' AND due IS NULL",
                jobName,
                upTo,
                CanceledAtOnce - count,
                reason,
                now
            );
        if (count == CanceledAtOnce)
            return (count, place);
        // Those that wait for a time stand in its order, whatever job they are of.
        var waiting = WaitingBefore(place, CanceledAtOnce);
        return (
            count + waiting.Count(row => row.Id <= upTo && CancelWaiting(row.Id, jobName, reason, now)),
            waiting.Count == CanceledAtOnce ? waiting[^1] : null
        );
    }

    /// <inheritdoc />
    public void BringForwardAlways(string jobName) =>
        _sql.Execute(
            """
            UPDATE triggers INDEXED BY triggers_one_always SET status = 'queued', due = NULL, run_at = NULL, reason = NULL, attempt = 0
            WHERE processed IS NULL AND source = 'always' AND job_name = ?1 AND status = 'waiting'
            """,
            jobName
        );

    /// <inheritdoc />
    public void Return(long id, string reason) =>
        _sql.Execute(
            $"UPDATE triggers SET status = 'queued', reason = ?2, attempt = max({Attempts} - 1, 0) WHERE id = ?1 AND processed IS NULL",
            id,
            reason
        );

    /// <inheritdoc />
    public TriggerDetails? Details(long id) => _sql.Query(TriggerDetailsRow.Sql, TriggerDetailsRow.Read, id).FirstOrDefault();

    /// <inheritdoc />
    public bool Claim(long id) =>
        _sql.Execute($"UPDATE triggers SET status = 'running', reason = NULL, attempt = {Attempts} + 1 WHERE id = ?1 AND {Ready}", id) == 1;

    /// <inheritdoc />
    public long? OpenOccurrence(string jobName) =>
        _sql.Query(
                """
                SELECT id FROM triggers INDEXED BY triggers_open_occurrences
                WHERE processed IS NULL AND source <> 'insert' AND job_name = ?1 AND source = 'schedule' LIMIT 1
                """,
                row => (long?)row.GetInt64(0),
                jobName
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public DateTimeOffset? MakeUpsDue(string jobName) =>
        _sql.Query(
            """
            SELECT max(due) FROM triggers INDEXED BY triggers_open_occurrences
            WHERE processed IS NULL AND source <> 'insert' AND job_name = ?1 AND source = 'catch_up' AND status = 'waiting' AND attempt = 0
            """,
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : UnixTime.ToInstant(row.GetDouble(0)),
            jobName
        )[0];

    /// <inheritdoc />
    public int AwaitingRetry() =>
        (int)
            _sql.Scalar<long>(
                "SELECT count(*) FROM triggers INDEXED BY triggers_due WHERE processed IS NULL AND status = 'waiting' AND due IS NOT NULL "
                    + "AND attempt > 0"
            );

    /// <inheritdoc />
    public bool HasOpen(string jobName, string source) =>
        _sql.Scalar<long>(
            "SELECT count(*) FROM triggers INDEXED BY triggers_open_occurrences WHERE processed IS NULL AND source <> 'insert' AND "
                + "job_name = ?1 AND source = ?2",
            jobName,
            source
        ) > 0;

    private int CancelOf(string index, string where, string jobName, long upTo, int limit, string reason, DateTimeOffset now) =>
        _sql.Execute(
            $"""
            UPDATE triggers SET status = 'canceled', reason = ?2, processed = ?3, due = NULL
            WHERE id IN (SELECT id FROM triggers INDEXED BY {index} WHERE {where} AND job_name = ?1 AND id <= ?4 LIMIT ?5)
            """,
            jobName,
            reason,
            UnixTime.Of(now),
            upTo,
            limit
        );

    private bool CancelWaiting(long id, string jobName, string reason, DateTimeOffset now) =>
        _sql.Execute(
            "UPDATE triggers SET status = 'canceled', reason = ?2, processed = ?3, due = NULL WHERE id = ?1 AND processed IS NULL AND "
                + "status = 'waiting' AND job_name = ?4",
            id,
            reason,
            UnixTime.Of(now),
            jobName
        ) == 1;

    private static double? Seconds(DateTimeOffset? instant) => instant is { } at ? UnixTime.Of(at) : null;

    private static QueuedTrigger ReadQueued(Row row) =>
        new(
            row.GetInt64(0),
            row.IsDBNull(1) ? null : row.GetString(1),
            row.GetString(2),
            row.GetInt64(3),
            row.IsDBNull(4) ? null : UnixTime.ToInstant(row.GetDouble(4)),
            row.GetInt32(5)
        );

    // Steps from name to name through the index instead of reading every row. Within one statement, for a name that is
    // read and given back need not be the same bytes.
    private List<string> Names(string index, string where)
    {
        var next = $"SELECT job_name FROM triggers INDEXED BY {index} WHERE {where} AND job_name";
        return _sql.Query(
            $"""
            WITH RECURSIVE names(name) AS (
                SELECT ({next} >= '' ORDER BY job_name LIMIT 1)
                UNION ALL SELECT ({next} > name ORDER BY job_name LIMIT 1) FROM names WHERE name IS NOT NULL)
            SELECT name FROM names WHERE typeof(name) = 'text'
            """,
            row => row.GetString(0)
        );
    }
}
