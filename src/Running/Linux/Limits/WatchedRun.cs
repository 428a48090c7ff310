using Aios.Jobs;
using Aios.Jobs.Formats;

namespace Aios.Running.Linux.Limits;

/// <summary>A run whose limits are watched, and what is to be looked at.</summary>
internal sealed class WatchedRun(IChild child, ProcessMark mark, JobLimits limits, RunCgroup? group, Action<LimitBreach> tell)
{
    // What shares its memory with its parent until its exec is counted twice in that moment.
    private static readonly TimeSpan SecondLook = TimeSpan.FromMilliseconds(15);

    private Dictionary<ProcessIdentity, TimeSpan> _strays = [];
    private TimeSpan _ofGoneStrays;

    public IChild Child => child;

    public ProcessMark Mark => mark;

    /// <summary>The processes must be looked at, since no control group knows.</summary>
    public bool NeedsLoad =>
        (limits.Memory is not null && group is not { KeepsMemory: true })
        || (limits.Processes is not null && group is not { KeepsProcesses: true })
        || (limits.CpuTime is not null && group?.CpuUsed is null);

    /// <summary>Whether there is anything to watch.</summary>
    public bool NeedsWatching => NeedsLoad || limits.CpuTime is not null || group is { KeepsMemory: true };

    /// <summary>Null while all is kept.</summary>
    public LimitBreach? FindBreach(SessionLoad? load) => OfMemory(load) ?? OfProcesses(load) ?? OfCpuTime(load);

    public void Tell(LimitBreach breach) => tell(breach);

    private LimitBreach? OfMemory(SessionLoad? load)
    {
        if (limits.Memory is not { } most)
            return null;
        if (group is { KeepsMemory: true })
            return group.MemoryExceeded ? Breaches.MemoryByKernel(most) : null;
        if (load is null || load.MemoryAtMost <= most || load.Memory() <= most)
            return null;

        Thread.Sleep(SecondLook);
        return load.Memory() is var used && used > most
            ? new("memory", $"{ByteSize.About(used)} used, more than {ByteSize.Text(most)}", AtOnce: true)
            : null;
    }

    private LimitBreach? OfProcesses(SessionLoad? load) =>
        limits.Processes is { } most && group is not { KeepsProcesses: true } && load?.Threads > most
            ? new("processes", $"{load.Threads} processes and threads, more than {most}")
            : null;

    private LimitBreach? OfCpuTime(SessionLoad? load)
    {
        if (limits.CpuTime is not { } most)
            return null;

        return (group?.CpuUsed ?? CpuSeen(load!)) >= most ? Breaches.CpuTime(most) : null;
    }

    private TimeSpan CpuSeen(SessionLoad load)
    {
        foreach (var (stray, used) in _strays)
        {
            if (!load.Strays.ContainsKey(stray))
                _ofGoneStrays += used;
        }

        _strays = load.Strays;
        return load.Cpu + child.Used.Cpu + _ofGoneStrays;
    }
}
