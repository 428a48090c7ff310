using Aios.Queue;
using Aios.Running;

namespace Aios.Daemon;

/// <summary>Sends what one job's programs print to the log and to the terminal.</summary>
internal sealed class RunOutput(string jobName, Inbox inbox, DaemonLog log) : IRunOutput
{
    /// <inheritdoc />
    public void Line(long runId, OutputLine line)
    {
        inbox.Add(new LogLine(line.At, line.Level, line.Text)
        {
            JobName = jobName,
            RunId = runId,
            Stream = line.Stream == OutputStream.Error ? "stderr" : "stdout",
        });
        log.Show(line.At, $"{jobName}#{runId}", line.Text);
    }
}
