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

    /// <inheritdoc />
    public DateTimeOffset? NewestInstant() =>
        Seconds.ToInstant(
            _database.QueryFirstOrDefault<double?>(
                "SELECT CAST(value AS REAL) FROM config WHERE key = @key AND value IS NOT NULL",
                new { key = NewestInstantKey }
            )
        );

    /// <inheritdoc />
    public void NoteInstant(DateTimeOffset now) =>
        _database.Execute(
            """
            INSERT INTO config (key, value, updated) VALUES (@key, @seconds, @seconds)
            ON CONFLICT (key) DO UPDATE SET value = @seconds, updated = @seconds WHERE coalesce(CAST(value AS REAL), 0) < @seconds
            """,
            new { key = NewestInstantKey, seconds = UnixTime.Of(now) }
        );

    /// <inheritdoc />
    public string DatabaseId() =>
        Find("database_id")
        ?? throw new StoreException(
            "The database has lost its id (config.database_id). Restore a backup, or set it to 32 hexadecimal digits."
        );
}
