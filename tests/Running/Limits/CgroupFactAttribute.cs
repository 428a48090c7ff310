using System.Runtime.CompilerServices;
using Aios.Running.Linux.Limits;

namespace Aios.Tests.Running.Limits;

/// <summary>A test that needs the right to make control groups.</summary>
public sealed class CgroupFactAttribute : FactAttribute
{
    public CgroupFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (HasCgroups)
            return;
        if (Environment.GetEnvironmentVariable("AIOS_TESTS_NO_SKIP") != "1")
            Skip = "needs the right to make control groups";
    }

    /// <summary>Whether all that a run can be limited by may be made here.</summary>
    public static bool HasCgroups { get; } =
        OperatingSystem.IsLinux()
        && Cgroups.Open("test of the means", CgroupHome.OfThisProcess()) is { } groups
        && groups.Has(Cgroups.Memory)
        && groups.Has(Cgroups.Processes)
        && groups.Has(Cgroups.Cpu);

    /// <summary>Folders of control groups of runs that carry a mark.</summary>
    internal static List<string> FoldersOf(string marker) =>
        [
            .. CgroupHome
                .OfThisProcess()
                .Where(home => Directory.Exists(home.Folder))
                .SelectMany(home => Directory.EnumerateDirectories(home.Folder, $"aios-run-{Uri.EscapeDataString(marker)}+*")),
        ];
}
