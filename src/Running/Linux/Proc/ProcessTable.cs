using System.Globalization;

namespace Aios.Running.Linux;

/// <summary>All processes, read from /proc (about 10 microseconds each).</summary>
internal static class ProcessTable
{
    /// <summary>Each id once.</summary>
    public static List<ProcStat> Read()
    {
        var processes = new List<ProcStat>(256);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(folder.AsSpan("/proc/".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && ProcStat.Of(pid) is { } process
            )
            {
                processes.Add(process);
            }
        }

        // An id can come twice if it is given again while the folder is read.
        return [.. processes.DistinctBy(process => process.Pid)];
    }
}
