using System.Diagnostics;
using Aios.Store.Api;
using Aios.Store.Audit;
using Aios.Store.Devices;
using Aios.Store.Events;
using Aios.Store.Flows;
using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Models;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Tables;
using Aios.Store.Triggers;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static Aios.Store.Sqlite.Reading.SummaryRows;

namespace Aios.Store.Sqlite.Reading;

/// <inheritdoc />
internal sealed class SqliteStoreReader : IStoreReader
{
    private readonly TimeSpan _patience;
    private readonly SqliteDatabase _connection;
    private long _version;

    private SqliteStoreReader(SqliteDatabase connection, TimeSpan patience) => (_connection, _patience) = (connection, patience);

    /// <summary>Opens an existing database; null if there is none yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="patience">How long the locks of others are waited for; ten seconds without it.</param>
    /// <param name="mayBeUnused">Null also for a database that is not AIOS's yet.</param>
    /// <exception cref="StoreException">It cannot be opened or is not one of AIOS.</exception>
    public static SqliteStoreReader? Open(string path, TimeSpan? patience = null, bool mayBeUnused = false)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return null;
        SqliteDatabase? connection = null;
        try
        {
            // Not read-only: after a crash the first reader must be able to roll back what was not committed.
            connection = SqliteDatabase.Open(path, SqliteOpenMode.ReadWrite);
            var patient = patience ?? TimeSpan.FromSeconds(10);
            connection.Patience = patient;
            SqliteStoreConnection.RefuseLogOutsideMount(connection, path);
            connection.Patience = TimeSpan.Zero;
            var reader = new SqliteStoreReader(connection, patient);
            reader.BeginRead();
            var version = connection.ExecuteScalar<long>("PRAGMA user_version");
            reader.EndRead();
            if (version > 0)
                return reader;
            if (!mayBeUnused)
                throw new StoreException($"{path} has not been used by AIOS yet. Start `aios` once, so that it is brought forward.");
            connection.Dispose();
            return null;
        }
        catch (SqliteException error)
        {
            connection?.Dispose();
            throw new StoreException(SqliteStoreConnection.WhyNotOpened(path, SqliteStoreException.Of(error)), error)
            {
                Fault = error.Fault(),
            };
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public bool HasNewCommit()
    {
        var version = Read("PRAGMA data_version", row => row.GetInt64(0))[0];
        var isNew = version != _version;
        _version = version;
        return isNew;
    }

    /// <inheritdoc />
    public string DatabaseId() =>
        InOneRead(() => _connection.ExecuteScalar<string?>("SELECT CAST(value AS TEXT) FROM config WHERE key = 'database_id'") ?? "");

    /// <inheritdoc />
    public IReadOnlyList<DeviceSummary> Devices() =>
        Read(
            "SELECT device, status, tags, pid, version, max_parallel, started, heartbeat, trouble, engine, lock_domain, stalled FROM "
                + "devices ORDER BY device",
            ReadDevice
        );

    /// <inheritdoc />
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
            $"SELECT {RunColumns} FROM runs {(status == RunStatus.Running ? "INDEXED BY runs_going_on" : "")} {where} ORDER BY id DESC "
                + $"LIMIT @limit",
            ReadRun,
            values
        );

        void Where(string condition, string name, object? value)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            values.Add(name, value);
        }
    }

    /// <inheritdoc />
    public Page<RunSummary> RunPage(RowFilter filter, long? before, int limit) =>
        new PageReader<RunSummary>(
            this,
            "runs",
            "started",
            (where, values) =>
                Read($"SELECT {RunColumns.Replace(" result,", " NULL,", StringComparison.Ordinal)} FROM runs {where}", ReadRun, values),
            run => run.Id
        ).Read(filter, before, limit);

    /// <inheritdoc />
    public Page<TriggerSummary> TriggerPage(RowFilter filter, long? before, int limit) =>
        new PageReader<TriggerSummary>(
            this,
            "triggers",
            "created",
            (where, values) => Read($"{TriggerColumns} {where}", ReadTrigger, values),
            trigger => trigger.Id
        ).Read(filter, before, limit);

    /// <inheritdoc />
    public Page<AuditRow> AuditPage(RowFilter filter, long? before, int limit) =>
        new PageReader<AuditRow>(
            this,
            "audit",
            "at",
            (where, values) => Read($"{AuditColumns} {where}", ReadAudit, values),
            row => row.Id,
            // Some actions concern several jobs, which they name.
            "(job_name = @job OR (job_name IS NULL AND EXISTS (SELECT 1 FROM (SELECT before AS side UNION ALL SELECT after), "
                + "json_each(CASE WHEN json_valid(side) THEN side ELSE '{}' END, '$.jobs') WHERE key = @job)))"
        ).Read(filter, before, limit);

    /// <inheritdoc />
    public IReadOnlyList<AuditRow> AuditRows(long afterId, int limit)
    {
        var values = new NamedValues().Add("after", afterId).Add("limit", limit);
        return Read($"{AuditColumns} WHERE id > @after ORDER BY id LIMIT @limit", ReadAudit, values);
    }

    /// <inheritdoc />
    public IReadOnlyList<string> MissingAuditGuards()
    {
        var found = Read("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'", row => (row.GetString(0), row.GetString(1)));
        return [.. AuditTable.Guards.Where(guard => !found.Contains(guard)).Select(guard => guard.Name)];
    }

    /// <inheritdoc />
    public IReadOnlyList<TriggerSummary> OpenTriggersOfRun(long runId) => WorkReader.OpenTriggersOfRun(this, runId);

    /// <inheritdoc />
    public TriggerSummary? OpenTriggerOf(string jobName) => WorkReader.OpenTriggerOf(this, jobName);

    /// <summary>The numbers of the first and the last row of a table; 1 and 0 if there is none.</summary>
    internal (long Oldest, long Newest) Bounds(string table) =>
        Read($"SELECT coalesce((SELECT min(id) FROM {table}), 1), coalesce((SELECT max(id) FROM {table}), 0)", row =>
            (row.GetInt64(0), row.GetInt64(1))
        )[0];

    /// <inheritdoc />
    public RunSummary? Run(long id)
    {
        var values = new NamedValues().Add("id", id);
        return Read($"SELECT {RunColumns} FROM runs WHERE id = @id", ReadRun, values).FirstOrDefault();
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, JobHold> Holds() => InOneRead(() => WithStatements(sql => new HoldTable(sql).All()));

    /// <inheritdoc />
    public IReadOnlyDictionary<string, HealthRecord> Health() =>
        InOneRead(() => WithStatements(sql => new HealthTable(sql).All())).ToDictionary(record => record.JobName, StringComparer.Ordinal);

    /// <inheritdoc />
    public IReadOnlyDictionary<string, DateTimeOffset> Late() =>
        Read("SELECT job_name, since FROM alarms WHERE event = 'late'", row =>
                (Name: row.GetString(0), Since: UnixTime.ToInstant(row.GetDouble(1)))
            )
            .ToDictionary(pair => pair.Name, pair => pair.Since, StringComparer.Ordinal);

    /// <inheritdoc />
    public IReadOnlyList<ApiKeyRecord> ApiKeys() => InOneRead(() => new ApiKeyTable(_connection).All());

    /// <inheritdoc />
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
            values
        );
    }

    /// <inheritdoc />
    public TriggerSummary? Trigger(long id)
    {
        var values = new NamedValues().Add("id", id);
        return Read($"{TriggerColumns} WHERE id = @id", ReadTrigger, values).FirstOrDefault();
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, RunSummary> LatestRuns() =>
        Read(
                """
                SELECT id, trigger_id, job_name, attempt, status, reason, device, pid, started, ended, exit_code,
                    signal, NULL, cpu_seconds, peak_memory, output_bytes, progress, progress_text, NULL
                FROM runs WHERE id IN (SELECT run_id FROM jobs WHERE run_id IS NOT NULL)
                """,
                ReadRun
            )
            .DistinctBy(run => run.JobName)
            .ToDictionary(run => run.JobName);

    /// <inheritdoc />
    public ILookup<string, ScheduleCursor> Cursors() =>
        Read(ScheduleTable.Columns, ScheduleTable.Read).ToLookup(cursor => cursor.JobName, StringComparer.Ordinal);

    /// <inheritdoc />
    public IReadOnlySet<string> OccurrencesAfter(DateTimeOffset instant)
    {
        var values = new NamedValues().Add("after", UnixTime.Of(instant));
        return Read(
                "SELECT dedup_key FROM triggers INDEXED BY triggers_dedup_key WHERE dedup_key >= 'occurrence:' AND dedup_key < "
                    + "'occurrence;' AND occurrence > @after",
                row => row.GetString(0),
                values
            )
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public DateTimeOffset? NewestInstant() => InOneRead(() => WithStatements(sql => new ConfigTable(sql).NewestInstant()));

    /// <inheritdoc />
    public IReadOnlyList<StateEntry> State(string jobName, string? key = null)
    {
        var values = new NamedValues().Add("job", jobName).Add("key", key);
        return Read(
            "SELECT key, CASE WHEN octet_length(value) > 16777216 THEN json_quote('a value of ' || octet_length(value) || ' bytes, too "
                + "large to show') ELSE value END, updated FROM state WHERE job_name = @job AND (@key IS NULL OR key = @key) ORDER BY key",
            row => new StateEntry(row.GetString(0), row.GetString(1), UnixTime.ToInstant(row.GetDouble(2))),
            values
        );
    }

    /// <inheritdoc />
    public IReadOnlyList<(long Id, string? Stream, string Message)> Lines(long triggerId, long afterId)
    {
        var values = new NamedValues().Add("trigger", triggerId).Add("after", afterId);
        return Read(
            "SELECT id, stream, message FROM logs WHERE run_id IN (SELECT id FROM runs WHERE trigger_id = @trigger) AND id > @after ORDER "
                + "BY id LIMIT 5000",
            row => (row.GetInt64(0), Text(row, 1), row.GetString(2)),
            values
        );
    }

    /// <inheritdoc />
    public bool KnowsJob(string name)
    {
        var values = new NamedValues().Add("job", name);
        return Read(
                "SELECT EXISTS (SELECT 1 FROM device_jobs WHERE job_name = @job) OR EXISTS (SELECT 1 FROM runs WHERE job_name = @job)",
                row => row.GetInt64(0),
                values
            )[0] != 0;
    }

    /// <inheritdoc />
    public IReadOnlyList<EventRow> Events(long after, int limit)
    {
        var values = new NamedValues().Add("after", after).Add("limit", limit);
        return Read(
            "SELECT id, created, kind, job_name, trigger_id, run_id, status, reason, device, progress, progress_text, flow_id, step, "
                + "approval_id FROM events WHERE id > @after ORDER BY id LIMIT @limit",
            ReadEvent,
            values
        );
    }

    /// <summary>
    /// The numbers of the oldest row that is there and of the newest that ever was, in a table whose numbers only rise. The
    /// oldest is beyond the newest where none is left.
    /// </summary>
    private (long Oldest, long Newest) EverRisingBounds(string table) =>
        Read($"SELECT (SELECT min(id) FROM {table}), coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0)", row =>
            (row.IsDBNull(0) ? row.GetInt64(1) + 1 : row.GetInt64(0), row.GetInt64(1))
        )[0];

    /// <inheritdoc />
    public (long Oldest, long Newest) EventBounds() => EverRisingBounds("events");

    /// <inheritdoc />
    public (long Oldest, long Newest) LineBounds() => EverRisingBounds("logs");

    /// <inheritdoc />
    public (long Oldest, long Newest) LogBounds(long? runId) => LogLineReader.Bounds(this, runId);

    /// <inheritdoc />
    public IReadOnlyList<LogRow> Logs(LogQuery query, long after, long top, int limit) =>
        LogLineReader.Lines(this, query, after, top, limit);

    /// <inheritdoc />
    public (long Count, long First) LastLogs(LogQuery query, long after, long top, long limit) =>
        LogLineReader.Last(this, query, after, top, limit);

    /// <inheritdoc />
    public DateTimeOffset? NewestLogTime(long after, long top) => LogLineReader.NewestTime(this, after, top);

    /// <inheritdoc />
    public IReadOnlyDictionary<string, List<RecentRun>> LatestRuns(IReadOnlyCollection<string> jobNames, int count) =>
        HistoryReader.LatestRuns(this, jobNames, count);

    /// <inheritdoc />
    public IReadOnlySet<string> JobsInLine() => HistoryReader.JobsInLine(this);

    /// <inheritdoc />
    public IReadOnlyList<LoadStep> Load(
        DateTimeOffset since,
        DateTimeOffset until,
        int steps,
        IReadOnlyList<string> jobPatterns,
        DateTimeOffset now
    ) => HistoryReader.Load(this, since, until, steps, jobPatterns, now);

    /// <inheritdoc />
    public QueueFigures Line(IReadOnlyList<string>? jobPatterns = null) => WorkReader.Line(this, jobPatterns);

    /// <inheritdoc />
    public IReadOnlyList<ActiveRun> GoingOn(int limit) => WorkReader.GoingOn(this, limit);

    /// <inheritdoc />
    public IReadOnlyList<TimeSpan> LatestDurations(string jobName, int limit) => WorkReader.LatestDurations(this, jobName, limit);

    /// <inheritdoc />
    public long NewestAuditRow() => Bounds("audit").Newest;

    /// <inheritdoc />
    public Page<FlowSummary> FlowPage(RowFilter filter, long? before, int limit) => FlowReader.Page(this, filter, before, limit);

    /// <inheritdoc />
    public ICallReader Calls => new CallReader(this);

    /// <inheritdoc />
    public FlowDetails? Flow(long id) => FlowReader.Find(this, id);

    /// <inheritdoc />
    public IReadOnlyList<StepSummary> FlowItems(long flowId, string step, StepStatus? status, int from, int limit) =>
        FlowReader.Items(this, flowId, step, status, from, limit);

    /// <inheritdoc />
    public IReadOnlyList<long> OpenFlows(string? jobName, int limit) => FlowReader.Open(this, jobName, limit);

    /// <inheritdoc />
    public Page<ApprovalRecord> ApprovalPage(RowFilter filter, ApprovalStatus? status, long? before, int limit) =>
        FlowReader.Approvals(this, filter, status, before, limit);

    /// <inheritdoc />
    public ApprovalRecord? Approval(long id) => InOneRead(() => new ApprovalTable(_connection).Find(id));

    /// <inheritdoc />
    public IReadOnlyList<Decision> Decisions(long approvalId) => InOneRead(() => new ApprovalTable(_connection).Decisions(approvalId));

    /// <inheritdoc />
    public void Dispose() => _connection.Dispose();

    internal List<T> Read<T>(string sql, Func<Row, T> map, NamedValues? values = null) =>
        InOneRead(() => _connection.Query(sql, map, values));

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
            throw new StoreException($"{_connection.Path} cannot be read: {WithStatements(error.TextFor)}", error)
            {
                Fault = error.Fault(),
            };
        }
        finally
        {
            EndRead();
        }
    }

    // SQLite's own way to wait for a commit of somebody else would sleep for a whole second.
    private void BeginRead()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                _connection.BeginTransaction(deferred: true);
                var code = raw.sqlite3_exec(_connection.Handle, "SELECT 1 FROM sqlite_master LIMIT 1");
                SqliteException.ThrowExceptionForRC(code, _connection.Handle);
                return;
            }
            catch (SqliteException error)
                when (error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED && Stopwatch.GetElapsedTime(started) <= _patience)
            {
                EndRead();
                Thread.Sleep(1);
            }
        }
    }

    private void EndRead() => _connection.Rollback();
}
