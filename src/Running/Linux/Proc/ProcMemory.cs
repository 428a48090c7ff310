using System.Buffers.Text;

namespace Aios.Running.Linux;

/// <summary>Amounts of memory in files of /proc whose lines are like "VmHWM:   12340 kB" (proc_pid_status(5), proc_pid_smaps(5)).</summary>
internal static class ProcMemory
{
    private const int BytesInKilobyte = 1024;
    private const int LongestFile = 8192;

    /// <summary>
    /// The most bytes that were ever resident of this process; null if the system does not say. getrusage(2) is not asked:
    /// its figure has in it what the process that became this one had before its exec.
    /// </summary>
    public static long? OwnPeak() => Read("/proc/self/status", "VmHWM:"u8);

    /// <summary>Bytes; null if the file or the line is not there.</summary>
    public static long? Read(string path, ReadOnlySpan<byte> label)
    {
        Span<byte> buffer = stackalloc byte[LongestFile];
        var length = ProcFile.Read(path, buffer);
        return length <= 0 ? null : Parse(buffer[..length], label);
    }

    internal static long? Parse(ReadOnlySpan<byte> file, ReadOnlySpan<byte> label)
    {
        foreach (var range in file.Split((byte)'\n'))
        {
            var line = file[range];
            if (line.StartsWith(label))
            {
                return Utf8Parser.TryParse(line[label.Length..].TrimStart(" \t"u8), out long kilobytes, out _)
                    ? kilobytes * BytesInKilobyte
                    : null;
            }
        }

        return null;
    }
}
