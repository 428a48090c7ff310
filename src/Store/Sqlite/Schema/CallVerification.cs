using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>How the confidence of an answer comes about.</summary>
internal static class CallVerification
{
    public static void Apply(Statements sql) => sql.Execute("ALTER TABLE calls ADD COLUMN verification TEXT");
}
