using Aios.Store.Audit;
using Aios.Store.Devices;
using Aios.Store.Events;
using Aios.Store.Logs;
using Aios.Store.Results;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Tables;
using Aios.Store.Triggers;

namespace Aios.Store.Sqlite.Reading;

/// <summary>The columns of what people read, and the records that they become.</summary>
internal static class SummaryRows
{
    // Other programs may have put anything into the table.
    public static LogRow ReadLog(Row row) =>
        new(
            row.GetInt64(0),
            new LogLine(UnixTime.ToInstant(row.GetDouble(1)), row.GetString(2), row.GetString(3))
            {
                JobName = Text(row, 5),
                RunId = row.IsDBNull(6) ? null : row.GetInt64(6),
                Stream = Text(row, 7),
            },
            row.GetString(4)
        );

    public static EventRow ReadEvent(Row row) =>
        new(row.GetInt64(0), UnixTime.ToInstant(row.GetDouble(1)), row.GetString(2))
        {
            JobName = Text(row, 3),
            TriggerId = row.IsDBNull(4) ? null : row.GetInt64(4),
            RunId = row.IsDBNull(5) ? null : row.GetInt64(5),
            Status = Text(row, 6),
            Reason = Text(row, 7),
            Device = Text(row, 8),
            Progress = Share(row, 9),
            ProgressText = Text(row, 10),
            FlowId = row.IsDBNull(11) ? null : row.GetInt64(11),
            Step = Text(row, 12),
            ApprovalId = row.IsDBNull(13) ? null : row.GetInt64(13),
        };

    public const string RunColumns =
        "id, trigger_id, job_name, attempt, status, reason, device, pid, started, ended, exit_code, signal, result, cpu_seconds, "
        + "peak_memory, output_bytes, progress, progress_text, (SELECT flow_id FROM triggers WHERE triggers.id = runs.trigger_id), "
        + "result_file";

    public const string TriggerColumns =
        $"SELECT id, substr(CAST(coalesce(job_name, '') AS TEXT), 1, 1024), substr(status, 1, 64), substr(reason, 1, 65536), substr(note, "
        + $"1, 65536), substr(source, 1, 64), {TriggerSql.Attempts}, created, run_at, processed, flow_id, "
        + "CASE WHEN typeof(parent_run_id) = 'integer' THEN parent_run_id END FROM triggers";

    // Whatever somebody has put into the table, it is read, so that the chain can tell.
    public const string AuditColumns =
        "SELECT id, CAST(at AS REAL), CAST(coalesce(actor, '') AS TEXT), CAST(coalesce(origin, '') AS TEXT), CAST(coalesce(action, "
        + "'') AS TEXT), "
        + "CAST(job_name AS TEXT), CAST(subject AS TEXT), CAST(before AS TEXT), CAST(after AS TEXT), CAST(coalesce(hash, '') AS "
        + "TEXT) FROM audit";

    public static AuditRow ReadAudit(Row row) =>
        new(
            row.GetInt64(0),
            row.IsDBNull(1) ? 0 : row.GetDouble(1),
            new AuditEntry(
                UnixTime.ToInstant(row.IsDBNull(1) ? 0 : row.GetDouble(1)),
                new Actor(row.GetString(2), row.GetString(3)),
                row.GetString(4)
            )
            {
                JobName = Text(row, 5),
                Subject = Text(row, 6),
                BeforeJson = Text(row, 7),
                AfterJson = Text(row, 8),
            },
            row.GetString(9)
        );

    public static TriggerSummary ReadTrigger(Row row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            row.GetString(2),
            Text(row, 3),
            Text(row, 4),
            row.GetString(5),
            row.GetInt32(6),
            Instant(row, 7),
            Instant(row, 8),
            Instant(row, 9)
        )
        {
            FlowId = row.IsDBNull(10) ? null : row.GetInt64(10),
            ParentRunId = row.IsDBNull(11) ? null : row.GetInt64(11),
        };

    public static RunSummary ReadRun(Row row) =>
        new(
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
            row.IsDBNull(15) ? null : row.GetInt64(15)
        )
        {
            Progress = Share(row, 16),
            ProgressText = Text(row, 17),
            FlowId = row.IsDBNull(18) ? null : row.GetInt64(18),
            ResultFile = ResultReference.Read(Text(row, 19)),
        };

    // JSON has no infinity.
    private static double? Finite(Row row, int column) =>
        row.IsDBNull(column) || !double.IsFinite(row.GetDouble(column)) ? null : row.GetDouble(column);

    // Whatever a client has written there, no run is further than done.
    private static double? Share(Row row, int column) => Finite(row, column) is { } share ? Math.Clamp(share, 0, 1) : null;

    public static string? Text(Row row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset? Instant(Row row, int column) => row.IsDBNull(column) ? null : UnixTime.ToInstant(row.GetDouble(column));

    public static DeviceSummary ReadDevice(Row row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2).Split(',', StringSplitOptions.RemoveEmptyEntries),
            row.GetInt64(3),
            row.GetString(4),
            row.GetInt32(5),
            UnixTime.ToInstant(row.GetDouble(6)),
            UnixTime.ToInstant(row.GetDouble(7)),
            Text(row, 8),
            Text(row, 9)
        )
        {
            LockDomain = row.GetString(10),
            Stalled = Instant(row, 11),
        };
}
