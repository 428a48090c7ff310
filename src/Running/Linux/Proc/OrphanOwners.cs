using System.Collections.Concurrent;

namespace Aios.Running.Linux;

/// <summary>
/// Which orphans that this process adopted came from which child: by session, else by the mark in their environment.
/// Guarded by the reaper's lock, and nothing may be reaped beside it.
/// </summary>
internal sealed class OrphanOwners(ConcurrentDictionary<int, LinuxChild> leaders)
{
    // By the system's own clock, as all that the reaper waits for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly AdoptedPids _adopted = new();
    private readonly Dictionary<int, LinuxChild> _bySession = [];
    private readonly Dictionary<ProcessMark, LinuxChild> _byMark = [];

    // Some without an owner: nothing shows where they came from.
    private readonly Dictionary<int, Orphan> _orphans = [];

    // Since when; none but processes that are dying or in an exec.
    private readonly Dictionary<int, long> _unsettled = [];

    public void Add(LinuxChild child)
    {
        _bySession[child.Pid] = child;
        _byMark[child.Mark] = child;

        // Seen between its start and now, it looked like an orphan, and its own orphans like nobody's.
        if (_orphans.Remove(child.Pid, out var itself) && itself.Owner is { } mistaken)
        {
            mistaken.Adopted--;
        }

        foreach (var orphan in _orphans.Values.Where(orphan => orphan.Owner is null && orphan.IsOf(child)))
        {
            orphan.Owner = child;
            child.Adopted++;
        }
    }

    public void Remove(LinuxChild child)
    {
        // A number or a mark may have been given again meanwhile.
        if (_bySession.GetValueOrDefault(child.Pid) == child)
        {
            _bySession.Remove(child.Pid);
        }

        if (_byMark.GetValueOrDefault(child.Mark) == child)
        {
            _byMark.Remove(child.Mark);
        }
    }

    /// <summary>A copy of the list of what hangs on the main thread.</summary>
    public List<int> Adopted() => [.. _adopted.Read()];

    /// <summary>
    /// Whether a dead child that is no leader is an orphan, and so ours to reap; then also whose it was, if known. A
    /// direct child that somebody else started has our session, or hangs on the thread that started it.
    /// </summary>
    public bool TryRemoveOrphan(int pid, bool onlyKnown, out LinuxChild? owner)
    {
        if (_orphans.Remove(pid, out var orphan))
        {
            owner = orphan.Owner;
            if (owner is not null)
            {
                owner.Adopted--;
            }

            return true;
        }

        owner = null;
        if (onlyKnown || ProcStat.Of(pid) is not { } process || IsOfOwnSession(process))
        {
            return false;
        }

        owner = _bySession.GetValueOrDefault(process.Session);
        return owner is not null || _adopted.Read().Contains(pid);
    }

    /// <summary>Whether living orphans of a child are here, known or new, or one that may be its and cannot be told yet.</summary>
    public bool HasOrphans(LinuxChild child)
    {
        var adopted = _adopted.Read();
        Forget(adopted);
        var settled = true;
        foreach (var pid in adopted)
        {
            if (!leaders.ContainsKey(pid) && !_orphans.ContainsKey(pid))
            {
                settled &= TryMeet(pid);
            }
        }

        return child.Adopted > 0 || !settled;
    }

    // A program can hide for ever what it is; it must not hold up the end of every run.
    private bool IsOverdue(int pid)
    {
        if (_unsettled.TryAdd(pid, TimeProvider.System.GetTimestamp()))
        {
            return false;
        }

        return TimeProvider.System.GetElapsedTime(_unsettled[pid]) > Patience;
    }

    // A process that failed to start looks like an orphan for a moment, and posix_spawn reaps it itself.
    private void Forget(List<int> adopted)
    {
        if (_unsettled.Count > adopted.Count)
        {
            _unsettled.Clear();
        }

        if (_orphans.Count > adopted.Count)
        {
            foreach (var gone in _orphans.Keys.Except(adopted).ToList())
            {
                TryRemoveOrphan(gone, onlyKnown: true, out _);
            }
        }
    }

    private static bool IsOfOwnSession(ProcStat process) => process.Session == LibC.getsid(0);

    private bool TryMeet(int pid)
    {
        if (ProcStat.Of(pid) is not { } process || IsOfOwnSession(process))
        {
            return true;
        }

        // It may have died after the list was read, and its children came to us only then.
        if (process.IsZombie)
        {
            _unsettled.Remove(pid);
            return false;
        }

        var owner = _bySession.GetValueOrDefault(process.Session);
        ProcessMark? mark = null;
        if (owner is null && !Environ.TryMarkOf(process, out mark) && !IsOverdue(pid))
        {
            return false;
        }

        _unsettled.Remove(pid);

        owner ??= mark is null ? null : _byMark.GetValueOrDefault(mark);
        _orphans[pid] = new(process.Session, mark) { Owner = owner };
        if (owner is not null)
        {
            owner.Adopted++;
        }

        return true;
    }

    private sealed class Orphan(int session, ProcessMark? mark)
    {
        public LinuxChild? Owner { get; set; }

        public bool IsOf(LinuxChild child) => session == child.Pid || mark == child.Mark;
    }
}
