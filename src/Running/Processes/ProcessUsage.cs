namespace Aios.Running;

/// <summary>What processes have used.</summary>
/// <param name="Cpu">Processor time of all together, user's and system's.</param>
/// <param name="PeakMemory">The most that a single one of them had resident, in bytes; null if it is not known.</param>
internal sealed record ProcessUsage(TimeSpan Cpu, long? PeakMemory)
{
    /// <summary>Nothing.</summary>
    public static readonly ProcessUsage None = new(TimeSpan.Zero, null);

    /// <summary>Of both together.</summary>
    public ProcessUsage Plus(ProcessUsage other) =>
        new(Cpu + other.Cpu, PeakMemory > other.PeakMemory || other.PeakMemory is null ? PeakMemory : other.PeakMemory);
}
