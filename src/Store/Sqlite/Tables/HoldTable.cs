using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class HoldTable : IHolds
{
    private readonly Statements _sql;

    internal HoldTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public void Put(string jobName, HoldKind kind, DateTimeOffset now) =>
        _sql.Execute(
            "INSERT INTO holds (job_name, kind, since) VALUES (?1, ?2, ?3) ON CONFLICT (job_name) DO UPDATE SET kind = ?2",
            jobName,
            kind.Name(),
            UnixTime.Of(now)
        );

    /// <inheritdoc />
    public HoldKind? Find(string jobName) =>
        _sql.Query(
                "SELECT CAST(kind AS TEXT) FROM holds WHERE job_name = ?1",
                row => (HoldKind?)HoldKindNames.Parse(row.GetString(0)),
                jobName
            )
            .FirstOrDefault();

    /// <inheritdoc />
    public bool Remove(string jobName) => _sql.Execute("DELETE FROM holds WHERE job_name = ?1", jobName) == 1;

    /// <inheritdoc />
    public void Remove(string jobName, HoldKind kind) =>
        _sql.Execute("DELETE FROM holds WHERE job_name = ?1 AND kind = ?2", jobName, kind.Name());

    /// <inheritdoc />
    public void RemoveEnded(string device) =>
        _sql.Execute(
            """
            DELETE FROM holds WHERE kind = 'ended' AND NOT EXISTS (
                SELECT 1 FROM jobs JOIN devices USING (device)
                WHERE jobs.job_name = holds.job_name AND jobs.device <> ?1 AND devices.status = 'online')
            """,
            device
        );

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
