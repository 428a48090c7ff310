using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <summary>What requests of the API with a key of their own have made, so that one that comes again makes nothing twice.</summary>
internal sealed class IdempotencyTable
{
    // As long as a client may reasonably try again.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Statements _sql;

    internal IdempotencyTable(Statements sql) => _sql = sql;

    /// <summary>What a request has made; null if it comes for the first time.</summary>
    public (string Request, string Made)? Find(string owner, string key, DateTimeOffset now) => _sql.Query(
        "SELECT request, made FROM idempotency WHERE owner = ?1 AND key = ?2 AND created > ?3",
        row => ((string, string)?)(row.GetString(0), row.GetString(1)),
        owner,
        key,
        UnixTime.Of(now - Kept)).FirstOrDefault();

    /// <summary>Remembers it for a day.</summary>
    /// <param name="owner">Whose key it is.</param>
    /// <param name="key">Chosen by the client.</param>
    /// <param name="request">A hash of what was asked for.</param>
    /// <param name="made">The numbers of the rows it has made.</param>
    /// <param name="now">UTC.</param>
    public void Put(string owner, string key, string request, string made, DateTimeOffset now)
    {
        _sql.Execute("DELETE FROM idempotency WHERE rowid IN (SELECT rowid FROM idempotency WHERE created <= ?1 ORDER BY created LIMIT 100)", UnixTime.Of(now - Kept));
        _sql.Execute("INSERT OR REPLACE INTO idempotency (owner, key, request, made, created) VALUES (?1, ?2, ?3, ?4, ?5)", owner, key, request, made, UnixTime.Of(now));
    }
}
