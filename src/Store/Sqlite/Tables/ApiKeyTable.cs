using Aios.Store.Api;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class ApiKeyTable : IApiKeys
{
    private readonly Statements _sql;

    internal ApiKeyTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public bool Add(ApiKeyRecord key) =>
        _sql.Execute(
            "INSERT INTO api_keys (name, role, jobs, hash, created, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (name) DO NOTHING",
            key.Name,
            key.Role,
            key.Jobs,
            key.Hash,
            UnixTime.Of(key.Created),
            key.Expires is { } expires ? UnixTime.Of(expires) : null
        ) == 1;

    /// <inheritdoc />
    public bool Remove(string name) => _sql.Execute("DELETE FROM api_keys WHERE name = ?1", name) == 1;

    /// <inheritdoc />
    public IReadOnlyList<ApiKeyRecord> All() =>
        _sql.Query(
            "SELECT CAST(name AS TEXT), CAST(role AS TEXT), CAST(jobs AS TEXT), CAST(hash AS TEXT), CAST(created AS REAL), CAST(expires "
                + "AS REAL) FROM api_keys ORDER BY name",
            row => new ApiKeyRecord(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                UnixTime.ToInstant(row.GetDouble(4)),
                row.IsDBNull(5) ? null : UnixTime.ToInstant(row.GetDouble(5))
            )
        );
}
