using System.Runtime.InteropServices;

namespace Aios.Platform.Linux;

/// <summary>The user that this process is.</summary>
internal static partial class ProcessUser
{
    private const int PR_SET_DUMPABLE = 4;

    /// <summary>Whether it is root, be it only of a user namespace.</summary>
    public static bool IsRoot => OperatingSystem.IsLinux() && GetEffectiveUser() == 0;

    /// <summary>Whether it is the machine's own root. That of a rootless container is not: outside it is an ordinary user.</summary>
    public static bool IsRootOfTheMachine => IsRoot && !IsMapped();

    /// <summary>
    /// Becomes another user for good: without capabilities, and with no group but its own and those that the process was
    /// given besides root's (docker run --group-add). Only root can.
    /// </summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static unsafe void Become(uint user, uint group)
    {
        // The C library does it for all threads.
        var groups = stackalloc uint[64];
        var count = Demand(GetGroups(64, groups), "getgroups");
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (groups[i] != 0)
                groups[kept++] = groups[i];
        }

        Demand(SetGroups(kept, groups), "setgroups");
        Demand(SetGroupIds(group, group, group), "setresgid");
        Demand(SetUserIds(user, user, user), "setresuid");
        // The kernel hides a process that has changed its user from that very user: its own files in /proc would be root's.
        Demand(ProcessControl(PR_SET_DUMPABLE, 1, 0, 0, 0), "prctl");
    }

    private static int Demand(int answer, string call)
    {
        if (answer >= 0)
            return answer;
        throw new IOException($"could not become another user: {call}: {Marshal.GetLastPInvokeErrorMessage()}. Start AIOS as that user.");
    }

    // Where all user numbers are the machine's own, the map is one line: "0 0 4294967295".
    private static bool IsMapped()
    {
        const string map = "/proc/self/uid_map";
        return File.Exists(map) && !File.ReadAllText(map).Contains(uint.MaxValue.ToString(), StringComparison.Ordinal);
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "getgroups", SetLastError = true)]
    private static unsafe partial int GetGroups(int size, uint* groups);

    [LibraryImport("libc", EntryPoint = "setgroups", SetLastError = true)]
    private static unsafe partial int SetGroups(nint size, uint* groups);

    [LibraryImport("libc", EntryPoint = "setresgid", SetLastError = true)]
    private static partial int SetGroupIds(uint real, uint effective, uint saved);

    [LibraryImport("libc", EntryPoint = "setresuid", SetLastError = true)]
    private static partial int SetUserIds(uint real, uint effective, uint saved);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, nint a, nint b, nint c, nint d);
}
