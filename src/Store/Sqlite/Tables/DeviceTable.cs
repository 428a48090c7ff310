using Aios.Store.Devices;
using Aios.Store.Sqlite.Driver;
using Dapper;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class DeviceTable : IDevices
{
    private readonly Statements _sql;
    private readonly SqliteDatabase _database;

    internal DeviceTable(Statements sql) => (_sql, _database) = (sql, sql.Database);

    /// <inheritdoc />
    public bool Register(DeviceRecord device) =>
        _database.Execute(
            """
            INSERT INTO devices (device, boot_id, status, tags, pid, machine, lock_domain, version, max_parallel, started, heartbeat)
            VALUES (@Device, @BootId, 'online', @tags, @Pid, @Machine, @LockDomain, @Version, @MaxParallel, @started, @started)
            ON CONFLICT (device) DO UPDATE SET boot_id = @BootId, status = 'online', tags = @tags, pid = @Pid, machine = @Machine,
                lock_domain = @LockDomain, version = @Version, max_parallel = @MaxParallel, started = @started,
                heartbeat = @started, stalled = NULL, trouble = NULL, engine = NULL
            """,
            new
            {
                device.Device,
                device.BootId,
                tags = string.Join(',', device.Tags),
                device.Pid,
                device.Machine,
                device.LockDomain,
                device.Version,
                device.MaxParallel,
                started = UnixTime.Of(device.Started),
            }
        ) == 1;

    /// <inheritdoc />
    public IReadOnlyList<ListedJobChange> PutJobs(string device, IEnumerable<ListedJob> jobs, Action<string, Action> guarded)
    {
        var former = _database
            .Query(
                "SELECT job_name, can_run, definition, coalesce(fingerprint, ''), schedule FROM device_jobs WHERE device = @device",
                row => new ListedJob(row.GetString(0), row.GetBoolean(1), row.IsDBNull(2) ? "{}" : row.GetString(2), row.GetString(3))
                {
                    Schedule = row.IsDBNull(4) ? null : row.GetString(4),
                },
                new NamedValues().Add("device", device)
            )
            .DistinctBy(job => job.JobName, StringComparer.Ordinal)
            .ToDictionary(job => job.JobName, StringComparer.Ordinal);
        var changes = new List<ListedJobChange>();
        foreach (var job in jobs)
        {
            if (former.Remove(job.JobName, out var before) && before == job)
                continue;
            guarded(job.JobName, () => Put(device, job));
            if (before?.Fingerprint != job.Fingerprint)
                changes.Add(new ListedJobChange(job.JobName, before?.Definition, job.Definition));
        }

        foreach (var gone in former.Values)
        {
            guarded(gone.JobName, () => Remove(device, gone.JobName));
            changes.Add(new ListedJobChange(gone.JobName, gone.Definition, null));
        }

        return changes;
    }

    /// <summary>
    /// The schedules of the jobs in a device's list, by their identity; null for those that no clock starts. Empty for a device
    /// that is new here.
    /// </summary>
    public IReadOnlyDictionary<string, string?> SchedulesOf(string device) =>
        _database
            .Query(
                "SELECT job_name, schedule FROM device_jobs WHERE device = @device",
                row => (Name: row.GetString(0), Schedule: row.IsDBNull(1) ? null : row.GetString(1)),
                new NamedValues().Add("device", device)
            )
            .DistinctBy(job => job.Name, StringComparer.Ordinal)
            .ToDictionary(job => job.Name, job => job.Schedule, StringComparer.Ordinal);

    // Prepared: a list of jobs can be long.
    private void Put(string device, ListedJob job) =>
        _sql.Execute(
            """
            INSERT OR REPLACE INTO device_jobs (device, job_name, can_run, definition, fingerprint, schedule)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """,
            device,
            job.JobName,
            job.CanRun,
            job.Definition,
            job.Fingerprint,
            job.Schedule
        );

    private void Remove(string device, string jobName) =>
        _sql.Execute("DELETE FROM device_jobs WHERE device = ?1 AND job_name = ?2", device, jobName);

    // Prepared, as below: asked for each trigger of a job that is not in the list.
    /// <inheritdoc />
    public bool AnyKnows(string jobName) => _sql.Scalar<long>("SELECT EXISTS (SELECT 1 FROM device_jobs WHERE job_name = ?1)", jobName) > 0;

    /// <inheritdoc />
    public bool AnyOnlineCanRun(string jobName) =>
        _sql.Scalar<long>(
            """
            SELECT count(*) FROM device_jobs JOIN devices USING (device)
            WHERE job_name = ?1 AND can_run = 1 AND devices.status = 'online'
            """,
            jobName
        ) > 0;

    /// <inheritdoc />
    public IReadOnlyList<DeviceRecord> All() =>
        _database.Query(
            "SELECT device, boot_id, tags, pid, machine, lock_domain, version, max_parallel, started, status, heartbeat, trouble FROM "
                + "devices ORDER BY device",
            Read
        );

    // Prepared: it runs each second.
    /// <inheritdoc />
    public bool Beat(string device, string bootId, DateTimeOffset now, string? trouble, string? engine = null, bool isStalled = false) =>
        _sql.Execute(
            """
            UPDATE devices SET heartbeat = ?3, stalled = CASE WHEN ?6 THEN stalled END, trouble = ?4, engine = ?5
            WHERE device = ?1 AND boot_id = ?2 AND status = 'online'
            """,
            device,
            bootId,
            UnixTime.Of(now),
            trouble,
            engine,
            isStalled
        ) == 1;

    /// <inheritdoc />
    public void Stall(string device, string bootId, DateTimeOffset now, string trouble) =>
        _database.Execute(
            """
            UPDATE devices SET heartbeat = @seconds, stalled = coalesce(stalled, @seconds), trouble = @trouble
            WHERE device = @device AND boot_id = @bootId AND status = 'online'
            """,
            new
            {
                device,
                bootId,
                seconds = UnixTime.Of(now),
                trouble,
            }
        );

    /// <inheritdoc />
    public void Leave(string device, string bootId, DateTimeOffset now) =>
        _database.Execute(
            "UPDATE devices SET status = 'offline', heartbeat = @seconds WHERE device = @device AND boot_id = @bootId",
            new
            {
                device,
                bootId,
                seconds = UnixTime.Of(now),
            }
        );

    /// <inheritdoc />
    public void ForgetGoneSince(DateTimeOffset instant)
    {
        var before = UnixTime.Of(instant);
        _database.Execute(
            "DELETE FROM device_jobs WHERE device IN (SELECT device FROM devices WHERE status = 'offline' AND heartbeat < @before)",
            new { before }
        );
        _database.Execute("DELETE FROM devices WHERE status = 'offline' AND heartbeat < @before", new { before });
    }

    private static DeviceRecord Read(Row row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2).Split(',', StringSplitOptions.RemoveEmptyEntries),
            row.GetInt32(3),
            row.GetString(4),
            row.GetString(5),
            row.GetString(6),
            row.GetInt32(7),
            UnixTime.ToInstant(row.GetDouble(8))
        )
        {
            Online = row.GetString(9) == "online",
            Heartbeat = UnixTime.ToInstant(row.GetDouble(10)),
            Trouble = row.IsDBNull(11) ? null : row.GetString(11),
        };
}
