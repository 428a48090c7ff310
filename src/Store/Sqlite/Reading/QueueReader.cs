using System.Diagnostics;
using Aios.Store.Audit;
using Aios.Store.Devices;
using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Tables;
using Aios.Store.Triggers;
using SQLitePCL;

namespace Aios.Store.Sqlite.Reading;

/// <summary>
/// Answers questions of people: lists and status. Each answer is one short read, so that it never holds up the daemon's
/// commits for long.
/// </summary>
internal sealed class QueueReader : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly SqliteDatabase _connection;
    private long _version;

    private QueueReader(SqliteDatabase connection, TimeSpan patience) => (_connection, _patience) = (connection, patience);

    /// <summary>Opens an existing database; null if there is none yet.</summary>
    /// <exception cref="StoreException">It cannot be opened or is not one of AIOS.</exception>
    public static QueueReader? Open(string path) => Open(path, TimeSpan.FromSeconds(10));

    /// <summary>As above, for who can answer without it: null also if it is not AIOS's yet, as a database of the Python original.</summary>
    public static QueueReader? OpenIfUsed(string path) => Open(path, TimeSpan.FromSeconds(10), mayBeUnused: true);

    /// <summary>As above, for who cannot wait for the locks of others as long as usual.</summary>
    public static QueueReader? Open(string path, TimeSpan patience, bool mayBeUnused = false)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0) return null;
        SqliteDatabase? connection = null;
        try
        {
            // Not read-only: after a crash the first reader must be able to roll back what was not committed.
            connection = SqliteDatabase.Open(path, SqliteAccess.Write);
            connection.Patience = patience;
            QueueConnection.RefuseLogOutsideMount(connection, path);
            connection.Patience = TimeSpan.Zero;
            var reader = new QueueReader(connection, patience);
            reader.BeginRead();
            var version = connection.Scalar<long>("PRAGMA user_version");
            reader.EndRead();
            if (version > 0) return reader;
            if (!mayBeUnused) throw new StoreException($"{path} has not been used by AIOS yet. Start `aios` once, so that it is brought forward.");
            connection.Dispose();
            return null;
        }
        catch (SqliteException error)
        {
            connection?.Dispose();
            throw new StoreException(QueueConnection.WhyNotOpened(path, error), error);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>Whether another connection has committed since the last call. True the first time.</summary>
    public bool HasNewCommit()
    {
        var version = Read("PRAGMA data_version", row => row.GetInt64(0))[0];
        var isNew = version != _version;
        _version = version;
        return isNew;
    }

    /// <summary>The database's own id.</summary>
    public string DatabaseId() => InOneRead(() => _connection.Scalar<string>("SELECT value FROM config WHERE key = 'database_id'") ?? "");

    /// <summary>The daemons that share it.</summary>
    public IReadOnlyList<DeviceSummary> Devices() => Read(
        "SELECT device, status, tags, pid, version, max_parallel, started, heartbeat, trouble, engine, lock_domain, stalled FROM devices ORDER BY device",
        row => new DeviceSummary(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2).Split(',', StringSplitOptions.RemoveEmptyEntries),
            row.GetInt64(3),
            row.GetString(4),
            row.GetInt32(5),
            UnixTime.ToInstant(row.GetDouble(6)),
            UnixTime.ToInstant(row.GetDouble(7)),
            Text(row, 8),
            Text(row, 9)) { LockDomain = row.GetString(10), Stalled = Instant(row, 11) });

    /// <summary>Runs, newest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="status">Only those that stand so; null for all.</param>
    /// <param name="jobName">Only those of this job; null for all.</param>
    /// <param name="triggerId">Only those of this trigger; null for all.</param>
    public IReadOnlyList<RunSummary> Runs(int limit, RunStatus? status = null, string? jobName = null, long? triggerId = null)
    {
        var conditions = new List<string>();
        var values = new NamedValues();
        Where(status == RunStatus.Running ? "status = 'running'" : "status = @status", "status", status?.Name());
        Where("job_name = @job", "job", jobName);
        Where("trigger_id = @trigger", "trigger", triggerId);
        values.Add("limit", limit);
        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
        return Read(
            // Runs that go on are few among all that are over, and have an index of their own.
            $"SELECT {RunColumns} FROM runs {(status == RunStatus.Running ? "INDEXED BY runs_going_on" : "")} {where} ORDER BY id DESC LIMIT @limit",
            ReadRun,
            values);

        void Where(string condition, string name, object? value)
        {
            if (value is null) return;
            conditions.Add(condition);
            values.Add(name, value);
        }
    }

    /// <summary>Runs, newest first, without their results.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only those with smaller numbers; null for all.</param>
    /// <param name="limit">At most so many.</param>
    public Page<RunSummary> RunPage(RowFilter filter, long? before, int limit) => new PageReader<RunSummary>(
        this,
        "runs",
        "started",
        (where, values) => Read($"SELECT {RunColumns.Replace(" result,", " NULL,", StringComparison.Ordinal)} FROM runs {where}", ReadRun, values),
        run => run.Id).Read(filter, before, limit);

    /// <summary>Triggers, newest first; see <see cref="RunPage"/>.</summary>
    public Page<TriggerSummary> TriggerPage(RowFilter filter, long? before, int limit) => new PageReader<TriggerSummary>(
        this,
        "triggers",
        "created",
        (where, values) => Read($"{TriggerColumns} {where}", ReadTrigger, values),
        trigger => trigger.Id).Read(filter, before, limit);

    /// <summary>Rows of the audit, newest first; see <see cref="RunPage"/>.</summary>
    public Page<AuditRow> AuditPage(RowFilter filter, long? before, int limit) => new PageReader<AuditRow>(
        this,
        "audit",
        "at",
        (where, values) => Read($"{AuditColumns} {where}", ReadAudit, values),
        row => row.Id,
        // Some actions concern several jobs, which they name.
        "(job_name = @job OR (job_name IS NULL AND EXISTS (SELECT 1 FROM (SELECT before AS side UNION ALL SELECT after), json_each(CASE WHEN json_valid(side) THEN side ELSE '{}' END, '$.jobs') WHERE key = @job)))").Read(filter, before, limit);

    /// <summary>Rows of the audit with a number above <paramref name="afterId"/>, oldest first.</summary>
    public IReadOnlyList<AuditRow> AuditRows(long afterId, int limit)
    {
        var values = new NamedValues().Add("after", afterId).Add("limit", limit);
        return Read($"{AuditColumns} WHERE id > @after ORDER BY id LIMIT @limit", ReadAudit, values);
    }

    /// <summary>Those of the triggers that keep the audit as it is which are missing or say something else.</summary>
    public IReadOnlyList<string> MissingAuditGuards()
    {
        var found = Read("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'", row => (row.GetString(0), row.GetString(1)));
        return [.. AuditTable.Guards.Where(guard => !found.Contains(guard)).Select(guard => guard.Name)];
    }

    /// <summary>An open trigger of a job that waits, else one in line; the oldest. Null if there is none.</summary>
    public TriggerSummary? OpenTriggerOf(string jobName)
    {
        var values = new NamedValues().Add("job", jobName);
        return Find("triggers_held", "status = 'waiting' AND due IS NULL") ?? Find("triggers_ready_by_job", "status = 'queued'") ?? Find("triggers_due", "status = 'waiting' AND due IS NOT NULL");

        TriggerSummary? Find(string index, string how) =>
            Read($"{TriggerColumns} INDEXED BY {index} WHERE processed IS NULL AND {how} AND job_name = @job ORDER BY id LIMIT 1", ReadTrigger, values).FirstOrDefault();
    }

    /// <summary>The numbers of the first and the last row of a table; 1 and 0 if there is none.</summary>
    internal (long Oldest, long Newest) Bounds(string table) =>
        Read($"SELECT coalesce((SELECT min(id) FROM {table}), 1), coalesce((SELECT max(id) FROM {table}), 0)", row => (row.GetInt64(0), row.GetInt64(1)))[0];

    /// <summary>One run, or null.</summary>
    public RunSummary? Run(long id)
    {
        var values = new NamedValues().Add("id", id);
        return Read($"SELECT {RunColumns} FROM runs WHERE id = @id", ReadRun, values).FirstOrDefault();
    }

    /// <summary>The jobs that start nothing new because somebody said so, by name.</summary>
    public IReadOnlyDictionary<string, JobHold> Holds() => InOneRead(() => WithStatements(sql => new HoldTable(sql).All()));

    /// <summary>The jobs that are not well, or were not long ago, by name.</summary>
    public IReadOnlyDictionary<string, HealthRecord> Health() => InOneRead(() => WithStatements(sql => new HealthTable(sql).All())).ToDictionary(record => record.JobName, StringComparer.Ordinal);

    /// <summary>Since when jobs are late that have a deadline, UTC, by name.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Late() =>
        Read("SELECT job_name, since FROM alarms WHERE event = 'late'", row => (Name: row.GetString(0), Since: UnixTime.ToInstant(row.GetDouble(1)))).ToDictionary(pair => pair.Name, pair => pair.Since, StringComparer.Ordinal);

    /// <summary>Who may use the API.</summary>
    public IReadOnlyList<ApiKeyRecord> ApiKeys() => InOneRead(() => WithStatements(sql => new ApiKeyTable(sql).All()));

    /// <summary>Open triggers that wait, with their reasons; oldest first.</summary>
    public IReadOnlyList<TriggerSummary> WaitingTriggers(int limit)
    {
        var values = new NamedValues().Add("limit", limit);
        return Read(
            $"""
            {TriggerColumns} WHERE id IN (
                SELECT id FROM triggers INDEXED BY triggers_held WHERE processed IS NULL AND status = 'waiting' AND due IS NULL
                UNION ALL SELECT id FROM triggers INDEXED BY triggers_due WHERE processed IS NULL AND status = 'waiting' AND due IS NOT NULL
                ORDER BY id LIMIT @limit)
            ORDER BY id
            """,
            ReadTrigger,
            values);
    }

    /// <summary>One trigger, or null.</summary>
    public TriggerSummary? Trigger(long id)
    {
        var values = new NamedValues().Add("id", id);
        return Read($"{TriggerColumns} WHERE id = @id", ReadTrigger, values).FirstOrDefault();
    }

    /// <summary>The latest run of each job that ever ran, by the job's name.</summary>
    public IReadOnlyDictionary<string, RunSummary> LatestRuns() => Read(
        """
        SELECT id, trigger_id, job_name, attempt, status, reason, device, pid, started, ended, exit_code, signal, NULL, cpu_seconds, peak_memory, output_bytes, progress, progress_text
        FROM runs WHERE id IN (SELECT run_id FROM jobs WHERE run_id IS NOT NULL)
        """,
        ReadRun).DistinctBy(run => run.JobName).ToDictionary(run => run.JobName);

    /// <summary>How far each schedule has been followed, by the job's name.</summary>
    public ILookup<string, ScheduleCursor> Cursors() => Read(ScheduleTable.Columns, ScheduleTable.Read).ToLookup(cursor => cursor.JobName, StringComparer.Ordinal);

    /// <summary>The dedup keys of the occurrences later than an instant that have their triggers already, as after the clock went back.</summary>
    public IReadOnlySet<string> OccurrencesAfter(DateTimeOffset instant)
    {
        var values = new NamedValues().Add("after", UnixTime.Of(instant));
        return Read(
            "SELECT dedup_key FROM triggers INDEXED BY triggers_dedup_key WHERE dedup_key >= 'occurrence:' AND dedup_key < 'occurrence;' AND occurrence > @after",
            row => row.GetString(0),
            values).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The newest instant at which a daemon worked on this database, UTC; null if none has.</summary>
    public DateTimeOffset? NewestInstant() =>
        InOneRead(() => WithStatements(sql => new ConfigTable(sql).NewestInstant()));

    /// <summary>What a job remembers, by key.</summary>
    /// <param name="jobName">The job, or <see cref="IState.Shared"/>.</param>
    /// <param name="key">Only this one; null for all.</param>
    public IReadOnlyList<StateEntry> State(string jobName, string? key = null)
    {
        var values = new NamedValues().Add("job", jobName).Add("key", key);
        return Read(
            "SELECT key, CASE WHEN octet_length(value) > 16777216 THEN json_quote('a value of ' || octet_length(value) || ' bytes, too large to show') ELSE value END, updated FROM state WHERE job_name = @job AND (@key IS NULL OR key = @key) ORDER BY key",
            row => new StateEntry(row.GetString(0), row.GetString(1), UnixTime.ToInstant(row.GetDouble(2))),
            values);
    }

    /// <summary>Lines of the runs of a trigger with a number above <paramref name="afterId"/>, oldest first.</summary>
    public IReadOnlyList<(long Id, string? Stream, string Message)> Lines(long triggerId, long afterId)
    {
        var values = new NamedValues().Add("trigger", triggerId).Add("after", afterId);
        return Read(
            "SELECT id, stream, message FROM logs WHERE run_id IN (SELECT id FROM runs WHERE trigger_id = @trigger) AND id > @after ORDER BY id LIMIT 5000",
            row => (row.GetInt64(0), Text(row, 1), row.GetString(2)),
            values);
    }

    /// <summary>Whether a job of that name is, or was, in the list of any device.</summary>
    public bool KnowsJob(string name)
    {
        var values = new NamedValues().Add("job", name);
        return Read("SELECT EXISTS (SELECT 1 FROM device_jobs WHERE job_name = @job) OR EXISTS (SELECT 1 FROM runs WHERE job_name = @job)", row => row.GetInt64(0), values)[0] != 0;
    }

    /// <summary>The numbers of the first and the last line, of a run or of all; 1 and 0 if there is none.</summary>
    public (long Oldest, long Newest) LogBounds(long? runId)
    {
        var values = new NamedValues().Add("run", runId);
        var of = runId is null ? "" : "WHERE run_id = @run";
        return Read(
            $"SELECT coalesce((SELECT id FROM logs {of} ORDER BY id LIMIT 1), 1), coalesce((SELECT id FROM logs {of} ORDER BY id DESC LIMIT 1), 0)",
            row => (row.GetInt64(0), row.GetInt64(1)),
            values)[0];
    }

    /// <summary>Events with a number above <paramref name="after"/>, oldest first.</summary>
    public IReadOnlyList<EventRow> Events(long after, int limit)
    {
        var values = new NamedValues().Add("after", after).Add("limit", limit);
        return Read(
            "SELECT id, created, kind, job_name, trigger_id, run_id, status, reason, device, progress, progress_text FROM events WHERE id > @after ORDER BY id LIMIT @limit",
            ReadEvent,
            values);
    }

    /// <summary>
    /// The numbers of the oldest row that is there and of the newest that ever was, in a table whose numbers only rise. The
    /// oldest is beyond the newest where none is left.
    /// </summary>
    private (long Oldest, long Newest) EverRisingBounds(string table) => Read(
        $"SELECT (SELECT min(id) FROM {table}), coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0)",
        row => (row.IsDBNull(0) ? row.GetInt64(1) + 1 : row.GetInt64(0), row.GetInt64(1)))[0];

    /// <summary>Those of the events.</summary>
    public (long Oldest, long Newest) EventBounds() => EverRisingBounds("events");

    /// <summary>Those of the lines of the log.</summary>
    public (long Oldest, long Newest) LineBounds() => EverRisingBounds("logs");

    /// <summary>Lines with a number above <paramref name="after"/>, up to <paramref name="top"/>, oldest first.</summary>
    public IReadOnlyList<LogRow> Logs(LogQuery query, long after, long top, int limit)
    {
        var (where, values) = Filter(query, after, top, limit);
        return Read($"SELECT id, timestamp, level, CASE WHEN octet_length(message) > 1048576 THEN substr(message, 1, 65536) || '... (' || octet_length(message) || ' bytes)' ELSE message END, device, job_name, run_id, stream FROM logs {where} ORDER BY id LIMIT @limit", ReadLog, values);
    }

    /// <summary>How many of the last such lines there are, at most <paramref name="limit"/>, and the number of the first of them.</summary>
    public (long Count, long First) LastLogs(LogQuery query, long after, long top, long limit)
    {
        var (where, values) = Filter(query, after, top, limit);
        return Read($"SELECT count(*), coalesce(min(id), 0) FROM (SELECT id FROM logs {where} ORDER BY id DESC LIMIT @limit)", row => (row.GetInt64(0), row.GetInt64(1)), values)[0];
    }

    /// <summary>The latest time, UTC, of lines with such numbers; null if there are none.</summary>
    public DateTimeOffset? NewestLogTime(long after, long top)
    {
        var (where, values) = Filter(new LogQuery(), after, top, 1);
        return Read($"SELECT max(timestamp) FROM logs {where}", row => Instant(row, 0), values)[0];
    }

    /// <inheritdoc />
    public void Dispose() => _connection.Dispose();

    private static (string Where, NamedValues Values) Filter(LogQuery query, long after, long top, long limit)
    {
        var where = "WHERE id > @after AND id <= @top";
        var values = new NamedValues().Add("after", after).Add("top", top).Add("limit", limit);
        Add(" AND job_name = @job", "job", query.JobName);
        Add(" AND run_id = @run", "run", query.RunId);
        Add(" AND timestamp >= @since", "since", query.Since is { } since ? UnixTime.Of(since) : null);
        if (JobNameFilter.Condition(query.JobPatterns, values) is { } condition) where += $" AND {condition}";
        if (query.Level is { } level) where += $" AND level IN ('{string.Join("', '", LogLevel.All.SkipWhile(other => other != level))}')";
        return (where, values);

        void Add(string condition, string name, object? value)
        {
            if (value is null) return;
            where += condition;
            values.Add(name, value);
        }
    }

    // Other programs may have put anything into the table.
    private static LogRow ReadLog(Row row) => new(
        row.GetInt64(0),
        new LogLine(UnixTime.ToInstant(row.GetDouble(1)), row.GetString(2), row.GetString(3))
        {
            JobName = Text(row, 5),
            RunId = row.IsDBNull(6) ? null : row.GetInt64(6),
            Stream = Text(row, 7),
        },
        row.GetString(4));

    private static EventRow ReadEvent(Row row) => new(row.GetInt64(0), UnixTime.ToInstant(row.GetDouble(1)), row.GetString(2))
    {
        JobName = Text(row, 3),
        TriggerId = row.IsDBNull(4) ? null : row.GetInt64(4),
        RunId = row.IsDBNull(5) ? null : row.GetInt64(5),
        Status = Text(row, 6),
        Reason = Text(row, 7),
        Device = Text(row, 8),
        Progress = Share(row, 9),
        ProgressText = Text(row, 10),
    };

    private const string RunColumns = "id, trigger_id, job_name, attempt, status, reason, device, pid, started, ended, exit_code, signal, result, cpu_seconds, peak_memory, output_bytes, progress, progress_text";

    internal const string TriggerColumns =
        $"SELECT id, substr(CAST(coalesce(job_name, '') AS TEXT), 1, 1024), substr(status, 1, 64), substr(reason, 1, 65536), substr(note, 1, 65536), substr(source, 1, 64), {TriggerTable.Attempts}, created, run_at, processed FROM triggers";

    // Whatever somebody has put into the table, it is read, so that the chain can tell.
    private const string AuditColumns =
        "SELECT id, CAST(at AS REAL), CAST(coalesce(actor, '') AS TEXT), CAST(coalesce(origin, '') AS TEXT), CAST(coalesce(action, '') AS TEXT), "
        + "CAST(job_name AS TEXT), CAST(subject AS TEXT), CAST(before AS TEXT), CAST(after AS TEXT), CAST(coalesce(hash, '') AS TEXT) FROM audit";

    private static AuditRow ReadAudit(Row row) => new(
        row.GetInt64(0),
        row.IsDBNull(1) ? 0 : row.GetDouble(1),
        new AuditEntry(UnixTime.ToInstant(row.IsDBNull(1) ? 0 : row.GetDouble(1)), new Actor(row.GetString(2), row.GetString(3)), row.GetString(4))
        {
            JobName = Text(row, 5),
            Subject = Text(row, 6),
            BeforeJson = Text(row, 7),
            AfterJson = Text(row, 8),
        },
        row.GetString(9));

    internal static TriggerSummary ReadTrigger(Row row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), Text(row, 3), Text(row, 4), row.GetString(5), row.GetInt32(6), Instant(row, 7), Instant(row, 8), Instant(row, 9));

    private static RunSummary ReadRun(Row row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        row.GetString(2),
        row.GetInt32(3),
        row.GetString(4),
        Text(row, 5),
        row.GetString(6),
        row.IsDBNull(7) ? null : row.GetInt64(7),
        UnixTime.ToInstant(row.GetDouble(8)),
        Instant(row, 9),
        row.IsDBNull(10) ? null : row.GetInt32(10),
        row.IsDBNull(11) ? null : row.GetInt32(11),
        Text(row, 12),
        Finite(row, 13),
        row.IsDBNull(14) ? null : row.GetInt64(14),
        row.IsDBNull(15) ? null : row.GetInt64(15))
    {
        Progress = Share(row, 16),
        ProgressText = Text(row, 17),
    };

    // JSON has no infinity.
    private static double? Finite(Row row, int column) => row.IsDBNull(column) || !double.IsFinite(row.GetDouble(column)) ? null : row.GetDouble(column);

    // Whatever a client has written there, no run is further than done.
    private static double? Share(Row row, int column) => Finite(row, column) is { } share ? Math.Clamp(share, 0, 1) : null;

    private static string? Text(Row row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Instant(Row row, int column) => row.IsDBNull(column) ? null : UnixTime.ToInstant(row.GetDouble(column));

    internal List<T> Read<T>(string sql, Func<Row, T> map, NamedValues? values = null) => InOneRead(() => _connection.Query(sql, map, values));

    private T WithStatements<T>(Func<Statements, T> read)
    {
        using var statements = new Statements(_connection);
        return read(statements);
    }

    private T InOneRead<T>(Func<T> read)
    {
        try
        {
            BeginRead();
            return read();
        }
        catch (SqliteException error)
        {
            throw new StoreException($"{_connection.Path} cannot be read: {error.Message}", error);
        }
        finally
        {
            EndRead();
        }
    }

    // SQLite's own way to wait for a commit of somebody else would sleep for a whole second, and that of the driver for 150 ms.
    private void BeginRead()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var code = raw.sqlite3_exec(_connection.Handle, "BEGIN; SELECT 1 FROM sqlite_master LIMIT 1");
            if (code == raw.SQLITE_OK) return;
            EndRead();
            if ((code & 0xff) is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED) || Stopwatch.GetElapsedTime(started) > _patience) SqliteException.ThrowUnlessGood(code, _connection.Handle);
            Thread.Sleep(1);
        }
    }

    private void EndRead()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0) _ = raw.sqlite3_exec(_connection.Handle, "ROLLBACK");
    }
}
