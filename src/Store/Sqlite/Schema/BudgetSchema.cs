using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>What people allow beyond the limit of a budget, in billionths of a US dollar, and the approval that asks for more.</summary>
internal static class BudgetSchema
{
    public static void Apply(Statements sql)
    {
        sql.Execute("ALTER TABLE budget_use ADD COLUMN allowed INTEGER NOT NULL DEFAULT 0");
        sql.Execute("ALTER TABLE budget_use ADD COLUMN approval_id INTEGER");
    }
}
