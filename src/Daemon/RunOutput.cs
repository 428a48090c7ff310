using Aios.Queue;
using Aios.Running;

namespace Aios.Daemon;

/// <summary>Sends what one job's programs print to the log and to the terminal.</summary>
internal sealed class RunOutput(string jobName, Inbox inbox, DaemonLog log) : IRunOutput
{
    /// <inheritdoc />
    public void Line(long runId, OutputStream stream, string text, DateTimeOffset at)
    {
        var isError = stream == OutputStream.Error;
        inbox.Add(new LogLine(at, isError ? "WARNING" : "INFO", text)
        {
            JobName = jobName,
            RunId = runId,
            Stream = isError ? "stderr" : "stdout",
        });
        log.Show(at, $"{jobName}#{runId}", text);
    }
}
