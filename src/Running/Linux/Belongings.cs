using System.Collections.Concurrent;

namespace Aios.Running.Linux;

/// <summary>
/// Which orphans that this process adopted came from which child: by session, else by the mark in their environment.
/// Guarded by the reaper's lock, and nothing may be reaped beside it.
/// </summary>
internal sealed class Belongings(ConcurrentDictionary<int, LinuxChild> leaders)
{
    private readonly AdoptedPids _adopted = new();
    private readonly Dictionary<int, LinuxChild> _bySession = [];
    private readonly Dictionary<ProcessMark, LinuxChild> _byMark = [];

    // Of nobody: an orphan without a sign of where it came from.
    private readonly ConcurrentDictionary<int, Orphan> _orphans = new();

    public void Add(LinuxChild child)
    {
        _bySession[child.Pid] = child;
        _byMark[child.Mark] = child;
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

    public ICollection<int> Orphans() => _orphans.Keys;

    public bool IsOrphan(int pid) => _orphans.ContainsKey(pid);

    /// <summary>Whose it was, or null.</summary>
    public LinuxChild? RemoveOrphan(int pid)
    {
        if (!_orphans.TryRemove(pid, out var orphan) || orphan.Owner is not { } owner)
        {
            return null;
        }

        owner.Adopted--;
        return owner;
    }

    /// <summary>Whether living orphans of a child are here, known or new.</summary>
    public bool HasOrphans(LinuxChild child)
    {
        foreach (var pid in _adopted.Read())
        {
            if (!leaders.ContainsKey(pid) && !_orphans.ContainsKey(pid))
            {
                Meet(pid);
            }
        }

        return child.Adopted > 0;
    }

    /// <summary>
    /// Whether a dead child that nobody knows is an orphan, and so ours to reap. A direct child that somebody else
    /// started has our session, or hangs on the thread that started it.
    /// </summary>
    public bool IsAdopted(int pid, out LinuxChild? owner)
    {
        owner = null;
        if (ProcStat.Of(pid) is not { } process || IsOfOwnSession(process) || !_adopted.Read().Contains(pid))
        {
            return false;
        }

        owner = _bySession.GetValueOrDefault(process.Session);
        return true;
    }

    private static bool IsOfOwnSession(ProcStat process) => process.Session == LibC.getsid(0);

    private void Meet(int pid)
    {
        if (ProcStat.Of(pid) is not { } process || process.IsZombie || IsOfOwnSession(process))
        {
            return;
        }

        var owner = _bySession.GetValueOrDefault(process.Session)
            ?? (Environ.MarkOf(pid) is { } mark ? _byMark.GetValueOrDefault(mark) : null);
        _orphans[pid] = new(owner);
        if (owner is not null)
        {
            owner.Adopted++;
        }
    }

    private sealed record Orphan(LinuxChild? Owner);
}
