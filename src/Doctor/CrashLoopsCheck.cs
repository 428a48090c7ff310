using Aios.Daemon;
using Aios.Queue;

namespace Aios.Doctor;

/// <summary>Processes that should always run and end too soon, again and again.</summary>
internal sealed class CrashLoopsCheck : ICheck
{
    public string Name => "crash loops";

    public Finding Look(SetUp setUp)
    {
        using var reader = QueueReader.Open(setUp.Settings.DatabasePath);
        var crashing = reader?.Crashing(CrashLoop.Threshold) ?? [];
        if (crashing.Count == 0) return Finding.Ok("none");
        return Finding.Problem($"\"{string.Join("\", \"", crashing.Select(job => job.JobName))}\"; {crashing[0].Reason}", $"`aios logs {crashing[0].JobName}` shows its last words; `aios stop {crashing[0].JobName}` ends the attempts.");
    }
}
