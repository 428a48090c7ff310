using Aios.Daemon.Reporting;
using Aios.Daemon.Ticks;
using Aios.Running;
using Aios.Store.Logs;

namespace Aios.Daemon.Execution;

/// <summary>Sends what one job's programs print to the log and to the terminal.</summary>
internal sealed class RunOutput(string jobName, string? traceId, Inbox inbox, DaemonLog log) : IRunOutput
{
    /// <inheritdoc />
    public void Line(long runId, OutputLine line)
    {
        var stream = line.Stream == OutputStream.Error ? "stderr" : "stdout";
        inbox.Add(
            new LogLine(line.At, line.Level, line.Text)
            {
                JobName = jobName,
                RunId = runId,
                Stream = stream,
            }
        );
        log.Show(
            new ConsoleLine(line.At, line.Level, line.Text)
            {
                JobName = jobName,
                RunId = runId,
                TraceId = traceId,
                Stream = stream,
            }
        );
    }
}
