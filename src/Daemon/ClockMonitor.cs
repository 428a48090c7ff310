using Aios.Platform;
using Aios.Store;

namespace Aios.Daemon;

/// <summary>Notices that the machine's clock went back or is behind, and that its time zone is another.</summary>
internal sealed class ClockMonitor(DaemonParts parts)
{
    private readonly LocalZone _zone = new();
    private DateTimeOffset _last = parts.Context.Now;

    /// <summary>How far the clock is behind, in words; null if it is not.</summary>
    public string? Lag { get; private set; }

    /// <summary>The present instant, and whether it lies before the one that was read last.</summary>
    public (DateTimeOffset Now, bool WentBack) Read()
    {
        var now = parts.Context.Now;
        var wentBack = now < _last - TimeSpan.FromSeconds(1);
        if (wentBack) parts.Log.Warning($"The clock went back by {(_last - now).TotalSeconds:0} s; schedules go on from the new time.");
        _last = now;
        return (now, wentBack);
    }

    /// <summary>Compares it with the newest instant in the database. A lag is said once, and stands in health, status and why for as long as it lasts.</summary>
    public void Compare(DateTimeOffset? newest)
    {
        var lag = ClockLag.Words(newest, parts.Context.Now);
        if (lag is not null && Lag is null) parts.Log.Error($"The machine's clock is behind: {lag}. {ClockLag.Advice}");
        if (lag is null && Lag is not null) parts.Log.Info("The machine's clock is not behind any more.");
        Lag = lag;
    }

    /// <summary>Has the list read again if the machine's zone is another.</summary>
    public void LookAtZone()
    {
        if (!_zone.HasChanged()) return;
        parts.Log.Info($"The machine's time zone is {TimeZoneInfo.Local.Id} now; jobs without `timezone` follow it.");
        parts.List.Force = true;
    }
}
