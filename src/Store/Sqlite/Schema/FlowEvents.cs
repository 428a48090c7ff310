using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>
/// What becomes of the steps of flows, and of what people are asked, are events. Of items only their step tells; what somebody
/// confirms alone is nobody else's to hear of.
/// </summary>
internal static class FlowEvents
{
    private const int LongestText = 4096;

    public static void Apply(Statements sql)
    {
        sql.Execute("ALTER TABLE events ADD COLUMN flow_id INTEGER");
        sql.Execute("ALTER TABLE events ADD COLUMN step TEXT");
        sql.Execute("ALTER TABLE events ADD COLUMN approval_id INTEGER");
        const string Step =
            "INSERT INTO events (kind, job_name, trigger_id, status, reason, flow_id, step) VALUES ('flow.step', (SELECT job_name FROM "
            + "flows WHERE id = NEW.flow_id), NEW.trigger_id, NEW.status, ";
        var step = $"{Step}{Cut("NEW.reason")}, NEW.flow_id, NEW.step)";
        sql.Execute($"CREATE TRIGGER event_step_begun AFTER INSERT ON steps WHEN NEW.item = -1 BEGIN {step}; END");
        sql.Execute(
            "CREATE TRIGGER event_step_changed AFTER UPDATE OF status ON steps WHEN NEW.item = -1 AND OLD.status <> NEW.status BEGIN "
                + $"{step}; END"
        );
        sql.Execute(
            "CREATE TRIGGER event_approval_asked AFTER INSERT ON approvals WHEN NEW.status = 'waiting' AND NEW.kind <> 'confirmation' "
                + $"BEGIN {Approval("approval.waiting", "question")}; END"
        );
        sql.Execute(
            "CREATE TRIGGER event_approval_decided AFTER UPDATE OF status ON approvals WHEN OLD.status = 'waiting' AND NEW.status <> "
                + $"'waiting' AND NEW.kind <> 'confirmation' BEGIN {Approval("approval.decided", "reason")}; END"
        );
    }

    private static string Approval(string kind, string reason) =>
        $"INSERT INTO events (kind, job_name, status, reason, flow_id, step, approval_id) VALUES ('{kind}', NEW.job_name, NEW.status, "
        + $"{Cut($"NEW.{reason}")}, NEW.flow_id, NEW.step, NEW.id)";

    private static string Cut(string column) => $"substr({column}, 1, {LongestText})";
}
