using Aios.Store.Jobs;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class ScheduleTable : ISchedules
{
    internal const string Columns = "SELECT job_name, schedule, cursor, resumed FROM schedules";

    private readonly Statements _sql;

    internal ScheduleTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public IReadOnlyList<ScheduleCursor> Of(string jobName) => _sql.Query($"{Columns} WHERE job_name = ?1", Read, jobName);

    /// <inheritdoc />
    public void Put(ScheduleCursor cursor) =>
        _sql.Execute(
            """
            INSERT INTO schedules (job_name, schedule, cursor, resumed) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (job_name, schedule) DO UPDATE SET cursor = ?3, resumed = ?4
            """,
            cursor.JobName,
            cursor.Schedule,
            UnixTime.Of(cursor.Cursor),
            cursor.Resumed is { } resumed ? UnixTime.Of(resumed) : null
        );

    /// <inheritdoc />
    public void Restore(string jobName, IReadOnlyList<ScheduleCursor> former)
    {
        _sql.Execute("DELETE FROM schedules WHERE job_name = ?1", jobName);
        foreach (var cursor in former)
            Put(cursor);
    }

    /// <inheritdoc />
    public void ForgetUnlessFollowed(string jobName, string schedule, string device) =>
        _sql.Execute(
            $"DELETE FROM schedules WHERE job_name = ?1 AND schedule = ?2 AND NOT {Followed} AND device_jobs.device <> ?3)",
            jobName,
            schedule,
            device
        );

    /// <inheritdoc />
    public void ForgetOthers(string jobName, string schedule) =>
        _sql.Execute($"DELETE FROM schedules WHERE job_name = ?1 AND schedule <> ?2 AND NOT {Followed})", jobName, schedule);

    /// <inheritdoc />
    public void ForgetUnlisted() =>
        _sql.Execute(
            """
            DELETE FROM schedules WHERE NOT EXISTS (
                SELECT 1 FROM device_jobs WHERE device_jobs.job_name = schedules.job_name AND device_jobs.schedule = schedules.schedule)
            """
        );

    internal static ScheduleCursor Read(Row row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            UnixTime.ToInstant(row.GetDouble(2)),
            row.IsDBNull(3) ? null : UnixTime.ToInstant(row.GetDouble(3))
        );

    private const string Followed = """
        EXISTS (SELECT 1 FROM device_jobs JOIN devices USING (device)
            WHERE device_jobs.job_name = schedules.job_name AND device_jobs.schedule = schedules.schedule AND can_run = 1
                AND status = 'online'
        """;
}
