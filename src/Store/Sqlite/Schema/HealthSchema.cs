using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>What is remembered of jobs that are not, or were not long ago, well. A job that is well has no row.</summary>
internal static class HealthSchema
{
    public static void Apply(Statements sql)
    {
        sql.Execute(
            """
            CREATE TABLE job_health (
                job_name TEXT PRIMARY KEY,
                since REAL,
                failures INTEGER NOT NULL DEFAULT 0,
                level INTEGER NOT NULL DEFAULT 0,
                relapses INTEGER NOT NULL DEFAULT 0,
                recent TEXT NOT NULL DEFAULT '',
                longest_life REAL NOT NULL DEFAULT 0,
                good_since REAL,
                probation REAL NOT NULL DEFAULT 0,
                last_failure REAL,
                recovered REAL,
                reason TEXT,
                run_id INTEGER) WITHOUT ROWID
            """
        );
        RecordWhatHasFailed(sql);
    }

    // A job whose last run has failed does not look well because the schema is new.
    private static void RecordWhatHasFailed(Statements sql) =>
        sql.Execute(
            """
            INSERT INTO job_health (job_name, since, failures, recent, last_failure, reason, run_id)
            SELECT runs.job_name, runs.ended, 1, 'f', runs.ended, runs.reason, runs.id FROM jobs JOIN runs ON runs.id = jobs.run_id
            JOIN triggers ON triggers.id = runs.trigger_id
            WHERE runs.status IN ('failed', 'timed_out', 'lost') AND runs.ended IS NOT NULL AND triggers.processed IS NOT NULL AND triggers.source <> 'always'
            """
        );
}
