using Aios.Daemon.Loop;
using Aios.Jobs;

namespace Aios.Daemon.Monitoring;

/// <summary>Asks the container engine now and then, and for each new job list, how it is; news goes into the device's row.</summary>
internal sealed class EngineReports(DaemonParts parts, LoopState loop) : IDuty
{
    private readonly IntervalGate _gate = new(parts.Context.Clock, TimeSpan.FromSeconds(10));
    private JobList? _asked;

    /// <inheritdoc />
    public bool IsDue => MustAsk || parts.Engine.HasNews;

    private bool MustAsk => _gate.IsOpen || !ReferenceEquals(_asked, parts.List.Current);

    /// <inheritdoc />
    public void Run()
    {
        if (MustAsk)
        {
            _gate.Begin();
            _asked = parts.List.Current;
            parts.Engine.Ask(_asked);
        }

        loop.Beats |= parts.Engine.TakeNews();
    }
}
