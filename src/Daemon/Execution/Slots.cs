using Aios.Daemon.Ticks;

namespace Aios.Daemon.Execution;

/// <summary>
/// The device's slots, and the few runs that were claimed a moment ahead of one. Where runs are short, slots
/// would stand empty for much of the time, until the commit that claims the next; so as many are claimed ahead as have just
/// ended so soon, and each starts in the instant in which a slot becomes free.
/// </summary>
/// <param name="count">How many runs may go on at once.</param>
/// <param name="clock">For how long one has waited.</param>
internal sealed class Slots(int count, TimeProvider clock)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    // Those that ended were short, but those that go on need not be. Then others shall have the rows.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly LinkedList<(LivingRun Run, long Since)> _ahead = new();
    private int _taken;

    /// <summary>How many more may be claimed now, after those have ended.</summary>
    public int Claimable(IReadOnlyCollection<EndedRun> ended)
    {
        var ahead = Math.Min(count, ended.Count(run => run.Lasted <= Short && run.Job?.Work.TakesSlot != false));
        lock (_gate)
            return Math.Max(0, count + ahead - _taken - _ahead.Count);
    }

    /// <summary>How many are taken. Who waits for one has none.</summary>
    public int InUse
    {
        get
        {
            lock (_gate)
                return _taken;
        }
    }

    /// <summary>Whether a slot that becomes free has its next run already.</summary>
    public bool HasNext
    {
        get
        {
            lock (_gate)
                return _ahead.Count > 0;
        }
    }

    /// <summary>How long until <see cref="LeaveLate"/> finds one; null without one that waits.</summary>
    public TimeSpan? LateIn
    {
        get
        {
            lock (_gate)
                return _ahead.First is { } first ? Patience - clock.GetElapsedTime(first.Value.Since) : null;
        }
    }

    /// <summary>Takes a slot, even if there is none.</summary>
    public void Take()
    {
        lock (_gate)
            _taken++;
    }

    /// <summary>Takes a slot; false if the run has to wait for one.</summary>
    public bool TryTake(LivingRun run)
    {
        lock (_gate)
        {
            if (_taken < count)
            {
                _taken++;
                return true;
            }

            _ahead.AddLast((run, clock.GetTimestamp()));
            return false;
        }
    }

    /// <summary>Gives a slot back; the answer is the run that has it now, or null.</summary>
    public LivingRun? PassOn()
    {
        lock (_gate)
        {
            if (_taken <= count && _ahead.First is { } next)
            {
                _ahead.RemoveFirst();
                return next.Value.Run;
            }

            _taken--;
            return null;
        }
    }

    /// <summary>Makes a run no longer wait for a slot; false if it does not.</summary>
    public bool TryLeave(LivingRun run)
    {
        lock (_gate)
        {
            for (var waiting = _ahead.First; waiting is not null; waiting = waiting.Next)
            {
                if (waiting.Value.Run != run)
                    continue;
                _ahead.Remove(waiting);
                return true;
            }

            return false;
        }
    }

    /// <summary>Makes those no longer wait that have waited for too long.</summary>
    public IReadOnlyList<LivingRun> LeaveLate()
    {
        List<LivingRun>? late = null;
        lock (_gate)
        {
            while (_ahead.First is { } first && clock.GetElapsedTime(first.Value.Since) >= Patience)
            {
                (late ??= []).Add(first.Value.Run);
                _ahead.RemoveFirst();
            }
        }

        return late ?? [];
    }
}
