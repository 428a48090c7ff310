using Aios.Store.Jobs;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <summary>Jobs that are held, by name. A row may be written and deleted by anybody.</summary>
internal sealed class HoldTable
{
    private readonly Statements _sql;

    internal HoldTable(Statements sql) => _sql = sql;

    /// <summary>Holds a job; one that is held already keeps its time.</summary>
    public void Put(string jobName, HoldKind kind, DateTimeOffset now) => _sql.Execute(
        "INSERT INTO holds (job_name, kind, since) VALUES (?1, ?2, ?3) ON CONFLICT (job_name) DO UPDATE SET kind = ?2",
        jobName,
        Name(kind),
        UnixTime.Of(now));

    /// <summary>How a job is held; null if it is not.</summary>
    public HoldKind? Find(string jobName) => _sql.Query(
        "SELECT CAST(kind AS TEXT) FROM holds WHERE job_name = ?1",
        row => (HoldKind?)Kind(row.GetString(0)),
        jobName).FirstOrDefault();

    /// <summary>Lets a job go on; false if it was not held.</summary>
    public bool Remove(string jobName) => _sql.Execute("DELETE FROM holds WHERE job_name = ?1", jobName) == 1;

    /// <summary>Takes away a hold of one kind only.</summary>
    public void Remove(string jobName, HoldKind kind) => _sql.Execute("DELETE FROM holds WHERE job_name = ?1 AND kind = ?2", jobName, Name(kind));

    /// <summary>A device starts: what had ended on it, or on one that is away, may run again.</summary>
    public void RemoveEnded(string device) => _sql.Execute(
        """
        DELETE FROM holds WHERE kind = 'ended' AND NOT EXISTS (
            SELECT 1 FROM jobs JOIN devices USING (device)
            WHERE jobs.job_name = holds.job_name AND jobs.device <> ?1 AND devices.status = 'online')
        """,
        device);

    /// <summary>All of them.</summary>
    public Dictionary<string, JobHold> All() => _sql.Query(
        "SELECT CAST(job_name AS TEXT), CAST(kind AS TEXT), CAST(since AS REAL) FROM holds",
        row => KeyValuePair.Create(row.GetString(0), new JobHold(Kind(row.GetString(1)), UnixTime.ToInstant(row.GetDouble(2)))))
        .DistinctBy(hold => hold.Key).ToDictionary();

    internal static string Name(HoldKind kind) => kind switch
    {
        HoldKind.Stopped => "stopped",
        HoldKind.Ended => "ended",
        _ => "paused",
    };

    // Whatever else somebody has put there pauses the job.
    private static HoldKind Kind(string name) => name switch
    {
        "stopped" => HoldKind.Stopped,
        "ended" => HoldKind.Ended,
        _ => HoldKind.Paused,
    };
}
