using Aios.Store.Notices;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <summary>What is wrong with jobs, and until when each of those with a deadline has been in time.</summary>
internal sealed class AlarmTable
{
    private const string Columns = "job_name, event, since, last, count, reason, run_id";
    private readonly Statements _sql;

    internal AlarmTable(Statements sql) => _sql = sql;

    /// <summary>Says that something is wrong, or still is; the answer is how it stands now.</summary>
    public Alarm Raise(string jobName, string word, string? reason, long? runId, DateTimeOffset now) => _sql.Query(
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
        runId)[0];

    /// <summary>All that is wrong, or all that is wrong with a job.</summary>
    public IReadOnlyList<Alarm> All(string? jobName = null) =>
        _sql.Query($"SELECT {Columns} FROM alarms WHERE ?1 IS NULL OR job_name = ?1 ORDER BY job_name, event", Read, jobName);

    /// <summary>Says that it is well again.</summary>
    public void Clear(Alarm alarm) => _sql.Execute("DELETE FROM alarms WHERE job_name = ?1 AND event = ?2", alarm.JobName, alarm.Event);

    /// <summary>From when on the deadline of a job counts, UTC: its last success, or when it was first seen. Null if it was not seen yet.</summary>
    public DateTimeOffset? InTimeSince(string jobName) =>
        _sql.Query("SELECT since FROM deadlines WHERE job_name = ?1", row => (DateTimeOffset?)UnixTime.ToInstant(row.GetDouble(0)), jobName).FirstOrDefault();

    /// <summary>Says that the deadline of a job counts from now on.</summary>
    public void SetInTime(string jobName, DateTimeOffset now) =>
        _sql.Execute("INSERT OR REPLACE INTO deadlines (job_name, since) VALUES (?1, ?2)", jobName, UnixTime.Of(now));

    /// <summary>Forgets what concerns jobs that are in no list any more.</summary>
    public void ForgetUnlisted()
    {
        _sql.Execute("DELETE FROM alarms WHERE NOT EXISTS (SELECT 1 FROM device_jobs WHERE device_jobs.job_name = alarms.job_name)");
        _sql.Execute("DELETE FROM deadlines WHERE NOT EXISTS (SELECT 1 FROM device_jobs WHERE device_jobs.job_name = deadlines.job_name)");
    }

    /// <summary>Forgets the deadlines of those jobs, which have none any more.</summary>
    public void ForgetDeadlines(Func<string, bool> hasNone)
    {
        foreach (var name in _sql.Query("SELECT job_name FROM deadlines", row => row.GetString(0)).Where(hasNone)) _sql.Execute("DELETE FROM deadlines WHERE job_name = ?1", name);
    }

    private static Alarm Read(Row row) => new(
        row.GetString(0),
        row.GetString(1),
        UnixTime.ToInstant(row.GetDouble(2)),
        UnixTime.ToInstant(row.GetDouble(3)),
        row.GetInt64(4),
        row.IsDBNull(5) ? null : row.GetString(5),
        row.IsDBNull(6) ? null : row.GetInt64(6));
}
