using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>
/// Flows, and what people are asked. What may move a flow on wakes it within the transaction in which it happens, whoever makes
/// that: a row in <c>flow_wakes</c>.
/// </summary>
internal static class FlowSchema
{
    private const string Now = "((julianday('now') - 2440587.5) * 86400.0)";

    public static void Apply(Statements sql)
    {
        sql.Execute("ALTER TABLE triggers ADD COLUMN flow_id INTEGER");
        sql.Execute("CREATE INDEX triggers_by_flow ON triggers (flow_id) WHERE flow_id IS NOT NULL");
        sql.Execute("ALTER TABLE runs ADD COLUMN result_file TEXT");
        sql.Execute("CREATE INDEX runs_with_file ON runs (id) WHERE result_file IS NOT NULL");
        AddFlows(sql);
        AddApprovals(sql);
        AddWakes(sql);
    }

    private static void AddFlows(Statements sql)
    {
        sql.Execute(
            """
            CREATE TABLE flow_plans (
                id INTEGER PRIMARY KEY,
                digest TEXT NOT NULL UNIQUE,
                plan TEXT NOT NULL,
                created REAL NOT NULL)
            """
        );
        sql.Execute(
            """
            CREATE TABLE flows (
                id INTEGER PRIMARY KEY,
                run_id INTEGER NOT NULL,
                job_name TEXT NOT NULL,
                plan_id INTEGER NOT NULL,
                args TEXT NOT NULL,
                kwargs TEXT NOT NULL,
                depth INTEGER NOT NULL,
                attempt INTEGER NOT NULL,
                priority INTEGER NOT NULL,
                traceparent TEXT,
                started REAL NOT NULL,
                ended REAL,
                due REAL,
                ending TEXT,
                restart_from TEXT,
                CHECK (due IS NULL OR (typeof(due) = 'real' AND ended IS NULL AND ending IS NULL)))
            """
        );
        sql.Execute(
            """
            CREATE TABLE steps (
                flow_id INTEGER NOT NULL,
                step TEXT NOT NULL,
                item INTEGER NOT NULL,
                status TEXT NOT NULL,
                reason TEXT,
                result TEXT,
                trigger_id INTEGER,
                attempt INTEGER NOT NULL,
                rung INTEGER NOT NULL,
                started REAL NOT NULL,
                ended REAL,
                due REAL,
                signal TEXT,
                signal_id INTEGER,
                detail TEXT,
                wait_seconds REAL,
                result_file TEXT,
                PRIMARY KEY (flow_id, step, item),
                CHECK (typeof(flow_id) = 'integer'),
                CHECK (due IS NULL OR (typeof(due) = 'real' AND status = 'waiting' AND trigger_id IS NULL))) WITHOUT ROWID
            """
        );
        sql.Execute("CREATE INDEX flows_by_job ON flows (job_name, id)");
        sql.Execute("CREATE INDEX flows_by_plan ON flows (plan_id)");
        sql.Execute("CREATE INDEX flows_due ON flows (due) WHERE ended IS NULL AND due IS NOT NULL");
        sql.Execute("CREATE INDEX flows_open ON flows (id) WHERE ended IS NULL");
        sql.Execute("CREATE INDEX steps_by_trigger ON steps (trigger_id) WHERE trigger_id IS NOT NULL");
        sql.Execute("CREATE INDEX steps_open ON steps (flow_id) WHERE ended IS NULL");
        sql.Execute("CREATE INDEX steps_due ON steps (due) WHERE ended IS NULL AND due IS NOT NULL");
        sql.Execute("CREATE INDEX steps_with_file ON steps (flow_id) WHERE result_file IS NOT NULL");
        sql.Execute("CREATE INDEX steps_for_signal ON steps (signal) WHERE ended IS NULL AND signal IS NOT NULL");
        sql.Execute(
            $"""
            CREATE TABLE signals (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL,
                flow_id INTEGER,
                data TEXT NOT NULL DEFAULT 'null',
                created REAL NOT NULL DEFAULT {Now})
            """
        );
        sql.Execute("CREATE INDEX signals_by_name ON signals (name, id)");
        sql.Execute("CREATE INDEX signals_by_age ON signals (created)");
    }

    private static void AddApprovals(Statements sql)
    {
        sql.Execute(
            """
            CREATE TABLE approvals (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                kind TEXT NOT NULL,
                flow_id INTEGER,
                step TEXT,
                job_name TEXT,
                question TEXT NOT NULL,
                shown TEXT NOT NULL,
                digest TEXT NOT NULL,
                fields TEXT NOT NULL,
                by_whom TEXT NOT NULL,
                need INTEGER NOT NULL,
                status TEXT NOT NULL,
                created REAL NOT NULL,
                expires REAL,
                on_expiry TEXT NOT NULL,
                escalate TEXT,
                decided REAL,
                reason TEXT,
                result TEXT,
                operation TEXT,
                asked_by TEXT,
                used REAL,
                CHECK (flow_id IS NULL OR typeof(flow_id) = 'integer'),
                CHECK (expires IS NULL OR typeof(expires) = 'real'))
            """
        );
        sql.Execute(
            """
            CREATE TABLE decisions (
                approval_id INTEGER NOT NULL,
                actor TEXT NOT NULL,
                origin TEXT NOT NULL,
                approves INTEGER NOT NULL,
                at REAL NOT NULL,
                comment TEXT,
                fields TEXT NOT NULL,
                PRIMARY KEY (approval_id, actor)) WITHOUT ROWID
            """
        );
        sql.Execute("CREATE INDEX approvals_waiting ON approvals (id) WHERE status = 'waiting'");
        sql.Execute("CREATE INDEX approvals_by_expiry ON approvals (expires) WHERE status = 'waiting' AND expires IS NOT NULL");
        sql.Execute("CREATE INDEX approvals_by_digest ON approvals (digest) WHERE operation IS NOT NULL");
        sql.Execute("CREATE INDEX approvals_by_step ON approvals (flow_id, step, id) WHERE flow_id IS NOT NULL");
    }

    private static void AddWakes(Statements sql)
    {
        sql.Execute(
            """
            CREATE TABLE flow_wakes (
                id INTEGER PRIMARY KEY,
                flow_id INTEGER NOT NULL CHECK (typeof(flow_id) = 'integer'),
                trigger_id INTEGER)
            """
        );
        sql.Execute("CREATE INDEX flow_wakes_by_flow ON flow_wakes (flow_id)");
        sql.Execute(
            """
            CREATE TRIGGER flow_step_closed AFTER UPDATE OF processed ON triggers
            WHEN typeof(NEW.flow_id) = 'integer' AND OLD.processed IS NULL AND NEW.processed IS NOT NULL BEGIN
                INSERT INTO flow_wakes (flow_id, trigger_id) VALUES (NEW.flow_id, NEW.id);
            END
            """
        );
        sql.Execute(
            """
            CREATE TRIGGER flow_step_removed AFTER DELETE ON triggers
            WHEN typeof(OLD.flow_id) = 'integer' AND OLD.processed IS NULL BEGIN
                INSERT INTO flow_wakes (flow_id, trigger_id) VALUES (OLD.flow_id, OLD.id);
            END
            """
        );
        sql.Execute(
            """
            CREATE TRIGGER flow_stopped AFTER UPDATE OF stop_request ON runs
            WHEN NEW.boot_id = 'flow' AND NEW.status = 'running' AND NEW.stop_request IS NOT NULL AND typeof(NEW.trigger_id) = 'integer' BEGIN
                INSERT INTO flow_wakes (flow_id) VALUES (NEW.trigger_id);
            END
            """
        );
        sql.Execute(
            """
            CREATE TRIGGER flow_signaled AFTER INSERT ON signals BEGIN
                INSERT INTO flow_wakes (flow_id) SELECT DISTINCT flow_id FROM steps
                    WHERE ended IS NULL AND signal = NEW.name AND (NEW.flow_id IS NULL OR flow_id = NEW.flow_id);
            END
            """
        );
        sql.Execute(
            """
            CREATE TRIGGER flow_decided AFTER UPDATE OF status ON approvals
            WHEN NEW.flow_id IS NOT NULL AND OLD.status = 'waiting' AND NEW.status <> 'waiting' BEGIN
                INSERT INTO flow_wakes (flow_id) VALUES (NEW.flow_id);
            END
            """
        );
    }
}
