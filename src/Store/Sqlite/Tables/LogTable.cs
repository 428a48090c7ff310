using Aios.Store.Logs;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <summary>What runs and daemons said, line by line.</summary>
internal sealed class LogTable
{
    private readonly Statements _sql;

    internal LogTable(Statements sql) => _sql = sql;

    /// <summary>Adds a line.</summary>
    public void Append(LogLine line, string device) => _sql.Execute(
        "INSERT INTO logs (timestamp, level, message, device, job_name, run_id, stream) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        UnixTime.Of(line.At),
        line.Level,
        line.Message,
        device,
        line.JobName,
        line.RunId,
        line.Stream);

    /// <summary>When the last line of a run was printed, and how many lines carry that very instant; null without any.</summary>
    public (DateTimeOffset At, int Lines)? LastOf(long runId)
    {
        // Instants are kept to the microsecond, in a double that is good to a quarter of one.
        var last = _sql.Scalar<double>("SELECT max(timestamp) FROM logs WHERE run_id = ?1 AND stream IS NOT NULL", runId);
        if (last == 0) return null;
        return (UnixTime.ToInstant(last), (int)_sql.Scalar<long>("SELECT count(*) FROM logs WHERE run_id = ?1 AND stream IS NOT NULL AND timestamp >= ?2", runId, last - 5e-7));
    }
}
