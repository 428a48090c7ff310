using Aios.Jobs;

namespace Aios.Running.Linux.Limits;

/// <summary>
/// Keeps limits by what the kernel offers: those of a process at its start (<see cref="StartStub"/>), those of all
/// processes of a run by control groups where the daemon may make them, else by watching them.
/// </summary>
internal sealed class LinuxLimiter : ILimiter
{
    private const string NoCgroup =
        "this daemon cannot create control groups for it; docs/operating.md, \"Limits\", explains how to allow it";

    private readonly Lazy<Cgroups?> _cgroups;
    private readonly Lazy<LimitWatcher> _watcher = new(() => new LimitWatcher());

    public LinuxLimiter(string marker, bool mayUseCgroups) =>
        _cgroups = new(() => mayUseCgroups ? Cgroups.Open(marker, CgroupHome.OfThisProcess()) : null);

    public IEnumerable<string> Unkept(JobLimits limits) =>
        limits.Cpu is not null && _cgroups.Value?.Has(Cgroups.Cpu) is not true ? [$"cpu ({NoCgroup})"] : [];

    public IRunLimits? Prepare(JobLimits limits, ProcessMark mark)
    {
        if (limits with { Output = null } == JobLimits.None)
            return null;

        OpenFilesLimit.Check(limits.OpenFiles);
        var group = NeedsGroup(limits) ? _cgroups.Value?.Make(limits, mark.RunId) : null;
        return new LinuxRunLimits(limits, mark, group, _watcher);
    }

    public void Dispose()
    {
        if (_watcher.IsValueCreated)
            _watcher.Value.Dispose();
    }

    private static bool NeedsGroup(JobLimits limits) =>
        limits.Memory is not null || limits.Processes is not null || limits.Cpu is not null || limits.CpuTime is not null;
}
