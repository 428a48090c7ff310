using Aios.Store.Logs;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class LogTable : ILogs
{
    private readonly Statements _sql;

    internal LogTable(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public void Append(LogLine line, string device) =>
        _sql.Execute(
            "INSERT INTO logs (timestamp, level, message, device, job_name, run_id, stream) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            UnixTime.Of(line.At),
            line.Level,
            line.Message,
            device,
            line.JobName,
            line.RunId,
            line.Stream
        );

    /// <inheritdoc />
    public (DateTimeOffset At, int Lines)? LastOf(long runId)
    {
        // Instants are kept to the microsecond, in a double that is good to a quarter of one.
        var last = _sql.Scalar<double>("SELECT max(timestamp) FROM logs WHERE run_id = ?1 AND stream IS NOT NULL", runId);
        if (last == 0)
            return null;
        return (
            UnixTime.ToInstant(last),
            (int)
                _sql.Scalar<long>(
                    "SELECT count(*) FROM logs WHERE run_id = ?1 AND stream IS NOT NULL AND timestamp >= ?2",
                    runId,
                    last - 5e-7
                )
        );
    }
}
