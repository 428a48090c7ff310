using System.Globalization;
using Aios.Running.Linux;

namespace Aios.Tests.Running;

/// <summary>Looks at the machine's processes.</summary>
internal static class Processes
{
    /// <summary>Living processes with a text in their environment.</summary>
    public static List<int> With(string marker) =>
        [
            .. ProcessTable
                .Read()
                .Where(process => !process.IsZombie && Environ.MarkOf(process)?.Marker == marker)
                .Select(process => process.Pid),
        ];

    public static bool IsAlive(int pid) => ProcStat.Of(pid) is { IsZombie: false };

    /// <summary>Dead children of this process that nobody reaped.</summary>
    public static List<ProcStat> Zombies() =>
        [.. ProcessTable.Read().Where(process => process.IsZombie && process.Parent == Environment.ProcessId)];

    public static int Pid(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
