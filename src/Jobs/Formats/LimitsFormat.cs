using System.Collections.Immutable;

namespace Aios.Jobs.Formats;

/// <summary>
/// The limits of a run: a map of few names. A new limit is one more row here and one more property of <see cref="JobLimits"/>.
/// </summary>
internal sealed class LimitsFormat() : MapFormat<JobLimits>(JobLimits.None, Entries, "limit", "{memory: 512M, cpu_time: 60s}")
{
    private const long Most = 1L << 50;

    private static readonly ImmutableArray<MapEntry<JobLimits>> Entries =
    [
        new MapEntry<JobLimits, long>(
            "memory",
            new ByteSizeFormat(1L << 20, Most),
            limits => limits.Memory,
            (limits, value) => limits with { Memory = value }
        )
        {
            Description = "Memory of all processes of the run together.",
        },
        new MapEntry<JobLimits, TimeSpan>(
            "cpu_time",
            new DurationFormat(TimeSpan.FromSeconds(1), Duration.Longest),
            limits => limits.CpuTime,
            (limits, value) => limits with { CpuTime = value }
        )
        {
            Description = "CPU time of all processes of the run together.",
        },
        new MapEntry<JobLimits, decimal>(
            "cpu",
            new NumberFormat(0.01m, 1024),
            limits => limits.Cpu,
            (limits, value) => limits with { Cpu = value }
        )
        {
            Description = "The number of CPUs that the run can use at once; fractions are allowed.",
        },
        new MapEntry<JobLimits, int>(
            "open_files",
            new IntegerFormat(16, 1_048_576),
            limits => limits.OpenFiles,
            (limits, value) => limits with { OpenFiles = value }
        )
        {
            Description = "The number of files that one process can have open.",
        },
        new MapEntry<JobLimits, int>(
            "processes",
            new IntegerFormat(1, 4_194_304),
            limits => limits.Processes,
            (limits, value) => limits with { Processes = value }
        )
        {
            Description = "The number of processes and threads.",
        },
        new MapEntry<JobLimits, int>(
            "nice",
            new IntegerFormat(-20, 19),
            limits => limits.Nice,
            (limits, value) => limits with { Nice = value }
        )
        {
            Description = "A number to add to the niceness; above 0, other processes have priority.",
        },
        new MapEntry<JobLimits, long>(
            "output",
            new ByteSizeFormat(1, Most),
            limits => limits.Output,
            (limits, value) => limits with { Output = value }
        )
        {
            Description = "The number of bytes that the run can print.",
        },
    ];
}
