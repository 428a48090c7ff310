using System.Buffers.Text;

namespace Aios.Running.Linux;

/// <summary>What this process has in memory, by /proc/self/status (proc_pid_status(5)).</summary>
internal static class ProcMemory
{
    private const int BytesInKilobyte = 1024;

    /// <summary>
    /// The most bytes that were ever resident; null if the system does not say. getrusage(2) is not asked: its figure has
    /// in it what the process that became this one had before its exec.
    /// </summary>
    public static long? OwnPeak()
    {
        Span<byte> buffer = stackalloc byte[4096];
        var length = ProcFile.Read("/proc/self/status", buffer);
        return length <= 0 ? null : ParsePeak(buffer[..length]);
    }

    internal static long? ParsePeak(ReadOnlySpan<byte> status)
    {
        var label = "\nVmHWM:"u8;
        var at = status.IndexOf(label);
        if (at < 0)
        {
            return null;
        }

        var rest = status[(at + label.Length)..].TrimStart(" \t"u8);
        return Utf8Parser.TryParse(rest, out long kilobytes, out _) ? kilobytes * BytesInKilobyte : null;
    }
}
