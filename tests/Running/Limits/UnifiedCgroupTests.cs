using Aios.Running.Linux.Limits;

namespace Aios.Tests.Running.Limits;

/// <summary>
/// What is written to and read from version 2, on a tree of plain files: it shows names and formats, not what a kernel
/// does with them.
/// </summary>
public sealed class UnifiedCgroupTests : IDisposable
{
    private const string Marker = "db/device/boot";
    private const string Run = "aios-run-db%2Fdevice%2Fboot+42";

    private readonly TemporaryFolder _folder = new();

    public UnifiedCgroupTests()
    {
        Put("cgroup.type", "domain\n");
        Put("cgroup.controllers", "cpuset cpu io memory pids\n");
        Put("cgroup.subtree_control", "");
        Put("cgroup.procs", "");
        foreach (var file in (string[])["cgroup.procs", "memory.max", "memory.swap.max", "pids.max", "cpu.max"])
            Put($"{Run}/{file}", "");
        Put($"{Run}/memory.events", "low 0\nhigh 0\nmax 4\noom 0\noom_kill 0\noom_group_kill 0\n");
        Put($"{Run}/pids.events", "max 0\n");
        Put($"{Run}/cpu.stat", "usage_usec 2500000\nuser_usec 1\nsystem_usec 2\n");
    }

    private CgroupHome Home => new(_folder.Path, IsUnified: true, []);

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public void A_run_has_one_group_with_all_its_limits()
    {
        Put("cgroup.subtree_control", "cpu memory pids\n");

        var group = Cgroups
            .Open(Marker, [Home])!
            .Make(
                new()
                {
                    Memory = 64 << 20,
                    Processes = 7,
                    Cpu = 0.5m,
                    CpuTime = TimeSpan.FromSeconds(9),
                },
                42
            )!;

        Assert.Equal([Path.Combine(_folder.Path, Run, "cgroup.procs")], group.Procs);
        Assert.Equal(
            ["67108864", "0", "7", "50000 100000"],
            ((string[])["memory.max", "memory.swap.max", "pids.max", "cpu.max"]).Select(file => Get($"{Run}/{file}"))
        );
        Assert.Equal(TimeSpan.FromSeconds(2.5), group.CpuUsed);
        Assert.True(group is { KeepsMemory: true, KeepsProcesses: true, KeepsCpu: true, MemoryExceeded: false, ForksRefused: false });
    }

    [LinuxTheory]
    [InlineData("max 9\noom 1\noom_kill 1\n", true)]
    [InlineData("max 9\noom 1\noom_kill 0\n", false)]
    [InlineData("max 0\noom 0\noom_kill 1\n", false)]
    public void Its_own_limit_is_told_from_a_machine_without_memory(string events, bool exceeded)
    {
        Put("cgroup.controllers", "memory\n");
        Put("cgroup.subtree_control", "memory\n");
        var group = Cgroups.Open(Marker, [Home])!.Make(new() { Memory = 64 << 20 }, 42)!;

        Put($"{Run}/memory.events", events);

        Assert.Equal(exceeded, group.MemoryExceeded);
    }

    [LinuxFact]
    public void Forks_that_were_refused_are_known()
    {
        Put("cgroup.controllers", "pids\n");
        Put("cgroup.subtree_control", "pids\n");
        var group = Cgroups.Open(Marker, [Home])!.Make(new() { Processes = 64 }, 42)!;

        Put($"{Run}/pids.events", "max 3\n");

        Assert.True(group.ForksRefused);
    }

    [LinuxFact]
    public void A_group_that_others_live_in_is_left_alone()
    {
        Put("cgroup.procs", $"{Environment.ProcessId}\n1\n");

        Assert.Null(Cgroups.Open(Marker, [Home]));
        Assert.Equal($"{Environment.ProcessId}\n1\n", Get("cgroup.procs"));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, CgroupHome.DaemonLeaf)));
    }

    [LinuxTheory]
    [InlineData("")]
    [InlineData("cpuset io hugetlb\n")]
    public void A_group_without_controllers_is_of_no_use(string controllers)
    {
        Put("cgroup.controllers", controllers);

        Assert.Null(Cgroups.Open(Marker, [Home]));
    }

    [LinuxFact]
    public void Controllers_are_passed_on_once_nothing_is_in_the_group_itself()
    {
        Assert.Null(Cgroups.Open(Marker, [Home]));
        Assert.StartsWith("+", Get("cgroup.subtree_control"), StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(_folder.Path, CgroupHome.DaemonLeaf)));
    }

    [LinuxFact]
    public void Only_what_is_a_dead_daemons_is_removed()
    {
        var theirs = Directory.CreateDirectory(Path.Combine(_folder.Path, "aios-run-db%2Fdevice%2Fold+7")).FullName;
        var busy = Directory.CreateDirectory(Path.Combine(_folder.Path, "aios-run-db%2Fdevice%2Fold+8", "in")).Parent!.FullName;
        var other = Directory.CreateDirectory(Path.Combine(_folder.Path, "aios-run-db%2Fother%2Fold+7")).FullName;
        var strange = Directory.CreateDirectory(Path.Combine(_folder.Path, "aios-run-strange")).FullName;

        Cgroups.RemoveLeft([Home, new(Path.Combine(_folder.Path, "none"), true, [])], marker => marker == "db/device/old");

        Assert.Equal([false, true, true, true], ((string[])[theirs, busy, other, strange]).Select(Directory.Exists));
    }

    private void Put(string file, string text)
    {
        var path = _folder.File(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string Get(string file) => File.ReadAllText(_folder.File(file));
}
