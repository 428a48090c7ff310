using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>
/// A cursor for each schedule that a job has been given, and beside it where a clock that is behind goes on. Occurrences of
/// dates are told apart by their instants, as all others are, and a wait keeps its span, so that it can begin anew.
/// </summary>
internal static class ScheduleSchema
{
    public static void Apply(Statements sql)
    {
        sql.Execute("ALTER TABLE schedules RENAME TO former_schedules");
        sql.Execute(
            """
            CREATE TABLE schedules (
                job_name TEXT NOT NULL,
                schedule TEXT NOT NULL,
                cursor REAL NOT NULL,
                resumed REAL,
                PRIMARY KEY (job_name, schedule)) WITHOUT ROWID
            """
        );
        sql.Execute("INSERT INTO schedules (job_name, schedule, cursor) SELECT job_name, schedule, cursor FROM former_schedules");
        sql.Execute("DROP TABLE former_schedules");
        sql.Execute("ALTER TABLE device_jobs ADD COLUMN schedule TEXT");
        sql.Execute(
            "UPDATE device_jobs SET schedule = (SELECT schedule FROM schedules WHERE schedules.job_name = device_jobs.job_name) "
                + "WHERE can_run = 1"
        );
        sql.Execute(OccurrencesByInstant);
        sql.Execute("ALTER TABLE triggers ADD COLUMN wait_seconds REAL");
        KeepSpans(sql);
    }

    // What has run today must not run again under another key.
    internal const string OccurrencesByInstant = """
        UPDATE OR IGNORE triggers SET dedup_key = 'occurrence:' || job_name || '@' || CAST(round(occurrence * 1000) AS INTEGER)
        WHERE dedup_key >= 'occurrence:' AND dedup_key < 'occurrence;' AND typeof(occurrence) IN ('real', 'integer')
            AND dedup_key GLOB 'occurrence:*@[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
        """;

    private static void KeepSpans(Statements sql) =>
        sql.Execute(
            """
            UPDATE triggers SET wait_seconds = max(0, due - (
                CASE WHEN attempt > 0 AND source <> 'always'
                    THEN (SELECT ended FROM runs WHERE trigger_id = triggers.id ORDER BY id DESC LIMIT 1) ELSE created END))
            WHERE processed IS NULL AND status = 'waiting' AND due IS NOT NULL AND (attempt > 0 OR source IN ('always', 'catch_up'))
            """
        );
}
