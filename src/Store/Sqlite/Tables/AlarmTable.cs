using Aios.Store.Notices;
using Aios.Store.Sqlite.Driver;
using Dapper;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class AlarmTable : IAlarms
{
    private const string Columns = "job_name, event, since, last, count, reason, run_id";
    private readonly Statements _sql;
    private readonly SqliteDatabase _database;

    internal AlarmTable(Statements sql) => (_sql, _database) = (sql, sql.Database);

    /// <inheritdoc />
    public Alarm Raise(string jobName, string word, string? reason, long? runId, DateTimeOffset now) =>
        _database.Query(
            $"""
            INSERT INTO alarms (job_name, event, since, last, count, reason, run_id) VALUES (@job, @event, @now, @now, 1, @reason, @run)
            ON CONFLICT (job_name, event) DO UPDATE SET last = @now, count = count + 1, reason = @reason, run_id = @run
            RETURNING {Columns}
            """,
            Read,
            new NamedValues().Add("job", jobName).Add("event", word).Add("reason", reason).Add("run", runId).Add("now", UnixTime.Of(now))
        )[0];

    // Prepared: each success of a job with a deadline or notices asks.
    /// <inheritdoc />
    public IReadOnlyList<Alarm> All(string? jobName = null) =>
        _sql.Query($"SELECT {Columns} FROM alarms WHERE ?1 IS NULL OR job_name = ?1 ORDER BY job_name, event", Read, jobName);

    /// <inheritdoc />
    public void Clear(Alarm alarm) =>
        _database.Execute("DELETE FROM alarms WHERE job_name = @JobName AND event = @Event", new { alarm.JobName, alarm.Event });

    // Prepared, as below: each second it runs for each job with a deadline.
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
        _database.Execute("DELETE FROM alarms WHERE NOT EXISTS (SELECT 1 FROM device_jobs WHERE device_jobs.job_name = alarms.job_name)");
        _database.Execute(
            "DELETE FROM deadlines WHERE NOT EXISTS (SELECT 1 FROM device_jobs WHERE device_jobs.job_name = deadlines.job_name)"
        );
        var names = _database.Query<string>("SELECT CAST(coalesce(job_name, '') AS TEXT) FROM deadlines");
        foreach (var jobName in names.Where(hasNoDeadline))
            _database.Execute("DELETE FROM deadlines WHERE job_name = @jobName", new { jobName });
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
