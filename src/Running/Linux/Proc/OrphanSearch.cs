namespace Aios.Running.Linux;

/// <summary>Finds the living processes that a dead daemon left.</summary>
internal sealed class OrphanSearch
{
    private static readonly object Found = new();

    private readonly Func<string, bool> _isMarked;
    private readonly Dictionary<int, long> _recorded = [];
    private readonly HashSet<long> _runs = [];

    // Whom a signal made somebody's else child is still known by what was found before.
    private readonly HashSet<ProcessIdentity> _known = [];

    public OrphanSearch(Func<string, bool> isMarked, IEnumerable<ProcessIdentity> recorded)
    {
        _isMarked = isMarked;
        foreach (var process in recorded)
        {
            _recorded[process.Pid] = process.Start;
        }
    }

    /// <summary>The runs of those that were found by their marker.</summary>
    public IReadOnlySet<long> Runs => _runs;

    public List<ProcessIdentity> Find()
    {
        var processes = ProcessTable.Read();
        var starts = processes.ToDictionary(process => process.Pid, process => process.Start);
        var spared = Ancestors(processes);
        var found = new ProcessOwners<object>(processes, process => IsOrphan(process, starts, spared) ? Found : null)
            .Find()
            .Where(pair => !spared.Contains(pair.Process.Pid))
            .Select(pair => new ProcessIdentity(pair.Process.Pid, pair.Process.Start))
            .ToList();
        _known.UnionWith(found);
        return found;
    }

    /// <summary>TERM or KILL, if it is still that very process.</summary>
    public static void Signal(ProcessIdentity process, bool kill)
    {
        if (!process.IsAlive)
        {
            return;
        }

        _ = LibC.kill(process.Pid, kill ? LibC.SIGKILL : LibC.SIGTERM);
        _ = LibC.kill(process.Pid, LibC.SIGCONT);
    }

    private bool IsOrphan(ProcStat process, Dictionary<int, long> starts, HashSet<int> spared)
    {
        if (spared.Contains(process.Pid))
        {
            return false;
        }

        return _known.Contains(new(process.Pid, process.Start)) || IsOfRecordedSession(process, starts) || IsMarked(process);
    }

    private bool IsMarked(ProcStat process)
    {
        if (Environ.MarkOf(process) is not { } mark || !_isMarked(mark.Marker))
        {
            return false;
        }

        // Below 0 is what is of no run.
        if (mark.RunId > 0)
        {
            _runs.Add(mark.RunId);
        }

        return true;
    }

    // While a session has a member its number is not given to another process: a leader with another start time means
    // that the recorded session is gone.
    private bool IsOfRecordedSession(ProcStat process, Dictionary<int, long> starts) =>
        _recorded.TryGetValue(process.Session, out var start)
        && process.Start >= start
        && (!starts.TryGetValue(process.Session, out var leader) || leader == start);

    private static HashSet<int> Ancestors(List<ProcStat> processes)
    {
        var parents = processes.ToDictionary(process => process.Pid, process => process.Parent);
        var ancestors = new HashSet<int>();
        for (var pid = Environment.ProcessId; pid > 0 && ancestors.Add(pid); )
        {
            pid = parents.GetValueOrDefault(pid);
        }

        return ancestors;
    }
}
