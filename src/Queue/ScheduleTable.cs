using Aios.Queue.Sqlite;

namespace Aios.Queue;

/// <summary>The cursor of each scheduled job, shared by all devices.</summary>
public sealed class ScheduleTable
{
    private readonly Statements _sql;

    internal ScheduleTable(Statements sql) => _sql = sql;

    /// <summary>Where a job's schedule stands; null if it was never seen.</summary>
    public ScheduleCursor? Find(string jobName) => _sql.Query(
        "SELECT schedule, cursor FROM schedules WHERE job_name = ?1",
        row => new ScheduleCursor(row.GetString(0), UnixTime.ToInstant(row.GetDouble(1))),
        jobName).FirstOrDefault();

    /// <summary>Sets a job's cursor.</summary>
    public void Put(string jobName, string schedule, DateTimeOffset cursor) => _sql.Execute(
        """
        INSERT INTO schedules (job_name, schedule, cursor) VALUES (?1, ?2, ?3)
        ON CONFLICT (job_name) DO UPDATE SET schedule = ?2, cursor = ?3
        """,
        jobName,
        schedule,
        UnixTime.Of(cursor));

    /// <summary>
    /// Forgets the schedules that no device follows any more: a job that comes back, or is enabled again, has missed nothing.
    /// </summary>
    public void ForgetUnfollowed() => _sql.Execute(
        "DELETE FROM schedules WHERE NOT EXISTS (SELECT 1 FROM device_jobs WHERE device_jobs.job_name = schedules.job_name AND can_run = 1)");
}
