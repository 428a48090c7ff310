using Aios.Daemon.Loop;
using Aios.Platform;
using Aios.Store;

namespace Aios.Daemon.Monitoring;

/// <summary>Notices that the machine's clock went back or is behind, and that its time zone is another.</summary>
internal sealed class ClockMonitor(DaemonParts parts, LoopState loop) : IDuty
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly LocalZone _zone = new();
    private readonly IntervalGate _zoneCheck = new(parts.Context.Clock, TimeSpan.FromSeconds(10));
    private DateTimeOffset _last = parts.Context.Now;

    /// <summary>How far the clock is behind, in words; null if it is not.</summary>
    public string? Lag { get; private set; }

    /// <inheritdoc />
    public bool IsDue => true;

    /// <inheritdoc />
    public bool RunsWhileStopping => true;

    /// <inheritdoc />
    public void Run()
    {
        Read();
        if (_zoneCheck.IsDue())
            CheckZone();
    }

    /// <summary>The present instant.</summary>
    public DateTimeOffset Read()
    {
        var now = parts.Context.Now;
        if (now < _last - Tolerance)
        {
            parts.Log.Warning($"The clock went back by {(_last - now).TotalSeconds:0} s; schedules continue from the new time.");
            // Timers and cursors stand in a future that does not come for a while.
            loop.JudgesAll = true;
        }

        return _last = now;
    }

    /// <summary>
    /// Compares it with the newest instant in the database. A lag is logged once, and shown in health, status and why for as long
    /// as it lasts.
    /// </summary>
    public void Compare(DateTimeOffset? newest)
    {
        var lag = ClockLag.Words(newest, parts.Context.Now);
        if (lag is not null && Lag is null)
            parts.Log.Error($"The machine's clock is behind: {lag}. {ClockLag.Advice}");
        if (lag is null && Lag is not null)
            parts.Log.Info("The machine's clock is not behind any more.");
        Lag = lag;
    }

    private void CheckZone()
    {
        if (!_zone.HasChanged())
            return;
        parts.Log.Info($"The machine's time zone is {TimeZoneInfo.Local.Id} now; jobs without `timezone` follow it.");
        parts.List.Force = true;
    }
}
