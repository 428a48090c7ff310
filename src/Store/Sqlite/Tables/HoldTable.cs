using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;
using Dapper;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class HoldTable : IHolds
{
    private readonly Statements _sql;
    private readonly SqliteDatabase _database;

    internal HoldTable(Statements sql) => (_sql, _database) = (sql, sql.Database);

    /// <inheritdoc />
    public void Put(string jobName, HoldKind kind, DateTimeOffset now) =>
        _database.Execute(
            """
            INSERT INTO holds (job_name, kind, since) VALUES (@jobName, @word, @since)
            ON CONFLICT (job_name) DO UPDATE SET kind = @word
            """,
            new
            {
                jobName,
                word = kind.Name(),
                since = UnixTime.Of(now),
            }
        );

    /// <inheritdoc />
    public HoldKind? Find(string jobName) =>
        _database.QueryFirstOrDefault<string>(
            "SELECT CAST(coalesce(kind, '') AS TEXT) FROM holds WHERE job_name = @jobName",
            new { jobName }
        )
            is { } word
            ? HoldKindNames.Parse(word)
            : null;

    /// <inheritdoc />
    public bool Remove(string jobName) => _database.Execute("DELETE FROM holds WHERE job_name = @jobName", new { jobName }) == 1;

    /// <inheritdoc />
    public void Remove(string jobName, HoldKind kind) =>
        _database.Execute("DELETE FROM holds WHERE job_name = @jobName AND kind = @word", new { jobName, word = kind.Name() });

    /// <inheritdoc />
    public void RemoveEnded(string device) =>
        _database.Execute(
            """
            DELETE FROM holds WHERE kind = 'ended' AND NOT EXISTS (
                SELECT 1 FROM jobs JOIN devices USING (device)
                WHERE jobs.job_name = holds.job_name AND jobs.device <> @device AND devices.status = 'online')
            """,
            new { device }
        );

    // Prepared: each tick asks.
    /// <inheritdoc />
    public Dictionary<string, JobHold> All() =>
        _sql.Query("SELECT CAST(job_name AS TEXT), CAST(kind AS TEXT), CAST(since AS REAL) FROM holds", row =>
                KeyValuePair.Create(
                    row.GetString(0),
                    new JobHold(HoldKindNames.Parse(row.GetString(1)), UnixTime.ToInstant(row.GetDouble(2)))
                )
            )
            .DistinctBy(hold => hold.Key)
            .ToDictionary();
}
