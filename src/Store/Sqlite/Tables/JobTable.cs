using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <summary>The last word about each job, in the original's words: the table its users' scripts read.</summary>
internal sealed class JobTable
{
    private readonly Statements _sql;

    internal JobTable(Statements sql) => _sql = sql;

    /// <summary>Says where the latest run of a job stands. It has no process yet, or no longer.</summary>
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

    /// <summary>Says which process the latest run of a job is.</summary>
    public void RecordProcess(string jobName, long runId, int pid) =>
        _sql.Execute("UPDATE jobs SET pid = ?3 WHERE job_name = ?1 AND run_id = ?2", jobName, runId, pid);
}
