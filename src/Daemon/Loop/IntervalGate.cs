namespace Aios.Daemon.Loop;

/// <summary>Something that is to be done now and then, by the monotonic clock.</summary>
internal sealed class IntervalGate(TimeProvider clock, TimeSpan period)
{
    private long? _last;

    /// <summary>How long until it is due.</summary>
    public TimeSpan Remaining => _last is { } last ? period - clock.GetElapsedTime(last) : TimeSpan.Zero;

    /// <summary>Whether it is due; <see cref="IsDue"/> and <see cref="Begin"/> begin the next period.</summary>
    public bool IsOpen => Remaining <= TimeSpan.Zero;

    /// <summary>Whether it is due; the next period begins then. True the first time.</summary>
    public bool IsDue()
    {
        if (!IsOpen)
            return false;
        Begin();
        return true;
    }

    /// <summary>Begins the next period now.</summary>
    public void Begin() => _last = clock.GetTimestamp();
}
