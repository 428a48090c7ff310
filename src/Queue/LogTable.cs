namespace Aios.Queue;

/// <summary>What runs and daemons said, line by line.</summary>
public sealed class LogTable
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
}
