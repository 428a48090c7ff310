using System.Text;

namespace Aios.Tests.BlackBox;

/// <summary>What the system says about processes.</summary>
internal static class Processes
{
    /// <summary>The living processes that carry a text in their environment. A zombie carries nothing.</summary>
    public static List<int> Carrying(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. All().Where(pid => Read(pid, "environ").AsSpan().IndexOf(bytes) >= 0)];
    }

    /// <summary>Whether it lives: it is there and is no zombie.</summary>
    public static bool Lives(int pid) => State(pid) is not (null or 'Z' or 'X');

    /// <summary>
    /// Whether it began some time ago. A process that a warm Python has just forked looks like that one for a moment.
    /// </summary>
    public static bool HasLivedAWhile(int pid)
    {
        const int startField = 19;
        const double ticksPerSecond = 100;
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        return Stat(pid) is { } stat && uptime - (long.Parse(stat[startField]) / ticksPerSecond) > 0.5;
    }

    /// <summary>Whether it leads its session. What a warm Python has forked ahead does not.</summary>
    public static bool LeadsItsSession(int pid)
    {
        const int sessionField = 3;
        return Stat(pid) is { } stat && int.Parse(stat[sessionField]) == pid;
    }

    /// <summary>The children of a process that ended and that it has not taken note of.</summary>
    public static List<int> ZombiesOf(int parent) =>
        [.. All().Where(pid => State(pid) == 'Z' && Stat(pid) is { } stat && int.Parse(stat[1]) == parent)];

    /// <summary>The memory that it holds.</summary>
    public static long ResidentMegabytes(int pid) =>
        long.Parse(Encoding.ASCII.GetString(Read(pid, "statm")).Split(' ')[1]) * Environment.SystemPageSize / 1_000_000;

    /// <summary>The letter that <c>ps</c> shows, or null if there is no such process.</summary>
    public static char? State(int pid) => Stat(pid) is { } stat ? stat[0][0] : null;

    private static IEnumerable<int> All() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0)
            .Where(pid => pid > 0);

    // What follows the name in brackets: state, parent, ...
    private static string[]? Stat(int pid)
    {
        var text = Encoding.UTF8.GetString(Read(pid, "stat"));
        var end = text.LastIndexOf(')');
        return end < 0 ? null : text[(end + 2)..].Split(' ');
    }

    private static byte[] Read(int pid, string file)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{pid}/{file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
