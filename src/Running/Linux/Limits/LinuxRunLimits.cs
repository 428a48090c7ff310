using Aios.Jobs;

namespace Aios.Running.Linux.Limits;

/// <summary>The limits of a run on Linux: set at its start, kept by its control group, or watched.</summary>
internal sealed class LinuxRunLimits(JobLimits limits, ProcessMark mark, RunCgroup? group, Lazy<LimitWatcher> watcher) : IRunLimits
{
    private WatchedRun? _watched;

    public StartLimits? Start { get; } = StartOf(limits, group);

    public void Watch(IChild child, Action<LimitBreach> breached)
    {
        var watched = new WatchedRun(child, mark, limits, group, breached);
        if (!watched.NeedsWatching)
            return;

        _watched = watched;
        watcher.Value.Add(watched);
    }

    public LimitBreach? Find(ExitStatus exit, ProcessUsage used)
    {
        if (group is { MemoryExceeded: true })
            return Breaches.MemoryByKernel(limits.Memory!.Value);
        if (exit.Success)
            return null;
        if (limits.CpuTime is { } most && (exit.Signal == LibC.SIGXCPU || (group?.CpuUsed ?? used.Cpu) >= most))
            return Breaches.CpuTime(most);
        return group is { ForksRefused: true } ? new("processes", $"more than {limits.Processes} were refused") : null;
    }

    public void End()
    {
        if (_watched is not null)
            watcher.Value.Remove(_watched);
        group?.Remove();
    }

    private static StartLimits? StartOf(JobLimits limits, RunCgroup? group)
    {
        long? seconds = limits.CpuTime is { } time ? (long)Math.Ceiling(time.TotalSeconds) : null;
        var start = new StartLimits(limits.OpenFiles, seconds, limits.Nice, group?.Procs ?? []);
        return start.IsEmpty ? null : start;
    }
}
