using Aios.Store.Api;
using Aios.Store.Sqlite.Driver;
using Dapper;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class ApiKeyTable : IApiKeys
{
    private readonly SqliteDatabase _database;

    internal ApiKeyTable(SqliteDatabase database) => _database = database;

    /// <inheritdoc />
    public bool Add(ApiKeyRecord key) =>
        _database.Execute(
            """
            INSERT INTO api_keys (name, role, jobs, hash, created, expires) VALUES (@Name, @Role, @Jobs, @Hash, @created, @expires)
            ON CONFLICT (name) DO NOTHING
            """,
            new
            {
                key.Name,
                key.Role,
                key.Jobs,
                key.Hash,
                created = UnixTime.Of(key.Created),
                expires = Seconds.Of(key.Expires),
            }
        ) == 1;

    /// <inheritdoc />
    public bool Remove(string name) => _database.Execute("DELETE FROM api_keys WHERE name = @name", new { name }) == 1;

    /// <inheritdoc />
    public IReadOnlyList<ApiKeyRecord> All() =>
        [
            .. _database
                .Query<Stored>(
                    """
                    SELECT CAST(name AS TEXT) AS name, CAST(role AS TEXT) AS role, CAST(jobs AS TEXT) AS jobs, CAST(hash AS TEXT) AS hash,
                        CAST(created AS REAL) AS created, CAST(expires AS REAL) AS expires
                    FROM api_keys ORDER BY name
                    """
                )
                .Select(key => new ApiKeyRecord(
                    key.Name ?? "",
                    key.Role,
                    key.Jobs,
                    key.Hash,
                    UnixTime.ToInstant(key.Created),
                    Seconds.ToInstant(key.Expires)
                )),
        ];

    internal sealed class Stored
    {
        public string? Name { get; init; }
        public string Role { get; init; } = "";
        public string Jobs { get; init; } = "";
        public string Hash { get; init; } = "";
        public double Created { get; init; }
        public double? Expires { get; init; }
    }
}
