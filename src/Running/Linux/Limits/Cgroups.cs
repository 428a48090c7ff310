using System.Collections.Immutable;
using System.Globalization;
using Aios.Jobs;

namespace Aios.Running.Linux.Limits;

/// <summary>
/// The control groups that this daemon may make: of version 1 one hierarchy for each controller, of version 2 one for
/// all. Where both are mounted, a controller is in one of them.
/// </summary>
internal sealed class Cgroups
{
    public const string Memory = "memory";
    public const string Processes = "pids";
    public const string Cpu = "cpu";
    public const string CpuTime = "cpuacct";

    // The marker in a folder's name is escaped, so there is no plus in it.
    private const string Prefix = "aios-run-";
    private const char BeforeRun = '+';

    private readonly string _prefix;
    private readonly ImmutableDictionary<string, CgroupHome> _homes;

    private Cgroups(string marker, ImmutableDictionary<string, CgroupHome> homes)
    {
        _prefix = Prefix + Uri.EscapeDataString(marker) + BeforeRun;
        _homes = homes;
    }

    /// <summary>What this daemon may make; null if nothing. Of version 2 this may move this process, once.</summary>
    public static Cgroups? Open(string marker, IEnumerable<CgroupHome> homes)
    {
        var usable = ImmutableDictionary.CreateBuilder<string, CgroupHome>();
        foreach (var home in homes)
        {
            var controllers = home.IsUnified ? UnifiedCgroup.Prepare(home.Folder) : Offered(home, marker);
            foreach (var controller in controllers)
            {
                usable.TryAdd(controller, home);
            }
        }

        return usable.Count == 0 ? null : new(marker, usable.ToImmutable());
    }

    /// <summary>Removes groups of daemons that are gone, once nothing lives in them.</summary>
    /// <param name="isTheirs">Whether a value of <c>AIOS_MARK</c> is a dead daemon's.</param>
    public static void RemoveLeft(IEnumerable<CgroupHome> homes, Func<string, bool> isTheirs)
    {
        foreach (
            var folder in homes
                .Where(home => Directory.Exists(home.Folder))
                .SelectMany(home => Directory.EnumerateDirectories(home.Folder, Prefix + "*"))
        )
        {
            var name = Path.GetFileName(folder)[Prefix.Length..];
            if (name.LastIndexOf(BeforeRun) is var end and >= 0 && isTheirs(Uri.UnescapeDataString(name[..end])))
            {
                ControlFile.TryRemoveFolder(folder);
            }
        }
    }

    /// <summary>Whether a run can be limited by it.</summary>
    public bool Has(string controller) => _homes.ContainsKey(controller);

    /// <summary>A group for a run, with those of its limits that it can keep; null if it can keep none.</summary>
    public RunCgroup? Make(JobLimits limits, long runId)
    {
        var group = new RunCgroup(limits);
        if (limits.Memory is not null)
            group.TryLimitMemory(FolderFor(Memory, runId));
        if (limits.Processes is not null)
            group.TryLimitProcesses(FolderFor(Processes, runId));
        if (limits.Cpu is not null)
            group.TryLimitCpu(FolderFor(Cpu, runId));
        if (limits.CpuTime is not null)
            group.TryMeasureCpuTime(FolderFor(CpuTime, runId));
        return group.Folders.IsEmpty ? null : group;
    }

    private (string Folder, bool IsUnified)? FolderFor(string controller, long runId)
    {
        if (!_homes.TryGetValue(controller, out var home))
            return null;

        var folder = Path.Combine(home.Folder, _prefix + runId.ToString(CultureInfo.InvariantCulture));
        return ControlFile.TryMakeFolder(folder) ? (folder, home.IsUnified) : null;
    }

    // Only by making one it can be told whether it may be made, and what it would offer.
    private static List<string> Offered(CgroupHome home, string marker)
    {
        (string Controller, string File)[] all =
        [
            (Memory, "memory.limit_in_bytes"),
            (Processes, "pids.max"),
            (Cpu, "cpu.cfs_quota_us"),
            (CpuTime, "cpuacct.usage"),
        ];
        var wanted = all.Where(one => home.Controllers.Contains(one.Controller)).ToList();
        var probe = Path.Combine(home.Folder, Prefix + Uri.EscapeDataString(marker) + BeforeRun + "0");
        if (wanted.Count == 0 || !ControlFile.TryMakeFolder(probe))
            return [];

        var offered = wanted.Where(one => File.Exists(Path.Combine(probe, one.File))).Select(one => one.Controller).ToList();
        ControlFile.TryRemoveFolder(probe);
        return offered;
    }
}
