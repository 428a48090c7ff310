using Aios.Jobs;

namespace Aios.Running;

/// <summary>For systems where nothing but the output can be limited, which the run itself does.</summary>
internal sealed class PlainLimiter : ILimiter
{
    public IEnumerable<string> Unkept(JobLimits limits)
    {
        (string Name, bool IsGiven)[] all =
        [
            ("memory", limits.Memory is not null),
            ("cpu_time", limits.CpuTime is not null),
            ("cpu", limits.Cpu is not null),
            ("open_files", limits.OpenFiles is not null),
            ("processes", limits.Processes is not null),
            ("nice", limits.Nice is not null),
        ];
        return all.Where(limit => limit.IsGiven).Select(limit => $"{limit.Name} (only on Linux)");
    }

    public IRunLimits? Prepare(JobLimits limits, ProcessMark mark) => null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
