namespace Aios.Running.Linux;

/// <summary>Tells which processes belong to whom: by their own signs, else as their parents do.</summary>
/// <typeparam name="T">What a process can belong to.</typeparam>
/// <param name="processes">All that there are.</param>
/// <param name="ownSigns">The owner that a process shows by itself, or null.</param>
internal sealed class ProcessOwners<T>(List<ProcStat> processes, Func<ProcStat, T?> ownSigns)
    where T : class
{
    private readonly Dictionary<int, ProcStat> _byPid = processes.ToDictionary(process => process.Pid);
    private readonly Dictionary<int, T?> _owners = [];

    /// <summary>Each living process that has an owner.</summary>
    public IEnumerable<(ProcStat Process, T Owner)> Find()
    {
        foreach (var process in processes)
        {
            if (!process.IsZombie && OwnerOf(process) is { } owner)
            {
                yield return (process, owner);
            }
        }
    }

    private T? OwnerOf(ProcStat process)
    {
        var path = new List<int>();
        T? owner = null;
        for (ProcStat? next = process; next is { } at && at.Pid > 1 && at.Pid != Environment.ProcessId; next = Parent(at))
        {
            if (_owners.TryGetValue(at.Pid, out owner))
            {
                break;
            }

            // Set at once: a table that changed while it was read could hold a circle.
            _owners[at.Pid] = null;
            path.Add(at.Pid);
            owner = ownSigns(at);
            if (owner is not null)
            {
                break;
            }
        }

        foreach (var pid in path)
        {
            _owners[pid] = owner;
        }

        return owner;
    }

    private ProcStat? Parent(ProcStat process) => _byPid.TryGetValue(process.Parent, out var parent) ? parent : null;
}
