using Aios.Store.Api;
using Aios.Store.Sqlite.Driver;
using Dapper;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class IdempotencyTable : IIdempotency
{
    // As long as a client may reasonably try again.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly SqliteDatabase _database;

    internal IdempotencyTable(SqliteDatabase database) => _database = database;

    /// <inheritdoc />
    public (string Request, string Made)? Find(string owner, string key, DateTimeOffset now) =>
        _database.QueryFirstOrDefault<Stored>(
            """
            SELECT CAST(request AS TEXT) AS request, CAST(made AS TEXT) AS made FROM idempotency
            WHERE owner = @owner AND key = @key AND created > @since
            """,
            new
            {
                owner,
                key,
                since = UnixTime.Of(now - Kept),
            }
        )
            is { } stored
            ? (stored.Request, stored.Made)
            : null;

    /// <inheritdoc />
    public void Put(string owner, string key, string request, string made, DateTimeOffset now)
    {
        _database.Execute(
            "DELETE FROM idempotency WHERE rowid IN (SELECT rowid FROM idempotency WHERE created <= @until ORDER BY created LIMIT 100)",
            new { until = UnixTime.Of(now - Kept) }
        );
        _database.Execute(
            "INSERT OR REPLACE INTO idempotency (owner, key, request, made, created) VALUES (@owner, @key, @request, @made, @created)",
            new
            {
                owner,
                key,
                request,
                made,
                created = UnixTime.Of(now),
            }
        );
    }

    internal sealed class Stored
    {
        public string Request { get; init; } = "";
        public string Made { get; init; } = "";
    }
}
