using Aios.Daemon.Loop;

namespace Aios.Daemon.Monitoring;

/// <summary>Says now and then, in the database and to the service manager, that this device lives.</summary>
internal sealed class Heartbeat(DaemonParts parts, LoopState loop, Shutdown shutdown, StatusLine status) : IDuty
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private readonly IntervalGate _gate = new(parts.Context.Clock, Between);

    /// <inheritdoc />
    public bool IsDue => _gate.IsOpen;

    /// <inheritdoc />
    public bool RunsWhileStopping => true;

    /// <inheritdoc />
    public void Run()
    {
        _gate.Begin();
        loop.Beats = true;
        if (!shutdown.IsStopping)
            parts.Liveness.ReportStatus(status.Text);
    }
}
