using Aios.Store.Events;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class EventTable : IEvents
{
    private readonly Statements _sql;

    internal EventTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public void Add(string kind, string device) => _sql.Execute("INSERT INTO events (kind, device) VALUES (?1, ?2)", kind, device);
}
