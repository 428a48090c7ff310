using Aios.Jobs.Formats;

namespace Aios.Running.Linux.Limits;

/// <summary>What is said both by who watches a run and by who looks afterwards.</summary>
internal static class Breaches
{
    public static LimitBreach MemoryByKernel(long most) =>
        new("memory", $"more than {ByteSize.Text(most)} (the kernel ended it)", AtOnce: true);

    public static LimitBreach CpuTime(TimeSpan most) => new("cpu_time", $"more than {Duration.Text(most)} of processor time");
}
