using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Tables;

namespace Aios.Store.Sqlite.Schema;

/// <summary>
/// Keeps what other programs write within bounds: the numbers of rows, and what of a row is copied into the events. A
/// device says since when its loop does not get on.
/// </summary>
internal static class RowBounds
{
    // Characters.
    private const int Name = 256;
    private const int Text = 4096;

    public static void Apply(Statements sql)
    {
        sql.Execute("ALTER TABLE devices ADD COLUMN stalled REAL");
        IdSpace.Mend(sql);
        IdSpace.Guard(sql);
        CutTriggerEvents(sql);
        CutRunEvents(sql);
        CutHoldEvents(sql);
    }

    private static string Cut(string column, int longest) => $"substr(CAST({column} AS TEXT), 1, {longest})";

    private static void CutTriggerEvents(Statements sql)
    {
        const string insert = "INSERT INTO events (kind, job_name, trigger_id, status, reason) VALUES";
        var row = $"{Cut("NEW.job_name", Name)}, NEW.id, {Cut("NEW.status", Name)}, {Cut("NEW.reason", Text)}";
        Replace(
            sql,
            "event_trigger_made",
            $"AFTER INSERT ON triggers BEGIN {insert} (CASE WHEN NEW.processed IS NULL THEN 'trigger.queued' ELSE 'trigger.closed' "
                + $"END, {row}); END"
        );
        Replace(
            sql,
            "event_trigger_closed",
            $"AFTER UPDATE OF processed ON triggers WHEN OLD.processed IS NULL AND NEW.processed IS NOT NULL BEGIN {insert} "
                + $"('trigger.closed', {row}); END"
        );
    }

    private static void CutRunEvents(Statements sql)
    {
        const string insert =
            "INSERT INTO events (kind, job_name, trigger_id, run_id, status, reason, device, progress, progress_text) VALUES";
        var row =
            $"{Cut("NEW.job_name", Name)}, NEW.trigger_id, NEW.id, {Cut("NEW.status", Name)}, {Cut("NEW.reason", Text)}, "
            + $"{Cut("NEW.device", Name)}, NEW.progress, {Cut("NEW.progress_text", Text)}";
        Replace(sql, "event_run_started", $"AFTER INSERT ON runs BEGIN {insert} ('run.started', {row}); END");
        Replace(
            sql,
            "event_run_progress",
            $"AFTER UPDATE OF progress, progress_text ON runs WHEN OLD.progress IS NOT NEW.progress OR OLD.progress_text IS NOT "
                + $"NEW.progress_text BEGIN {insert} ('run.progress', {row}); END"
        );
        Replace(
            sql,
            "event_run_ended",
            $"AFTER UPDATE OF status ON runs WHEN OLD.status = 'running' AND NEW.status <> 'running' BEGIN {insert} "
                + $"('run.ended', {row}); END"
        );
    }

    private static void CutHoldEvents(Statements sql)
    {
        var insert =
            $"INSERT INTO events (kind, job_name) VALUES (CASE NEW.kind WHEN 'stopped' THEN 'job.stopped' WHEN 'ended' THEN 'job.ended' "
            + $"ELSE 'job.paused' END, {Cut("NEW.job_name", Name)})";
        Replace(sql, "event_job_held", $"AFTER INSERT ON holds BEGIN {insert}; END");
        Replace(sql, "event_job_held_otherwise", $"AFTER UPDATE OF kind ON holds WHEN OLD.kind IS NOT NEW.kind BEGIN {insert}; END");
        Replace(
            sql,
            "event_job_resumed",
            $"AFTER DELETE ON holds BEGIN INSERT INTO events (kind, job_name) VALUES ('job.resumed', {Cut("OLD.job_name", Name)}); END"
        );
    }

    private static void Replace(Statements sql, string name, string definition)
    {
        sql.Execute($"DROP TRIGGER IF EXISTS {name}");
        sql.Execute($"CREATE TRIGGER {name} {definition}");
    }
}
