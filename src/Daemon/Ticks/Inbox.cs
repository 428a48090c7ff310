using Aios.Store.Logs;

namespace Aios.Daemon.Ticks;

/// <summary>Collects what happens on other threads until the next tick writes it down.</summary>
/// <param name="wake">Asks for a tick.</param>
/// <param name="canWait">Whether what happens can wait a moment for more, so that one commit writes down all of it.</param>
/// <param name="clock">For how long a start has waited.</param>
internal sealed class Inbox(Action wake, Func<bool> canWait, TimeProvider clock)
{
    /// <summary>
    /// A start waits so long for its end, which says the same. A commit just for it would hold up what follows the end of a short
    /// program: the next step of a flow, say.
    /// </summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromMilliseconds(20);

    // Runs are bounded by their own budgets; this bounds them all while the database takes nothing.
    private const int MostLines = 200_000;

    private readonly Lock _gate = new();
    private readonly List<(StartedRun Run, long Since)> _starting = [];
    private InboxBatch _batch = InboxBatch.New();
    private long _dropped;

    /// <summary>Lines that were left out since the start, for the database took none for too long.</summary>
    public long Dropped { get; private set; }

    /// <summary>Adds a line. Lines can wait a moment for others.</summary>
    public void Add(LogLine line)
    {
        lock (_gate)
        {
            if (_batch.Lines.Count < MostLines)
                _batch.Lines.Add(line);
            else
                (_dropped, Dropped) = (_dropped + 1, Dropped + 1);
            if (_batch.Lines.Count > 1)
                return;
        }

        wake();
    }

    /// <summary>A process is there. If it is over before that was written down, its end says it as well.</summary>
    public void Add(StartedRun started)
    {
        lock (_gate)
        {
            _starting.Add((started, clock.GetTimestamp()));
            if (_starting.Count > 1 || HasUrgent)
                return;
        }

        // Whoever sleeps learns of a time to wake.
        wake();
    }

    /// <summary>
    /// A run is over. <paramref name="letGo"/> is done in the same instant, so that nobody finds the run in neither place.
    /// </summary>
    public void Add(EndedRun ended, Action? letGo = null)
    {
        bool isFirst;
        lock (_gate)
        {
            isFirst = !HasUrgent;
            _batch.Started.RemoveAll(started => started.RunId == ended.Run.Id);
            _starting.RemoveAll(started => started.Run.RunId == ended.Run.Id);
            _batch.Ended.Add(ended);
            letGo?.Invoke();
        }

        WakeFor(isFirst);
    }

    /// <summary>Gives back what was taken and could not be written down.</summary>
    public void PutBack(InboxBatch batch)
    {
        lock (_gate)
        {
            _batch.Lines.InsertRange(0, batch.Lines);
            _batch.Started.InsertRange(0, batch.Started);
            _batch.Ended.InsertRange(0, batch.Ended);
        }
    }

    /// <summary>Whether there is something that should not wait for more.</summary>
    public bool IsUrgent
    {
        get
        {
            lock (_gate)
                return HasUrgent;
        }
    }

    /// <summary>How long until a start has waited long enough to be written down; null if none waits.</summary>
    public TimeSpan? StartIn
    {
        get
        {
            lock (_gate)
                return _starting.Count == 0 ? null : StartPatience - clock.GetElapsedTime(_starting[0].Since);
        }
    }

    // The first wakes always: whoever waits for more knows then that there is something to wait with.
    private void WakeFor(bool isFirst)
    {
        if (isFirst || !canWait())
            wake();
    }

    private bool HasUrgent => _batch.Started.Count > 0 || _batch.Ended.Count > 0;

    /// <summary>Whether there are lines.</summary>
    public bool HasLines
    {
        get
        {
            lock (_gate)
                return _batch.Lines.Count > 0;
        }
    }

    /// <summary>Takes all that is there.</summary>
    public InboxBatch Dequeue(DateTimeOffset now)
    {
        lock (_gate)
        {
            var taken = _batch;
            _batch = InboxBatch.New();
            var due = _starting.FindIndex(start => clock.GetElapsedTime(start.Since) < StartPatience) is >= 0 and var young
                ? young
                : _starting.Count;
            taken.Started.AddRange(_starting.Take(due).Select(start => start.Run));
            _starting.RemoveRange(0, due);
            if (_dropped > 0)
                taken.Lines.Add(
                    new LogLine(now, LogLevel.Warning, $"{_dropped} lines of output were left out: the database took none for too long.")
                );
            _dropped = 0;
            return taken;
        }
    }
}
