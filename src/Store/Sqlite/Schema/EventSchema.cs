using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>
/// What happens is written down by the database itself, as part of the very commit in which it happens, whoever makes
/// that: a daemon, a verb, or any program. So no event is missing, none tells of what was rolled back, and their numbers
/// rise in the order of the commits, across restarts. Only the latest are kept.
/// </summary>
internal static class EventSchema
{
    /// <summary>At least so many of the latest events are kept.</summary>
    public const int Kept = 50_000;

    // So that not each event costs the removal of another one.
    private const int RemovedAtOnce = 1000;

    private const string Now = "((julianday('now') - 2440587.5) * 86400.0)";

    public static void Create(Statements sql)
    {
        sql.Execute(
            $"""
            CREATE TABLE events (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                created REAL NOT NULL DEFAULT {Now},
                kind TEXT NOT NULL,
                job_name TEXT,
                trigger_id INTEGER,
                run_id INTEGER,
                status TEXT,
                reason TEXT,
                device TEXT,
                progress REAL,
                progress_text TEXT)
            """
        );
        sql.Execute(
            $"""
            CREATE TRIGGER events_kept AFTER INSERT ON events WHEN NEW.id % {RemovedAtOnce} = 0 BEGIN
                DELETE FROM events WHERE id <= NEW.id - {Kept};
            END
            """
        );
        WatchTriggers(sql);
        WatchRuns(sql);
        WatchHolds(sql);
        WatchDevices(sql);
    }

    // Other programs may have put anything into a row, hence the casts.
    private static void WatchTriggers(Statements sql)
    {
        const string Insert = "INSERT INTO events (kind, job_name, trigger_id, status, reason) VALUES";
        const string Row = "CAST(NEW.job_name AS TEXT), NEW.id, CAST(NEW.status AS TEXT), CAST(NEW.reason AS TEXT)";
        sql.Execute(
            $"""
            CREATE TRIGGER event_trigger_made AFTER INSERT ON triggers BEGIN
                {Insert} (CASE WHEN NEW.processed IS NULL THEN 'trigger.queued' ELSE 'trigger.closed' END, {Row});
            END
            """
        );
        sql.Execute(
            $"""
            CREATE TRIGGER event_trigger_closed AFTER UPDATE OF processed ON triggers WHEN OLD.processed IS NULL AND NEW.processed IS NOT NULL BEGIN
                {Insert} ('trigger.closed', {Row});
            END
            """
        );
    }

    private static void WatchRuns(Statements sql)
    {
        const string Insert =
            "INSERT INTO events (kind, job_name, trigger_id, run_id, status, reason, device, progress, progress_text) VALUES";
        const string Row = "NEW.job_name, NEW.trigger_id, NEW.id, NEW.status, NEW.reason, NEW.device, NEW.progress, NEW.progress_text";
        sql.Execute(
            $"""
            CREATE TRIGGER event_run_started AFTER INSERT ON runs BEGIN
                {Insert} ('run.started', {Row});
            END
            """
        );
        sql.Execute(
            $"""
            CREATE TRIGGER event_run_progress AFTER UPDATE OF progress, progress_text ON runs
            WHEN OLD.progress IS NOT NEW.progress OR OLD.progress_text IS NOT NEW.progress_text BEGIN
                {Insert} ('run.progress', {Row});
            END
            """
        );
        sql.Execute(
            $"""
            CREATE TRIGGER event_run_ended AFTER UPDATE OF status ON runs WHEN OLD.status = 'running' AND NEW.status <> 'running' BEGIN
                {Insert} ('run.ended', {Row});
            END
            """
        );
    }

    private static void WatchHolds(Statements sql)
    {
        const string Insert =
            "INSERT INTO events (kind, job_name) VALUES (CASE WHEN NEW.kind = 'stopped' THEN 'job.stopped' ELSE 'job.paused' END, "
            + "CAST(NEW.job_name AS TEXT))";
        sql.Execute($"CREATE TRIGGER event_job_held AFTER INSERT ON holds BEGIN {Insert}; END");
        sql.Execute(
            $"CREATE TRIGGER event_job_held_otherwise AFTER UPDATE OF kind ON holds WHEN OLD.kind IS NOT NEW.kind BEGIN {Insert}; END"
        );
        sql.Execute(
            "CREATE TRIGGER event_job_resumed AFTER DELETE ON holds BEGIN INSERT INTO events (kind, job_name) VALUES ('job.resumed', "
                + "CAST(OLD.job_name AS TEXT)); END"
        );
    }

    private static void WatchDevices(Statements sql)
    {
        const string Insert = "INSERT INTO events (kind, device) VALUES ('device.' || NEW.status, NEW.device)";
        sql.Execute($"CREATE TRIGGER event_device_new AFTER INSERT ON devices BEGIN {Insert}; END");
        sql.Execute(
            $"CREATE TRIGGER event_device_changed AFTER UPDATE OF status, boot_id ON devices WHEN OLD.status IS NOT NEW.status OR "
                + $"OLD.boot_id IS NOT NEW.boot_id BEGIN {Insert}; END"
        );
    }
}
