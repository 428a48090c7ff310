using Aios.Store.Notices;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class AlarmTable : IAlarms
{
    private const string Columns = "job_name, event, since, last, count, reason, run_id";
    private readonly Statements _sql;

    internal AlarmTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public Alarm Raise(string jobName, string word, string? reason, long? runId, DateTimeOffset now) =>
        _sql.Query(
            $"""
            INSERT INTO alarms (job_name, event, since, last, count, reason, run_id) VALUES (?1, ?2, ?3, ?3, 1, ?4, ?5)
            ON CONFLICT (job_name, event) DO UPDATE SET last = ?3, count = count + 1, reason = ?4, run_id = ?5
            RETURNING {Columns}
            """,
            Read,
            jobName,
            word,
            UnixTime.Of(now),
            reason,
            runId
        )[0];

    /// <inheritdoc />
    public IReadOnlyList<Alarm> All(string? jobName = null) =>
        _sql.Query($"SELECT {Columns} FROM alarms WHERE ?1 IS NULL OR job_name = ?1 ORDER BY job_name, event", Read, jobName);

    /// <inheritdoc />
    public void Clear(Alarm alarm) => _sql.Execute("DELETE FROM alarms WHERE job_name = ?1 AND event = ?2", alarm.JobName, alarm.Event);

    /// <inheritdoc />
    public DateTimeOffset? InTimeSince(string jobName) =>
        _sql.Query("SELECT since FROM deadlines WHERE job_name = ?1", row => (DateTimeOffset?)UnixTime.ToInstant(row.GetDouble(0)), jobName)
            .FirstOrDefault();

    /// <inheritdoc />
    public void SetInTime(string jobName, DateTimeOffset now) =>
        _sql.Execute("INSERT OR REPLACE INTO deadlines (job_name, since) VALUES (?1, ?2)", jobName, UnixTime.Of(now));

    /// <inheritdoc />
    public void ForgetUnlisted(Func<string, bool> hasNoDeadline)
    {
        _sql.Execute("DELETE FROM alarms WHERE NOT EXISTS (SELECT 1 FROM device_jobs WHERE device_jobs.job_name = alarms.job_name)");
        _sql.Execute("DELETE FROM deadlines WHERE NOT EXISTS (SELECT 1 FROM device_jobs WHERE device_jobs.job_name = deadlines.job_name)");
        foreach (var name in _sql.Query("SELECT job_name FROM deadlines", row => row.GetString(0)).Where(hasNoDeadline))
            _sql.Execute("DELETE FROM deadlines WHERE job_name = ?1", name);
    }

    private static Alarm Read(Row row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            UnixTime.ToInstant(row.GetDouble(2)),
            UnixTime.ToInstant(row.GetDouble(3)),
            row.GetInt64(4),
            row.IsDBNull(5) ? null : row.GetString(5),
            row.IsDBNull(6) ? null : row.GetInt64(6)
        );
}
