namespace Aios.Tests.Support;

/// <summary>
/// A clock that stands still until a test moves it. The wall and the monotonic clock can be moved apart, as they do on real
/// machines. In Microsoft's FakeTimeProvider the monotonic clock is the wall clock, so what AIOS does when somebody sets the clock could
/// not be tested with it.
/// </summary>
internal sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _wall = start;
    private long _monotonic = 1;

    public FakeClock()
        : this(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)) { }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _wall;

    public override long GetTimestamp() => _monotonic;

    /// <summary>Time goes by.</summary>
    public void Advance(TimeSpan span)
    {
        FakeTimer[] due;
        lock (_gate)
        {
            _wall += span;
            _monotonic += span.Ticks;
            due = [.. _timers.Where(timer => timer.DueAt <= _monotonic)];
        }

        foreach (var timer in due)
            timer.Fire();
    }

    /// <summary>Somebody sets the wall clock; no time goes by.</summary>
    public void SetWall(DateTimeOffset instant) => _wall = instant;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_gate)
            _timers.Add(timer);
        return timer;
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        public long? DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : clock._monotonic + dueTime.Ticks;
            return true;
        }

        public void Fire()
        {
            DueAt = null;
            callback(state);
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
