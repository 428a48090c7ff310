using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class JobTable : IJobStatuses
{
    private readonly Statements _sql;

    internal JobTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public void Record(string jobName, RunStatus status, string device, DateTimeOffset now, long runId) => _sql.Execute(
        """
        INSERT INTO jobs (job_name, status, device, last_update, pid, run_id) VALUES (?1, ?2, ?3, ?4, NULL, ?5)
        ON CONFLICT (job_name) DO UPDATE SET status = ?2, device = ?3, last_update = ?4, pid = NULL, run_id = ?5
        """,
        jobName,
        status.OriginalWord(),
        device,
        UnixTime.Of(now),
        runId);

    /// <inheritdoc />
    public void RecordProcess(string jobName, long runId, int pid) =>
        _sql.Execute("UPDATE jobs SET pid = ?3 WHERE job_name = ?1 AND run_id = ?2", jobName, runId, pid);
}
