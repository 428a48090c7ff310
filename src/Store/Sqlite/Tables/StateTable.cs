using Aios.Store.Sqlite.Driver;
using Dapper;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class StateTable : IState
{
    private readonly SqliteDatabase _database;

    internal StateTable(SqliteDatabase database) => _database = database;

    /// <inheritdoc />
    public string? Find(string jobName, string key) =>
        _database.ExecuteScalar<string?>(
            "SELECT CAST(value AS TEXT) FROM state WHERE job_name = @jobName AND key = @key",
            new { jobName, key }
        );

    /// <inheritdoc />
    public void Set(string jobName, string key, string json, DateTimeOffset now) =>
        _database.Execute(
            "INSERT OR REPLACE INTO state (job_name, key, value, updated) VALUES (@jobName, @key, @json, @updated)",
            new
            {
                jobName,
                key,
                json,
                updated = UnixTime.Of(now),
            }
        );

    /// <inheritdoc />
    public bool Delete(string jobName, string key) =>
        _database.Execute("DELETE FROM state WHERE job_name = @jobName AND key = @key", new { jobName, key }) == 1;
}
