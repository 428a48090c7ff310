using Aios.Store.Sqlite.Driver;
using Dapper;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class ConfigTable : IConfig
{
    private const string NewestInstantKey = "newest_instant";

    private readonly Statements _sql;
    private readonly SqliteDatabase _database;

    internal ConfigTable(Statements sql) => (_sql, _database) = (sql, sql.Database);

    /// <inheritdoc />
    public void Put(string key, string value, DateTimeOffset now) =>
        _database.Execute(
            """
            INSERT INTO config (key, value, updated) VALUES (@key, @value, @updated)
            ON CONFLICT (key) DO UPDATE SET value = @value, updated = @updated
            """,
            new
            {
                key,
                value,
                updated = UnixTime.Of(now),
            }
        );

    // Prepared: each tick asks for the level of the log.
    /// <inheritdoc />
    public string? Find(string key) => _sql.Scalar<string>("SELECT CAST(value AS TEXT) FROM config WHERE key = ?1", key);

    /// <inheritdoc />
    public bool Remove(string key) => _database.Execute("DELETE FROM config WHERE key = @key", new { key }) == 1;

    // Prepared, as below: it runs each second.
    /// <inheritdoc />
    public DateTimeOffset? NewestInstant() =>
        _sql.Query(
                "SELECT CAST(value AS REAL) FROM config WHERE key = ?1 AND value IS NOT NULL",
                row => (DateTimeOffset?)UnixTime.ToInstant(row.GetDouble(0)),
                NewestInstantKey
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public void NoteInstant(DateTimeOffset now) =>
        _sql.Execute(
            """
            INSERT INTO config (key, value, updated) VALUES (?1, ?2, ?2)
            ON CONFLICT (key) DO UPDATE SET value = ?2, updated = ?2 WHERE coalesce(CAST(value AS REAL), 0) < ?2
            """,
            NewestInstantKey,
            UnixTime.Of(now)
        );

    /// <inheritdoc />
    public string DatabaseId() =>
        Find("database_id")
        ?? throw new StoreException(
            "The database has lost its id (config.database_id). Restore a backup, or set it to 32 hexadecimal digits."
        );
}
