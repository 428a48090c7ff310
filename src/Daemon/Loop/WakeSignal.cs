namespace Aios.Daemon.Loop;

/// <summary>Wakes the loop, at once or at a time. Many wishes before it has woken are one.</summary>
internal sealed class WakeSignal : IDisposable
{
    private readonly ManualResetEventSlim _wished = new(false, spinCount: 0);
    private readonly ITimer? _timer;

    /// <param name="clock">Which time passes.</param>
    public WakeSignal(TimeProvider clock)
    {
        // The system's own needs no timer, which would take the way over two more threads.
        if (clock != TimeProvider.System)
            _timer = clock.CreateTimer(_ => Now(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Wakes it now.</summary>
    public void Now() => _wished.Set();

    /// <summary>Sleeps until somebody wishes otherwise, at most <paramref name="longest"/>.</summary>
    public void Sleep(TimeSpan longest)
    {
        // What is waited for is counted in milliseconds: less than one would be none, and the loop go round in circles.
        var span = TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(longest.TotalMilliseconds)));
        _timer?.Change(span, Timeout.InfiniteTimeSpan);
        _wished.Wait(_timer is null ? span : Timeout.InfiniteTimeSpan);
        _wished.Reset();
    }

    /// <inheritdoc />
    public void Dispose() => _timer?.Dispose();
}
