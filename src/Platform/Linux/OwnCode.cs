using System.Globalization;
using System.Runtime.InteropServices;

namespace Aios.Platform.Linux;

/// <summary>The code of this executable, as the system maps it.</summary>
internal static partial class OwnCode
{
    private const int DontNeed = 4;

    /// <summary>
    /// Takes it out of this process's memory. What is called again is mapped again from the system's cache of the file, some
    /// pages at a time; what only the start or a busy time called stays out.
    /// </summary>
    public static void Unmap()
    {
        try
        {
            foreach (var line in File.ReadLines("/proc/self/maps"))
                Unmap(line);
        }
        catch (IOException)
        {
            // No /proc: it stays.
        }
    }

    // 55d0c8a00000-55d0c939f000 r-xp 0002a000 fe:00 11730974    /usr/local/bin/aios. What may be written is never given up.
    private static void Unmap(ReadOnlySpan<char> line)
    {
        if (!line.Contains(" r-xp ", StringComparison.Ordinal) || !line.EndsWith($" {Environment.ProcessPath}"))
            return;
        var (dash, space) = (line.IndexOf('-'), line.IndexOf(' '));
        var start = nuint.Parse(line[..dash], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var end = nuint.Parse(line[(dash + 1)..space], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        _ = Advise(start, end - start, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
