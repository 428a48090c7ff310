using Aios.Store.Api;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class IdempotencyTable : IIdempotency
{
    // As long as a client may reasonably try again.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Statements _sql;

    internal IdempotencyTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public (string Request, string Made)? Find(string owner, string key, DateTimeOffset now) =>
        _sql.Query(
                "SELECT request, made FROM idempotency WHERE owner = ?1 AND key = ?2 AND created > ?3",
                row => ((string, string)?)(row.GetString(0), row.GetString(1)),
                owner,
                key,
                UnixTime.Of(now - Kept)
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public void Put(string owner, string key, string request, string made, DateTimeOffset now)
    {
        _sql.Execute(
            "DELETE FROM idempotency WHERE rowid IN (SELECT rowid FROM idempotency WHERE created <= ?1 ORDER BY created LIMIT 100)",
            UnixTime.Of(now - Kept)
        );
        _sql.Execute(
            "INSERT OR REPLACE INTO idempotency (owner, key, request, made, created) VALUES (?1, ?2, ?3, ?4, ?5)",
            owner,
            key,
            request,
            made,
            UnixTime.Of(now)
        );
    }
}
