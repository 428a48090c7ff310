using System.Globalization;

namespace Aios.Platform;

/// <summary>What this process uses of its machine. What the system does not tell is null.</summary>
/// <param name="CpuSeconds">Processor time, the user's and the system's.</param>
/// <param name="ResidentBytes">Memory that it holds.</param>
/// <param name="VirtualBytes">Address space.</param>
/// <param name="OpenFiles">Open descriptors.</param>
/// <param name="MostFiles">How many there may be.</param>
/// <param name="Threads">Threads of the kernel.</param>
internal sealed record ProcessFigures(
    double CpuSeconds,
    long ResidentBytes,
    long? VirtualBytes,
    int? OpenFiles,
    long? MostFiles,
    int? Threads
)
{
    /// <summary>As it is now.</summary>
    public static ProcessFigures Now()
    {
        var (virtualBytes, threads) = OfStatus();
        return new(Environment.CpuUsage.TotalTime.TotalSeconds, Environment.WorkingSet, virtualBytes, CountFiles(), FileLimit(), threads);
    }

    // proc(5): "VmSize:    1234 kB", "Threads:   12".
    private static (long? Bytes, int? Threads) OfStatus()
    {
        long? bytes = null;
        int? threads = null;
        foreach (var line in Lines("/proc/self/status"))
        {
            if (line.StartsWith("VmSize:", StringComparison.Ordinal))
                bytes = First(line) * 1024;
            else if (line.StartsWith("Threads:", StringComparison.Ordinal))
                threads = (int?)First(line);
        }

        return (bytes, threads);
    }

    private static long? FileLimit() =>
        Lines("/proc/self/limits").FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal)) is { } line
            ? First(line)
            : null;

    private static int? CountFiles()
    {
        try
        {
            return Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? First(string line)
    {
        foreach (var word in line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
        }

        return null;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
