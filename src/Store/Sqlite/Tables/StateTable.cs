using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class StateTable : IState
{
    private readonly Statements _sql;

    internal StateTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public string? Find(string jobName, string key) =>
        _sql.Scalar<string>("SELECT value FROM state WHERE job_name = ?1 AND key = ?2", jobName, key);

    /// <inheritdoc />
    public void Set(string jobName, string key, string json, DateTimeOffset now) =>
        _sql.Execute(
            "INSERT OR REPLACE INTO state (job_name, key, value, updated) VALUES (?1, ?2, ?3, ?4)",
            jobName,
            key,
            json,
            UnixTime.Of(now)
        );

    /// <inheritdoc />
    public bool Delete(string jobName, string key) => _sql.Execute("DELETE FROM state WHERE job_name = ?1 AND key = ?2", jobName, key) == 1;
}
