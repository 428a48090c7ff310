using System.Threading.Channels;

namespace Aios.Daemon;

/// <summary>Wakes the loop, at once or at a time. Many wishes before it has woken are one.</summary>
internal sealed class WakeSignal : IDisposable
{
    private readonly Channel<bool> _wishes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ITimer _timer;

    public WakeSignal(TimeProvider clock) => _timer = clock.CreateTimer(_ => Now(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Wakes it now.</summary>
    public void Now() => _wishes.Writer.TryWrite(true);

    /// <summary>Sleeps until somebody wishes otherwise, at most <paramref name="longest"/>.</summary>
    public async ValueTask Sleep(TimeSpan longest)
    {
        _timer.Change(longest > TimeSpan.Zero ? longest : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await _wishes.Reader.ReadAsync().ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();
}
