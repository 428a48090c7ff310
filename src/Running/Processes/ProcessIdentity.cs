using System.ComponentModel;
using System.Diagnostics;
using Aios.Running.Linux;

namespace Aios.Running;

/// <summary>Which process, surely: ids are used again, an id with its start time is not within one boot.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="Start">
/// On Linux the kernel's clock ticks since boot (field 22 of /proc/PID/stat), elsewhere the UTC start in .NET ticks.
/// </param>
internal readonly record struct ProcessIdentity(int Pid, long Start)
{
    /// <summary>Of this process.</summary>
    public static ProcessIdentity Current => new(Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0);

    /// <summary>Whether this very process lives; one that is dead but not yet reaped does not.</summary>
    public bool IsAlive =>
        OperatingSystem.IsLinux() ? ProcStat.Of(Pid) is { IsZombie: false } stat && stat.Start == Start : StartOf(Pid) == Start;

    /// <summary>The start time of a process, or null if there is none of that id.</summary>
    public static long? StartOf(int pid) => OperatingSystem.IsLinux() ? ProcStat.Of(pid)?.Start : PlainStartOf(pid);

    private static long? PlainStartOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
