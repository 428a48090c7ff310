namespace Aios.Running.Linux;

/// <summary>struct rusage (getrusage(2)) on systems with 64 bits.</summary>
internal static unsafe class ResourceUsage
{
    public const int Size = 256;

    private const int MaxResident = 4;
    private const int BytesInKilobyte = 1024;

    // It only grows, so an old figure is at most too small.
    private static long _ownPeak;

    public static ProcessUsage Read(byte* rusage)
    {
        var fields = (long*)rusage;
        var cpu = TimeSpan.FromTicks(Ticks(fields[0], fields[1]) + Ticks(fields[2], fields[3]));
        return new(cpu, fields[MaxResident] * BytesInKilobyte);
    }

    /// <summary>
    /// Without a peak that may be our own: until its exec a child that was spawned shares our memory, and the kernel counts
    /// the most that this memory ever was as the child's.
    /// </summary>
    public static ProcessUsage WithoutOwn(ProcessUsage usage)
    {
        if (usage.PeakMemory > _ownPeak)
        {
            _ownPeak = ProcMemory.OwnPeak() ?? long.MaxValue;
        }

        return usage.PeakMemory > _ownPeak ? usage : usage with { PeakMemory = null };
    }

    private static long Ticks(long seconds, long microseconds) =>
        (seconds * TimeSpan.TicksPerSecond) + (microseconds * TimeSpan.TicksPerMicrosecond);
}
