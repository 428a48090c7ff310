using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>
/// How the provider names a call, the budgets that it drew on, and what somebody entered of its cost; and what each daemon holds of
/// budgets, in billionths of a US dollar.
/// </summary>
internal static class ReconciliationSchema
{
    public static void Apply(Statements sql)
    {
        foreach (
            var column in (string[])
                [
                    "provider_request TEXT",
                    "response_id TEXT",
                    "drawn TEXT",
                    "charged INTEGER",
                    "reconciled REAL",
                    "reconciled_by TEXT",
                    "former_cost REAL",
                ]
        )
            sql.Execute($"ALTER TABLE calls ADD COLUMN {column}");
        // Few at any time: the rows of answered calls have no part in it.
        sql.Execute("CREATE INDEX calls_unknown ON calls (created) WHERE outcome = 'unknown' AND reconciled IS NULL");
        sql.Execute(
            """
            CREATE TABLE budget_slabs (
                owner TEXT NOT NULL,
                budget TEXT NOT NULL,
                key TEXT NOT NULL,
                amount INTEGER NOT NULL,
                updated REAL NOT NULL,
                PRIMARY KEY (owner, budget, key)) WITHOUT ROWID
            """
        );
    }
}
