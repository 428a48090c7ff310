using Aios.Platform;

namespace Aios.Daemon.Monitoring;

/// <summary>
/// Tells when the device is idle: nothing but <c>always</c> jobs runs, and the machine has been quiet for a while. A
/// quiet period lasts until work comes or the machine is busy with something else; <c>idle</c> jobs run once in each.
/// </summary>
internal sealed class IdleWatch(DaemonSettings settings, TimeProvider clock, CpuMeter cpu)
{
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(1);
    private long? _lastCheck;
    private long? _quietSince;
    private bool _served;

    /// <summary>Whether <c>idle</c> work may start or go on.</summary>
    public bool IsQuiet => _quietSince is { } since && clock.GetElapsedTime(since) >= settings.IdleAfter;

    /// <summary>Work goes on or stands in line here: the quiet period is over.</summary>
    public void EndQuiet() => (_quietSince, _served) = (null, false);

    /// <summary>Looks at the machine now and then; true once in each quiet period, when <c>idle</c> jobs are to run.</summary>
    /// <param name="idleRuns">Whether <c>idle</c> jobs run: then the machine is busy with them.</param>
    public bool BecomesIdle(bool idleRuns)
    {
        if (_lastCheck is { } last && clock.GetElapsedTime(last) < BetweenChecks)
            return false;
        _lastCheck = clock.GetTimestamp();
        if (cpu.BusyPercentSinceLast() > settings.IdleCpuPercent && !idleRuns)
        {
            EndQuiet();
            return false;
        }

        _quietSince ??= clock.GetTimestamp();
        if (!IsQuiet || _served)
            return false;
        _served = true;
        return true;
    }
}
