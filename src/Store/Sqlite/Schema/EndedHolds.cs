using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>A job that has ended and does not come back is held, too, and that has an event of its own.</summary>
internal static class EndedHolds
{
    public static void Apply(Statements sql)
    {
        const string Kind = "CASE NEW.kind WHEN 'stopped' THEN 'job.stopped' WHEN 'ended' THEN 'job.ended' ELSE 'job.paused' END";
        const string Insert = $"INSERT INTO events (kind, job_name) VALUES ({Kind}, CAST(NEW.job_name AS TEXT))";
        sql.Execute("DROP TRIGGER IF EXISTS event_job_held");
        sql.Execute("DROP TRIGGER IF EXISTS event_job_held_otherwise");
        sql.Execute($"CREATE TRIGGER event_job_held AFTER INSERT ON holds BEGIN {Insert}; END");
        sql.Execute(
            $"CREATE TRIGGER event_job_held_otherwise AFTER UPDATE OF kind ON holds WHEN OLD.kind IS NOT NEW.kind BEGIN {Insert}; END"
        );
    }
}
