using System.Threading.Channels;
using Aios.Daemon;
using Aios.Store;

namespace Aios.Api.Live;

/// <summary>
/// Carries what anybody commits to all who watch. It reads each new row once, however many they are, and nothing while
/// there are none; commits that come close together are read together.
/// </summary>
internal sealed class Broadcast : IAsyncDisposable
{
    // Also how late an event may be while one follows the other.
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>Watchers are woken about so often even if nothing happens, so that they can show that they are there.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly DaemonHandle _daemon;
    private readonly Channel<bool> _commits = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _work;
    private long _lastPulse;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Broadcast(DaemonHandle daemon, ReaderPool readers)
    {
        _daemon = daemon;
        _lastPulse = Clock.GetTimestamp();
        Events = new LiveFeed(new EventSource(), readers, Wake);
        Lines = new LiveFeed(new LineSource(), readers, Wake);
        _daemon.Changed += NoteCommit;
        _work = Task.Run(Work);
    }

    /// <summary>By which time passes.</summary>
    public TimeProvider Clock => _daemon.Clock;

    /// <summary>What happens.</summary>
    public LiveFeed Events { get; }

    /// <summary>What is said.</summary>
    public LiveFeed Lines { get; }

    /// <summary>Done as soon as there may be something new. To be asked for before looking.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _daemon.Changed -= NoteCommit;
        await _ending.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        _ending.Dispose();
    }

    private bool IsWatched => Events.IsWatched || Lines.IsWatched;

    private void NoteCommit()
    {
        if (IsWatched)
            Wake();
    }

    private void Wake() => _commits.Writer.TryWrite(true);

    private async Task Work()
    {
        try
        {
            while (!_ending.IsCancellationRequested)
            {
                await WaitForCommit().ConfigureAwait(false);
                if (Clock.GetElapsedTime(_lastPulse) >= KeepAlive)
                    Pulse();
                await Task.Delay(await Refresh().ConfigureAwait(false) ? BetweenReads : AfterFailure, _ending.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon ends.
        }
    }

    private async Task WaitForCommit()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        limit.CancelAfter(KeepAlive);
        try
        {
            await _commits.Reader.ReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_ending.IsCancellationRequested)
        {
            // Nothing has been committed for long.
        }
    }

    // Whatever goes wrong, it is tried again; meanwhile those who watch wait.
    private async Task<bool> Refresh()
    {
        try
        {
            while (await Events.Refresh().ConfigureAwait(false) | await Lines.Refresh().ConfigureAwait(false))
                Pulse();
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            if (error is not StoreException)
                _daemon.Error($"Events could not be sent to the open streams; AIOS tries again: {error.Message} ({error.GetType().Name})");
            Wake();
            return false;
        }
    }

    private void Pulse()
    {
        _lastPulse = Clock.GetTimestamp();
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
