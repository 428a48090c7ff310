using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Pruning;
using Aios.Store.Sqlite.Tables;

namespace Aios.Store.Sqlite.Schema;

/// <summary>
/// The first schema. It also adopts a database of the Python original, which may hold only some of the tables and may
/// lack later columns: what is there stays, what is missing is added, each added column with a default, so that the
/// original's plain INSERT goes on working.
/// </summary>
internal static class InitialSchema
{
    private const string Now = "((julianday('now') - 2440587.5) * 86400.0)";

    public static void Apply(Statements sql)
    {
        var adoptedTriggers = Exists(sql, "triggers");
        var adopted = adoptedTriggers || Exists(sql, "logs");
        CreateOriginalTables(sql);
        AddColumns(sql);
        if (adopted)
            AdoptedHistory.Note(sql.Database, sql.Scalar<double>("SELECT " + Now));
        if (adoptedTriggers)
            CloseWhatTheOriginalHandedOver(sql);
        CreateOwnTables(sql);
        CreateAudit(sql);
        CreateNotices(sql);
        CreateIndexes(sql);
        EventSchema.Create(sql);
        NameDatabase(sql);
    }

    /// <summary>Gives the database an id of its own, unless it has one.</summary>
    public static void NameDatabase(Statements sql) =>
        sql.Execute("INSERT OR IGNORE INTO config (key, value, updated) VALUES ('database_id', lower(hex(randomblob(16))), " + Now + ")");

    private static void CreateOriginalTables(Statements sql)
    {
        sql.Execute(
            """
            CREATE TABLE IF NOT EXISTS jobs (
                job_name TEXT PRIMARY KEY,
                status TEXT NOT NULL,
                device TEXT NOT NULL,
                last_update REAL NOT NULL,
                pid INTEGER)
            """
        );
        sql.Execute(
            """
            CREATE TABLE IF NOT EXISTS logs (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                timestamp REAL NOT NULL,
                level TEXT NOT NULL,
                message TEXT NOT NULL,
                device TEXT NOT NULL)
            """
        );
        sql.Execute(
            $"""
            CREATE TABLE IF NOT EXISTS triggers (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                job_name TEXT NOT NULL,
                args TEXT NOT NULL DEFAULT '[]',
                kwargs TEXT NOT NULL DEFAULT '{"{}"}',
                created REAL NOT NULL DEFAULT {Now},
                processed REAL)
            """
        );
        sql.Execute("CREATE TABLE IF NOT EXISTS config (key TEXT PRIMARY KEY, value TEXT, updated REAL)");
    }

    private static void AddColumns(Statements sql)
    {
        AddColumn(sql, "jobs", "pid", "INTEGER");
        AddColumn(sql, "jobs", "run_id", "INTEGER");
        AddColumn(sql, "logs", "job_name", "TEXT");
        AddColumn(sql, "logs", "run_id", "INTEGER");
        AddColumn(sql, "logs", "stream", "TEXT");
        AddColumn(sql, "triggers", "processed", "REAL");
        AddColumn(sql, "triggers", "status", "TEXT NOT NULL DEFAULT 'queued'");
        AddColumn(sql, "triggers", "reason", "TEXT");
        AddColumn(sql, "triggers", "note", "TEXT");
        AddColumn(sql, "triggers", "priority", "INTEGER");
        AddColumn(sql, "triggers", "run_at", "REAL");
        AddColumn(sql, "triggers", "dedup_key", "TEXT");
        AddColumn(sql, "triggers", "source", "TEXT NOT NULL DEFAULT 'insert'");
        AddColumn(sql, "triggers", "occurrence", "REAL");
        AddColumn(sql, "triggers", "attempt", "INTEGER NOT NULL DEFAULT 0");
        AddColumn(sql, "triggers", "due", "REAL");
        AddColumn(sql, "triggers", "traceparent", "TEXT");
        AddColumn(sql, "config", "value", "TEXT");
        AddColumn(sql, "config", "updated", "REAL");
    }

    // It marked a row when it handed it to a thread and never wrote down how that ended.
    private static void CloseWhatTheOriginalHandedOver(Statements sql) =>
        sql.Execute(
            """
            UPDATE triggers SET status = 'unknown', reason = 'handed over by the Python orchestrator, which kept no outcome'
            WHERE processed IS NOT NULL AND status = 'queued'
            """
        );

    private static void CreateOwnTables(Statements sql)
    {
        sql.Execute(
            """
            CREATE TABLE runs (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                trigger_id INTEGER NOT NULL,
                job_name TEXT NOT NULL,
                attempt INTEGER NOT NULL,
                status TEXT NOT NULL,
                reason TEXT,
                device TEXT NOT NULL,
                boot_id TEXT NOT NULL,
                pid INTEGER,
                process_start INTEGER,
                container TEXT,
                started REAL NOT NULL,
                ended REAL,
                exit_code INTEGER,
                signal INTEGER,
                result TEXT,
                progress REAL,
                progress_text TEXT,
                stop_request TEXT,
                cpu_seconds REAL,
                peak_memory INTEGER,
                output_bytes INTEGER)
            """
        );
        sql.Execute(
            """
            CREATE TABLE holds (
                job_name TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                since REAL NOT NULL) WITHOUT ROWID
            """
        );
        sql.Execute(
            """
            CREATE TABLE state (
                job_name TEXT NOT NULL,
                key TEXT NOT NULL,
                value TEXT NOT NULL,
                updated REAL NOT NULL,
                PRIMARY KEY (job_name, key)) WITHOUT ROWID
            """
        );
        sql.Execute(
            """
            CREATE TABLE schedules (
                job_name TEXT PRIMARY KEY,
                schedule TEXT NOT NULL,
                cursor REAL NOT NULL)
            """
        );
        sql.Execute(
            """
            CREATE TABLE devices (
                device TEXT PRIMARY KEY,
                boot_id TEXT NOT NULL,
                status TEXT NOT NULL,
                tags TEXT NOT NULL,
                pid INTEGER NOT NULL,
                machine TEXT NOT NULL,
                lock_domain TEXT NOT NULL,
                version TEXT NOT NULL,
                max_parallel INTEGER NOT NULL,
                started REAL NOT NULL,
                heartbeat REAL NOT NULL,
                trouble TEXT,
                engine TEXT)
            """
        );
        sql.Execute(
            """
            CREATE TABLE device_jobs (
                device TEXT NOT NULL,
                job_name TEXT NOT NULL,
                can_run INTEGER NOT NULL,
                definition TEXT,
                fingerprint TEXT,
                PRIMARY KEY (job_name, device)) WITHOUT ROWID
            """
        );
        sql.Execute(
            """
            CREATE TABLE api_keys (
                name TEXT PRIMARY KEY,
                role TEXT NOT NULL,
                jobs TEXT NOT NULL,
                hash TEXT NOT NULL,
                created REAL NOT NULL,
                expires REAL) WITHOUT ROWID
            """
        );
        sql.Execute(
            """
            CREATE TABLE idempotency (
                owner TEXT NOT NULL,
                key TEXT NOT NULL,
                request TEXT NOT NULL,
                made TEXT NOT NULL,
                created REAL NOT NULL,
                PRIMARY KEY (owner, key))
            """
        );
    }

    private static void CreateAudit(Statements sql)
    {
        sql.Execute(
            """
            CREATE TABLE audit (
                id INTEGER PRIMARY KEY,
                at REAL NOT NULL,
                actor TEXT NOT NULL,
                origin TEXT NOT NULL,
                action TEXT NOT NULL,
                job_name TEXT,
                subject TEXT,
                before TEXT,
                after TEXT,
                hash TEXT NOT NULL)
            """
        );
        foreach (var (_, guard) in AuditTable.Guards)
            sql.Execute(guard);
    }

    private static void CreateNotices(Statements sql)
    {
        sql.Execute(
            """
            CREATE TABLE alarms (
                job_name TEXT NOT NULL,
                event TEXT NOT NULL,
                since REAL NOT NULL,
                last REAL NOT NULL,
                count INTEGER NOT NULL,
                reason TEXT,
                run_id INTEGER,
                PRIMARY KEY (job_name, event)) WITHOUT ROWID
            """
        );
        sql.Execute("CREATE TABLE deadlines (job_name TEXT PRIMARY KEY, since REAL NOT NULL) WITHOUT ROWID");
        sql.Execute(
            """
            CREATE TABLE notices (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                created REAL NOT NULL,
                device TEXT NOT NULL,
                job_name TEXT NOT NULL,
                event TEXT NOT NULL,
                channel TEXT NOT NULL,
                message TEXT NOT NULL,
                due REAL NOT NULL,
                attempts INTEGER NOT NULL DEFAULT 0,
                closed REAL,
                outcome TEXT)
            """
        );
        sql.Execute("CREATE INDEX notices_open ON notices (device, due) WHERE closed IS NULL");
        sql.Execute("CREATE INDEX notices_by_age ON notices (closed) WHERE closed IS NOT NULL");
        sql.Execute("CREATE INDEX notices_told ON notices (job_name, event, channel, created)");
    }

    private static void CreateIndexes(Statements sql)
    {
        // What waits is found through indexes that hold nothing else, so that history costs a claim nothing.
        sql.Execute(
            "CREATE INDEX triggers_ready ON triggers (coalesce(priority, 0) DESC, id) WHERE processed IS NULL AND status = 'queued'"
        );
        sql.Execute(
            "CREATE INDEX triggers_ready_by_job ON triggers (job_name, coalesce(priority, 0) DESC, id) WHERE processed IS NULL AND "
                + "status = 'queued'"
        );
        sql.Execute("CREATE INDEX triggers_due ON triggers (due) WHERE processed IS NULL AND status = 'waiting' AND due IS NOT NULL");
        sql.Execute("CREATE INDEX triggers_held ON triggers (job_name) WHERE processed IS NULL AND status = 'waiting' AND due IS NULL");
        sql.Execute(
            "CREATE INDEX triggers_odd ON triggers (id) WHERE processed IS NULL AND status NOT IN ('queued', 'waiting', 'running')"
        );
        sql.Execute("CREATE UNIQUE INDEX triggers_dedup_key ON triggers (dedup_key) WHERE dedup_key IS NOT NULL");
        sql.Execute("CREATE INDEX triggers_open_occurrences ON triggers (job_name, source) WHERE processed IS NULL AND source <> 'insert'");
        sql.Execute("CREATE UNIQUE INDEX triggers_one_always ON triggers (job_name) WHERE processed IS NULL AND source = 'always'");
        // History by job and age, for pruning; triggers with a dedup key apart, for they are kept longer.
        sql.Execute("CREATE INDEX triggers_closed ON triggers (job_name, dedup_key IS NOT NULL) WHERE processed IS NOT NULL");
        sql.Execute("CREATE INDEX runs_by_trigger ON runs (trigger_id)");
        sql.Execute("CREATE INDEX runs_by_job ON runs (job_name, id)");
        sql.Execute("CREATE INDEX runs_going_on ON runs (job_name, device) WHERE status = 'running'");
        sql.Execute("CREATE INDEX runs_to_stop ON runs (device) WHERE status = 'running' AND stop_request IS NOT NULL");
        sql.Execute("CREATE INDEX idempotency_by_age ON idempotency (created)");
        sql.Execute("CREATE INDEX logs_by_run ON logs (run_id, id) WHERE run_id IS NOT NULL");
    }

    private static bool Exists(Statements sql, string table) =>
        sql.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1", table) > 0;

    private static void AddColumn(Statements sql, string table, string column, string definition)
    {
        if (sql.Scalar<long>($"SELECT count(*) FROM pragma_table_info('{table}') WHERE name = ?1", column) > 0)
            return;
        sql.Execute($"ALTER TABLE {table} ADD COLUMN {column} {definition}");
    }
}
