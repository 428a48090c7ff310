using System.Globalization;

namespace Aios.Running.Linux.Limits;

/// <summary>
/// A group of version 2 that has been delegated to this daemon. Such a group may pass controllers on to groups in it
/// only while no process is in itself (the "no internal processes" rule of the kernel's cgroup-v2 document), so the
/// daemon and what it has started move into a leaf of their own.
/// </summary>
internal static class UnifiedCgroup
{
    private const int Tries = 10;
    private static readonly string[] Wanted = [Cgroups.Memory, Cgroups.Processes, Cgroups.Cpu];

    /// <summary>Makes groups in the folder possible; the controllers that they will have, none if it is not to be had.</summary>
    public static IEnumerable<string> Prepare(string folder)
    {
        var offered = Words(folder, "cgroup.controllers").Intersect(Wanted).ToList();
        if (offered.Count == 0)
            return [];
        if (!Passes(folder, offered) && !TryPassOn(folder, offered))
            return [];

        var passed = Words(folder, "cgroup.subtree_control").Intersect(Wanted).ToList();

        // The time that a group has used is told whatever controllers there are.
        return passed.Count == 0 ? [] : passed.Append(Cgroups.CpuTime);
    }

    // Each by itself, so that one that is refused does not keep the others away.
    private static bool TryPassOn(string folder, List<string> controllers)
    {
        if (!IsRoot(folder) && !TryMoveOut(folder))
            return false;

        foreach (var controller in controllers)
            ControlFile.TryWrite(Path.Combine(folder, "cgroup.subtree_control"), $"+{controller}");
        return true;
    }

    private static bool Passes(string folder, List<string> controllers) =>
        !controllers.Except(Words(folder, "cgroup.subtree_control")).Any();

    // The rule does not hold for the root of the hierarchy, which alone has no type.
    private static bool IsRoot(string folder) => !File.Exists(Path.Combine(folder, "cgroup.type"));

    private static bool TryMoveOut(string folder)
    {
        var leaf = Path.Combine(folder, CgroupHome.DaemonLeaf);
        if (Members(folder).Any(pid => !IsOurs(pid)) || !ControlFile.TryMakeFolder(leaf))
            return false;

        for (var tries = 0; tries < Tries; tries++)
        {
            var members = Members(folder);
            if (members.Count == 0)
                return true;
            if (!members.TrueForAll(IsOurs))
                break;

            // One that has ended meanwhile cannot be moved, and need not be.
            foreach (var pid in members)
                Move(pid, leaf);
        }

        foreach (var pid in Members(leaf))
            Move(pid, folder);
        ControlFile.TryRemoveFolder(leaf);
        return false;
    }

    private static bool IsOurs(int pid)
    {
        for (ProcStat? process = ProcStat.Of(pid); process is { } at; process = ProcStat.Of(at.Parent))
        {
            if (at.Pid == Environment.ProcessId)
                return true;
            if (at.Parent <= 1 && at.Parent != Environment.ProcessId)
                return false;
        }

        // Gone by now.
        return true;
    }

    private static void Move(int pid, string folder) =>
        ControlFile.TryWrite(Path.Combine(folder, "cgroup.procs"), pid.ToString(CultureInfo.InvariantCulture));

    private static List<int> Members(string folder) =>
        [.. Words(folder, "cgroup.procs").Select(word => int.Parse(word, CultureInfo.InvariantCulture))];

    private static string[] Words(string folder, string file) =>
        ControlFile.ReadWhole(Path.Combine(folder, file)).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
