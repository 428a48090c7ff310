namespace Aios.Daemon.Monitoring;

/// <summary>
/// When to look again at something that is about to change and does not tell when it has: soon at first, then at twice the
/// distance each time, then no more. By the monotonic clock.
/// </summary>
internal sealed class CommitRecheck(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Last = TimeSpan.FromMilliseconds(64);

    private TimeSpan? _pause;
    private long _since;

    /// <summary>How long until the next look is due; null if none is.</summary>
    public TimeSpan? DueIn => _pause - clock.GetElapsedTime(_since);

    /// <summary>It is about to change.</summary>
    public void Begin() => (_pause, _since) = (First, clock.GetTimestamp());

    /// <summary>Whether a look is due; the distance to the next is counted from now.</summary>
    public bool IsDue()
    {
        if (!(DueIn <= TimeSpan.Zero))
            return false;
        _pause = _pause < Last ? _pause * 2 : null;
        _since = clock.GetTimestamp();
        return true;
    }
}
