namespace Aios.Queue;

/// <summary>The last word about each job, in the original's words: the table its users' scripts read.</summary>
public sealed class JobTable
{
    private readonly Statements _sql;

    internal JobTable(Statements sql) => _sql = sql;

    /// <summary>Says where the latest run of a job stands.</summary>
    public void Record(string jobName, RunStatus status, string device, DateTimeOffset now, long runId, int? pid) => _sql.Execute(
        """
        INSERT INTO jobs (job_name, status, device, last_update, pid, run_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (job_name) DO UPDATE SET status = ?2, device = ?3, last_update = ?4, pid = ?5, run_id = ?6
        """,
        jobName,
        status.OriginalWord(),
        device,
        UnixTime.Of(now),
        pid,
        runId);
}
