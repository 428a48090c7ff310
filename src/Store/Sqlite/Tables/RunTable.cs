using Aios.Store.Devices;
using Aios.Store.Jobs;
using Aios.Store.Results;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Triggers;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class RunTable : IRuns
{
    private const string Columns =
        "id, trigger_id, job_name, attempt, device, boot_id, pid, process_start, started, container, (SELECT source FROM triggers WHERE "
        + "triggers.id = trigger_id)";
    private readonly Statements _sql;

    internal RunTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public long Begin(long triggerId, string jobName, int attempt, string device, string bootId, DateTimeOffset now)
    {
        _sql.Execute(
            "INSERT INTO runs (trigger_id, job_name, attempt, status, device, boot_id, started) VALUES (?1, ?2, ?3, 'running', ?4, ?5, ?6)",
            triggerId,
            jobName,
            attempt,
            device,
            bootId,
            UnixTime.Of(now)
        );
        return _sql.LastInsertedId;
    }

    /// <inheritdoc />
    public void RecordProcess(long id, string jobName, RunProcess process)
    {
        _sql.Execute(
            "UPDATE runs SET pid = ?2, process_start = ?3, started = ?4 WHERE id = ?1",
            id,
            process.Pid,
            process.Start,
            UnixTime.Of(process.Started)
        );
        _sql.Execute("UPDATE jobs SET pid = ?3 WHERE job_name = ?1 AND run_id = ?2", jobName, id, process.Pid);
    }

    // The table that the scripts of the original's users read. A run has no process yet, or no longer.
    /// <inheritdoc />
    public void RecordLatest(string jobName, RunStatus status, string device, DateTimeOffset now, long runId) =>
        _sql.Execute(
            """
            INSERT INTO jobs (job_name, status, device, last_update, pid, run_id) VALUES (?1, ?2, ?3, ?4, NULL, ?5)
            ON CONFLICT (job_name) DO UPDATE SET status = ?2, device = ?3, last_update = ?4, pid = NULL, run_id = ?5
            """,
            jobName,
            status.OriginalWord(),
            device,
            UnixTime.Of(now),
            runId
        );

    /// <inheritdoc />
    public void RecordContainer(long id, string container) => _sql.Execute("UPDATE runs SET container = ?2 WHERE id = ?1", id, container);

    /// <inheritdoc />
    public bool TakeUp(long id, string bootId) =>
        _sql.Execute("UPDATE runs SET boot_id = ?2 WHERE id = ?1 AND status = 'running'", id, bootId) == 1;

    /// <inheritdoc />
    public bool? End(long id, RunEnd end) =>
        _sql.Query(
                """
                UPDATE runs SET status = ?2, ended = ?3, exit_code = ?4, signal = ?5, result = ?6, reason = ?7, cpu_seconds = ?8,
                    peak_memory = ?9, output_bytes = ?10, result_file = ?14,
                    pid = coalesce(?11, pid), process_start = coalesce(?12, process_start), started = coalesce(?13, started)
                WHERE id = ?1 AND status = 'running' RETURNING stop_request IS NOT NULL AND stop_request <> 'restart'
                """,
                row => (bool?)row.GetBoolean(0),
                id,
                end.Status.Name(),
                UnixTime.Of(end.Ended),
                end.ExitCode,
                end.Signal,
                end.ResultJson,
                end.Reason,
                end.CpuSeconds,
                end.PeakMemory,
                end.OutputBytes,
                end.Process?.Pid,
                end.Process?.Start,
                end.Process is { } process ? UnixTime.Of(process.Started) : null,
                ResultReference.Write(end.ResultFile)
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public bool Progress(long id, double fraction, string? text) =>
        _sql.Execute("UPDATE runs SET progress = ?2, progress_text = ?3 WHERE id = ?1 AND status = 'running'", id, fraction, text) == 1;

    /// <inheritdoc />
    public int CountLost(long triggerId) =>
        (int)_sql.Scalar<long>("SELECT count(*) FROM runs INDEXED BY runs_by_trigger WHERE trigger_id = ?1 AND status = 'lost'", triggerId);

    /// <inheritdoc />
    public bool GoesOn(long id, string jobName) =>
        _sql.Scalar<long>("SELECT count(*) FROM runs WHERE id = ?1 AND job_name = ?2 AND status = 'running'", id, jobName) == 1;

    /// <inheritdoc />
    public int GoingOn(string jobName) =>
        (int)_sql.Scalar<long>("SELECT count(*) FROM runs INDEXED BY runs_going_on WHERE status = 'running' AND job_name = ?1", jobName);

    /// <inheritdoc />
    public bool AnyGoesOnBesideMakeUps(string jobName) =>
        _sql.Scalar<long>(
            """
            SELECT count(*) FROM runs INDEXED BY runs_going_on JOIN triggers ON triggers.id = trigger_id
            WHERE runs.status = 'running' AND runs.job_name = ?1 AND source <> 'catch_up'
            """,
            jobName
        ) > 0;

    /// <inheritdoc />
    public IReadOnlyList<RunRecord> LeftBy(string device, string livingBoot) =>
        _sql.Query(
            $"SELECT {Columns} FROM runs WHERE status = 'running' AND device = ?1 AND boot_id NOT IN (?2, 'flow')",
            Read,
            device,
            livingBoot
        );

    /// <inheritdoc />
    public IReadOnlyList<RunRecord> LeftByDead(DeviceRecord dead) =>
        _sql.Query(
            $"""
            SELECT {Columns} FROM runs WHERE status = 'running' AND device = ?1 AND boot_id <> 'flow'
                AND EXISTS (SELECT 1 FROM devices WHERE devices.device = ?1 AND devices.boot_id = ?2)
            """,
            Read,
            dead.Device,
            dead.BootId
        );

    /// <inheritdoc />
    public int LostUnseen(long triggerId, long runId) =>
        (int)
            _sql.Scalar<long>(
                """
                SELECT count(*) FROM runs WHERE trigger_id = ?1 AND status = 'lost' AND pid IS NULL
                    AND EXISTS (SELECT 1 FROM runs AS this WHERE this.id = ?2 AND this.pid IS NULL)
                """,
                triggerId,
                runId
            );

    /// <inheritdoc />
    public bool RequestStop(long id, StopRequest request) =>
        _sql.Execute("UPDATE runs SET stop_request = ?2 WHERE id = ?1 AND status = 'running'", id, request.Name()) == 1;

    /// <inheritdoc />
    public IReadOnlyList<long> RequestStopOf(string jobName, StopRequest request, long upToTrigger = long.MaxValue) =>
        _sql.Query(
            "UPDATE runs INDEXED BY runs_going_on SET stop_request = ?2 WHERE status = 'running' AND job_name = ?1 AND trigger_id <= ?3 "
                + "RETURNING id",
            row => row.GetInt64(0),
            jobName,
            request.Name(),
            upToTrigger
        );

    /// <inheritdoc />
    public IReadOnlyList<long> RequestStopOfTrigger(long triggerId, StopRequest request) =>
        _sql.Query(
            "UPDATE runs SET stop_request = ?2 WHERE trigger_id = ?1 AND status = 'running' RETURNING id",
            row => row.GetInt64(0),
            triggerId,
            request.Name()
        );

    /// <inheritdoc />
    public IReadOnlyList<string> BootsGoingOn() =>
        _sql.Query("SELECT DISTINCT boot_id FROM runs INDEXED BY runs_going_on WHERE status = 'running'", row => row.GetString(0));

    /// <inheritdoc />
    public IReadOnlyList<(long Id, StopRequest Request)> ToStop(string device) =>
        _sql.Query(
            "SELECT id, CAST(stop_request AS TEXT) FROM runs INDEXED BY runs_to_stop WHERE status = 'running' AND stop_request IS NOT "
                + "NULL AND device = ?1",
            row => (row.GetInt64(0), StopRequestNames.Parse(row.GetString(1))),
            device
        );

    private static RunRecord Read(Row row) =>
        new(
            row.GetInt64(0),
            row.GetInt64(1),
            row.GetString(2),
            row.GetInt32(3),
            row.GetString(4),
            row.GetString(5),
            row.IsDBNull(6) ? null : row.GetInt32(6),
            row.IsDBNull(7) ? null : row.GetInt64(7),
            UnixTime.ToInstant(row.GetDouble(8))
        )
        {
            Container = row.IsDBNull(9) ? null : row.GetString(9),
            Source = row.IsDBNull(10) ? TriggerSource.Insert : row.GetString(10),
        };
}
