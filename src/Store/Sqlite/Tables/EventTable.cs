using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <summary>What happened, for those who watch.</summary>
internal sealed class EventTable
{
    private readonly Statements _sql;

    internal EventTable(Statements sql) => _sql = sql;

    /// <summary>Writes down what the database cannot notice by itself.</summary>
    public void Add(string kind, string device) => _sql.Execute("INSERT INTO events (kind, device) VALUES (?1, ?2)", kind, device);
}
