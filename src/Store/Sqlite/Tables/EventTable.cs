using Aios.Store.Events;
using Aios.Store.Sqlite.Driver;
using Dapper;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class EventTable : IEvents
{
    private readonly SqliteDatabase _database;

    internal EventTable(SqliteDatabase database) => _database = database;

    /// <inheritdoc />
    public void Add(string kind, string device) =>
        _database.Execute("INSERT INTO events (kind, device) VALUES (@kind, @device)", new { kind, device });
}
