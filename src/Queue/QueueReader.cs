using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aios.Queue;

/// <summary>
/// Answers questions of people: lists and status. Each answer is one short read, so that it never holds up the daemon's
/// commits for long.
/// </summary>
public sealed class QueueReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private long _version;

    private QueueReader(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens an existing database; null if there is none yet.</summary>
    /// <exception cref="QueueException">It cannot be opened or is not one of AIOS.</exception>
    public static QueueReader? Open(string path) => Open(path, TimeSpan.FromSeconds(10));

    /// <summary>As above, for who cannot wait for the locks of others as long as usual.</summary>
    public static QueueReader? Open(string path, TimeSpan patience)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0) return null;
        SqliteLibrary.Use();
        // Not read-only: after a crash the first reader must be able to roll back what was not committed.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = (int)Math.Ceiling(patience.TotalSeconds) }.ToString());
        try
        {
            connection.Open();
            QueueConnection.RefuseLogOutsideMount(connection, path);
            connection.Execute($"PRAGMA busy_timeout = {(int)patience.TotalMilliseconds}");
            if (connection.ExecuteScalar<long>("PRAGMA user_version") == 0)
            {
                throw new QueueException($"{path} has not been used by AIOS yet. Start `aios` once, so that it is brought forward.");
            }

            return new QueueReader(connection);
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw new QueueException($"{path} cannot be read: {error.Message}", error);
        }
        catch
        {
            connection.Dispose();
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
    public string DatabaseId() => Telling(() => _connection.ExecuteScalar<string>("SELECT value FROM config WHERE key = 'database_id'")) ?? "";

    /// <summary>The daemons that share it.</summary>
    public IReadOnlyList<DeviceSummary> Devices() => Read(
        "SELECT device, status, tags, pid, version, max_parallel, started, heartbeat, trouble, engine, lock_domain FROM devices ORDER BY device",
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
            Text(row, 9)) { LockDomain = row.GetString(10) });

    /// <summary>Runs, newest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="status">Only those that stand so; null for all.</param>
    /// <param name="jobName">Only those of this job; null for all.</param>
    /// <param name="triggerId">Only those of this trigger; null for all.</param>
    public IReadOnlyList<RunSummary> Runs(int limit, RunStatus? status = null, string? jobName = null, long? triggerId = null)
    {
        var conditions = new List<string>();
        var values = new DynamicParameters();
        Where("status = @status", "status", status?.Name());
        Where("job_name = @job", "job", jobName);
        Where("trigger_id = @trigger", "trigger", triggerId);
        values.Add("limit", limit);
        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
        return Read(
            $"SELECT {RunColumns} FROM runs {where} ORDER BY id DESC LIMIT @limit",
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

    /// <summary>An open trigger of a job that waits, else one in line; the oldest. Null if there is none.</summary>
    public TriggerSummary? OpenTriggerOf(string jobName)
    {
        var values = new DynamicParameters();
        values.Add("job", jobName);
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
        var values = new DynamicParameters();
        values.Add("id", id);
        return Read($"SELECT {RunColumns} FROM runs WHERE id = @id", ReadRun, values).FirstOrDefault();
    }

    /// <summary>The jobs that start nothing new because somebody said so, by name.</summary>
    public IReadOnlyDictionary<string, Hold> Holds() => Telling(() => new HoldTable(new Statements(_connection)).All());

    /// <summary>Who may use the API.</summary>
    public IReadOnlyList<ApiKeyRecord> ApiKeys() => Telling(() => new ApiKeyTable(new Statements(_connection)).All());

    /// <summary>How many triggers are open, by how they stand.</summary>
    public IReadOnlyDictionary<string, long> OpenTriggers() =>
        Read("SELECT status, count(*) FROM triggers WHERE processed IS NULL GROUP BY status", row => (row.GetString(0), row.GetInt64(1)))
            .ToDictionary(pair => pair.Item1, pair => pair.Item2);

    /// <summary>Open triggers that wait, with their reasons; oldest first.</summary>
    public IReadOnlyList<TriggerSummary> WaitingTriggers(int limit)
    {
        var values = new DynamicParameters();
        values.Add("limit", limit);
        return Read($"{TriggerColumns} WHERE processed IS NULL AND status = 'waiting' ORDER BY id LIMIT @limit", ReadTrigger, values);
    }

    /// <summary>One trigger, or null.</summary>
    public TriggerSummary? Trigger(long id)
    {
        var values = new DynamicParameters();
        values.Add("id", id);
        return Read($"{TriggerColumns} WHERE id = @id", ReadTrigger, values).FirstOrDefault();
    }

    /// <summary>The latest run of each job that ever ran, by the job's name.</summary>
    public IReadOnlyDictionary<string, RunSummary> LatestRuns() => Read(
        """
        SELECT id, trigger_id, job_name, attempt, status, reason, device, pid, started, ended, exit_code, signal, NULL, cpu_seconds, peak_memory, output_bytes, progress, progress_text
        FROM runs WHERE id IN (SELECT run_id FROM jobs WHERE run_id IS NOT NULL)
        """,
        ReadRun).ToDictionary(run => run.JobName);

    /// <summary>How far each schedule has been followed.</summary>
    public IReadOnlyDictionary<string, ScheduleCursor> Cursors() => Read(
        "SELECT job_name, schedule, cursor FROM schedules",
        row => (Name: row.GetString(0), Cursor: new ScheduleCursor(row.GetString(1), UnixTime.ToInstant(row.GetDouble(2)))))
        .ToDictionary(pair => pair.Name, pair => pair.Cursor);

    /// <summary>What a job remembers, by key.</summary>
    /// <param name="jobName">The job, or <see cref="StateTable.Shared"/>.</param>
    /// <param name="key">Only this one; null for all.</param>
    public IReadOnlyList<StateEntry> State(string jobName, string? key = null)
    {
        var values = new DynamicParameters();
        values.Add("job", jobName);
        values.Add("key", key);
        return Read(
            "SELECT key, value, updated FROM state WHERE job_name = @job AND (@key IS NULL OR key = @key) ORDER BY key",
            row => new StateEntry(row.GetString(0), row.GetString(1), UnixTime.ToInstant(row.GetDouble(2))),
            values);
    }

    /// <summary>Lines of the runs of a trigger with a number above <paramref name="afterId"/>, oldest first.</summary>
    public IReadOnlyList<(long Id, string? Stream, string Message)> Lines(long triggerId, long afterId)
    {
        var values = new DynamicParameters();
        values.Add("trigger", triggerId);
        values.Add("after", afterId);
        return Read(
            "SELECT id, stream, message FROM logs WHERE run_id IN (SELECT id FROM runs WHERE trigger_id = @trigger) AND id > @after ORDER BY id LIMIT 5000",
            row => (row.GetInt64(0), Text(row, 1), row.GetString(2)),
            values);
    }

    /// <summary>Whether a job of that name is, or was, in the list of any device.</summary>
    public bool KnowsJob(string name)
    {
        var values = new DynamicParameters();
        values.Add("job", name);
        return Read("SELECT EXISTS (SELECT 1 FROM device_jobs WHERE job_name = @job) OR EXISTS (SELECT 1 FROM runs WHERE job_name = @job)", row => row.GetInt64(0), values)[0] != 0;
    }

    /// <summary>The numbers of the first and the last line, of a run or of all; 1 and 0 if there is none.</summary>
    public (long Oldest, long Newest) LogBounds(long? runId)
    {
        var values = new DynamicParameters();
        values.Add("run", runId);
        var of = runId is null ? "" : "WHERE run_id = @run";
        return Read(
            $"SELECT coalesce((SELECT id FROM logs {of} ORDER BY id LIMIT 1), 1), coalesce((SELECT id FROM logs {of} ORDER BY id DESC LIMIT 1), 0)",
            row => (row.GetInt64(0), row.GetInt64(1)),
            values)[0];
    }

    /// <summary>Lines with a number above <paramref name="after"/>, up to <paramref name="top"/>, oldest first.</summary>
    public IReadOnlyList<LogRow> Logs(LogQuery query, long after, long top, int limit)
    {
        var (where, values) = Filter(query, after, top, limit);
        return Read($"SELECT id, timestamp, level, message, device, job_name, run_id, stream FROM logs {where} ORDER BY id LIMIT @limit", ReadLog, values);
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

    private static (string Where, DynamicParameters Values) Filter(LogQuery query, long after, long top, long limit)
    {
        var where = "WHERE id > @after AND id <= @top";
        var values = new DynamicParameters();
        values.Add("after", after);
        values.Add("top", top);
        values.Add("limit", limit);
        Add(" AND job_name = @job", "job", query.JobName);
        Add(" AND run_id = @run", "run", query.RunId);
        Add(" AND timestamp >= @since", "since", query.Since is { } since ? UnixTime.Of(since) : null);
        if (JobNames.Condition(query.JobPatterns, values) is { } condition) where += $" AND {condition}";
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
    private static LogRow ReadLog(IDataReader row) => new(
        row.GetInt64(0),
        new LogLine(UnixTime.ToInstant(row.GetDouble(1)), row.GetString(2), row.GetString(3))
        {
            JobName = Text(row, 5),
            RunId = row.IsDBNull(6) ? null : row.GetInt64(6),
            Stream = Text(row, 7),
        },
        row.GetString(4));

    private const string RunColumns = "id, trigger_id, job_name, attempt, status, reason, device, pid, started, ended, exit_code, signal, result, cpu_seconds, peak_memory, output_bytes, progress, progress_text";

    private const string TriggerColumns =
        $"SELECT id, CAST(coalesce(job_name, '') AS TEXT), status, reason, note, source, {TriggerTable.Attempts}, created, run_at, processed FROM triggers";

    private static TriggerSummary ReadTrigger(IDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), Text(row, 3), Text(row, 4), row.GetString(5), row.GetInt32(6), Instant(row, 7), Instant(row, 8), Instant(row, 9));

    private static RunSummary ReadRun(IDataReader row) => new(
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
        row.IsDBNull(13) ? null : row.GetDouble(13),
        row.IsDBNull(14) ? null : row.GetInt64(14),
        row.IsDBNull(15) ? null : row.GetInt64(15))
    {
        Progress = row.IsDBNull(16) ? null : row.GetDouble(16),
        ProgressText = Text(row, 17),
    };

    private static string? Text(IDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Instant(IDataReader row, int column) => row.IsDBNull(column) ? null : UnixTime.ToInstant(row.GetDouble(column));

    internal List<T> Read<T>(string sql, Func<IDataReader, T> map, DynamicParameters? values = null) => Telling(() =>
    {
        using var reader = _connection.ExecuteReader(sql, values);
        var rows = new List<T>();
        while (reader.Read()) rows.Add(map(reader));
        return rows;
    });

    // What SQLite throws is told as what it means.
    private T Telling<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException error)
        {
            throw new QueueException($"{_connection.DataSource} cannot be read: {error.Message}", error);
        }
    }
}
