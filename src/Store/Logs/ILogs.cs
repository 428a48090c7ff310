namespace Aios.Store.Logs;

/// <summary>What runs and daemons said, line by line.</summary>
internal interface ILogs
{
    /// <summary>Adds a line.</summary>
    void Append(LogLine line, string device);

    /// <summary>When the last line of a run was printed, and how many lines carry that very instant; null without any.</summary>
    (DateTimeOffset At, int Lines)? LastOf(long runId);
}
