using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>Calls to language models, and what budgets have given out for them in billionths of a US dollar.</summary>
internal static class CallSchema
{
    public static void Apply(Statements sql)
    {
        sql.Execute(
            """
            CREATE TABLE calls (
                id INTEGER PRIMARY KEY,
                call INTEGER NOT NULL,
                attempt INTEGER NOT NULL,
                created REAL NOT NULL,
                run_id INTEGER,
                flow_id INTEGER,
                job_name TEXT,
                caller TEXT,
                route TEXT NOT NULL,
                kind TEXT NOT NULL,
                model TEXT,
                provider TEXT,
                why TEXT,
                outcome TEXT NOT NULL,
                reason TEXT,
                input_tokens INTEGER NOT NULL,
                output_tokens INTEGER NOT NULL,
                cached_input_tokens INTEGER NOT NULL,
                cache_write_tokens INTEGER NOT NULL,
                reasoning_tokens INTEGER NOT NULL,
                images INTEGER NOT NULL,
                counted TEXT NOT NULL,
                price TEXT,
                cost REAL NOT NULL,
                reserved REAL NOT NULL,
                first_token REAL,
                duration REAL,
                confidence REAL,
                request TEXT,
                response TEXT)
            """
        );
        sql.Execute("CREATE INDEX calls_by_call ON calls (call)");
        sql.Execute("CREATE INDEX calls_by_run ON calls (run_id) WHERE run_id IS NOT NULL");
        sql.Execute("CREATE INDEX calls_by_age ON calls (created)");
        sql.Execute(
            """
            CREATE TABLE budget_use (
                budget TEXT NOT NULL,
                key TEXT NOT NULL,
                amount INTEGER NOT NULL,
                updated REAL NOT NULL,
                PRIMARY KEY (budget, key)) WITHOUT ROWID
            """
        );
    }
}
