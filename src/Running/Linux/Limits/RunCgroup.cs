using System.Collections.Immutable;
using System.Globalization;
using Aios.Jobs;

namespace Aios.Running.Linux.Limits;

/// <summary>The control groups of one run: folders that exist from before its start to after its end.</summary>
internal sealed class RunCgroup(JobLimits limits)
{
    private const int Period = 100_000;
    private const int RemoveTries = 50;
    private static readonly TimeSpan RemoveNap = TimeSpan.FromMilliseconds(20);

    private Place? _memory;
    private Place? _processes;
    private Place? _cpu;
    private Place? _cpuTime;

    /// <summary>Each once.</summary>
    public ImmutableArray<string> Folders { get; private set; } = [];

    /// <summary>Files that a process writes itself into.</summary>
    public IReadOnlyList<string> Procs => [.. Folders.Select(folder => Path.Combine(folder, "cgroup.procs"))];

    public bool KeepsMemory => _memory is not null;

    public bool KeepsProcesses => _processes is not null;

    public bool KeepsCpu => _cpu is not null;

    /// <summary>
    /// The kernel ended a process of it since all together wanted more memory than they may have, and not since the
    /// machine had none left.
    /// </summary>
    public bool MemoryExceeded =>
        _memory is { } place
        && (
            place.IsUnified
                ? place.Number("memory.events", "oom_kill") > 0 && place.Number("memory.events", "oom") > 0
                : place.Number("memory.oom_control", "oom_kill") > 0 && (IsFull(place, "memory") || IsFull(place, "memory.memsw"))
        );

    /// <summary>The kernel refused to make a process or thread.</summary>
    public bool ForksRefused => _processes?.Number("pids.events", "max") > 0;

    /// <summary>Processor time of all that ever was in it, or null if it is not known.</summary>
    public TimeSpan? CpuUsed =>
        _cpuTime switch
        {
            null => null,
            { IsUnified: true } place => TimeSpan.FromMicroseconds(place.Number("cpu.stat", "usage_usec")),
            var place => TimeSpan.FromTicks(place.Number("cpuacct.usage") / TimeSpan.NanosecondsPerTick),
        };

    public void TryLimitMemory((string Folder, bool IsUnified)? at)
    {
        if (At(at) is not { } place)
            return;

        var bytes = limits.Memory!.Value;
        _memory = Keep(place, place.TryWrite(place.IsUnified ? "memory.max" : "memory.limit_in_bytes", bytes));
        if (_memory is not null)
            LimitSwap(place, bytes);
    }

    // Else the limit would only move memory there. A kernel that keeps no account of swap lacks the files.
    private static void LimitSwap(Place place, long bytes)
    {
        if (place.IsUnified)
            place.TryWrite("memory.swap.max", 0);
        else if (!place.TryWrite("memory.memsw.limit_in_bytes", bytes))
            place.TryWrite("memory.swappiness", 0);
    }

    public void TryLimitProcesses((string Folder, bool IsUnified)? at)
    {
        if (At(at) is { } place)
            _processes = Keep(place, place.TryWrite("pids.max", limits.Processes!.Value));
    }

    public void TryLimitCpu((string Folder, bool IsUnified)? at)
    {
        if (At(at) is not { } place)
            return;

        var quota = (long)(limits.Cpu!.Value * Period);
        _cpu = Keep(
            place,
            place.IsUnified
                ? place.TryWrite("cpu.max", $"{quota} {Period}")
                : place.TryWrite("cpu.cfs_period_us", Period) && place.TryWrite("cpu.cfs_quota_us", quota)
        );
    }

    public void TryMeasureCpuTime((string Folder, bool IsUnified)? at)
    {
        if (At(at) is { } place)
            _cpuTime = Keep(place, true);
    }

    /// <summary>Nothing lives in it any more. What the kernel still counts as busy is tried again for a while.</summary>
    public void Remove()
    {
        var left = Folders.Where(folder => !ControlFile.TryRemoveFolder(folder)).ToList();
        if (left.Count > 0)
            _ = RemoveLater(left);
    }

    // Whoever wants many pages at once is refused a little below the limit. Some kernels count no failures (failcnt).
    private bool IsFull(Place place, string account) =>
        place.Number($"{account}.max_usage_in_bytes") >= limits.Memory - (limits.Memory / 16);

    private static async Task RemoveLater(List<string> left)
    {
        for (var tries = 0; tries < RemoveTries && left.Count > 0; tries++)
        {
            await Task.Delay(RemoveNap);
            left.RemoveAll(ControlFile.TryRemoveFolder);
        }
    }

    private static Place? At((string Folder, bool IsUnified)? at) => at is { } given ? new(given.Folder, given.IsUnified) : null;

    // A folder that keeps nothing is still there to be removed, and does no harm.
    private Place? Keep(Place place, bool keeps)
    {
        if (!Folders.Contains(place.Folder))
            Folders = Folders.Add(place.Folder);
        return keeps ? place : null;
    }

    private sealed record Place(string Folder, bool IsUnified)
    {
        public long Number(string file) => ControlFile.Number(Path.Combine(Folder, file)) ?? 0;

        public long Number(string file, string word) => ControlFile.Number(Path.Combine(Folder, file), word);

        public bool TryWrite(string file, long number) => TryWrite(file, number.ToString(CultureInfo.InvariantCulture));

        public bool TryWrite(string file, string text) => ControlFile.TryWrite(Path.Combine(Folder, file), text);
    }
}
