using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <summary>What programs remember from run to run: texts to JSON, for each job.</summary>
internal sealed class StateTable
{
    /// <summary>The job name under which all jobs share values; no job is called so.</summary>
    public const string Shared = "";

    /// <summary>How many bytes a key may have, UTF-8.</summary>
    public const int LongestKey = 1024;

    private readonly Statements _sql;

    internal StateTable(Statements sql) => _sql = sql;

    /// <summary>A value, JSON; null if there is none.</summary>
    public string? Find(string jobName, string key) =>
        _sql.Scalar<string>("SELECT value FROM state WHERE job_name = ?1 AND key = ?2", jobName, key);

    /// <summary>Sets a value, JSON.</summary>
    public void Set(string jobName, string key, string json, DateTimeOffset now) => _sql.Execute(
        "INSERT OR REPLACE INTO state (job_name, key, value, updated) VALUES (?1, ?2, ?3, ?4)", jobName, key, json, UnixTime.Of(now));

    /// <summary>Takes a value out; false if there is none.</summary>
    public bool Delete(string jobName, string key) =>
        _sql.Execute("DELETE FROM state WHERE job_name = ?1 AND key = ?2", jobName, key) == 1;
}
