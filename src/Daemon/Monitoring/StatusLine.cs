namespace Aios.Daemon.Monitoring;

/// <summary>How the daemon is, in one line, for the service manager.</summary>
internal sealed class StatusLine(DaemonParts parts, ClockMonitor clock)
{
    /// <summary>What is wrong; else how much runs.</summary>
    public string Text =>
        parts.Store.Trouble?.What
        ?? parts.List.Trouble
        ?? clock.Lag
        ?? $"{parts.List.Current.CountInWords}, {parts.Supervisor.Living.Count} running";
}
