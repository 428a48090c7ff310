using System.Globalization;

namespace Aios.Platform;

/// <summary>How many files and connections this process may have open at once.</summary>
internal static class OpenFiles
{
    /// <summary>
    /// The hard limit, to which the runtime raises the soft one when it starts; null where there is none or it is not told.
    /// </summary>
    public static long? Limit()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words.Length > 4 && long.TryParse(words[4], CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
