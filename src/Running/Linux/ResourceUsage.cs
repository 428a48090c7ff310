namespace Aios.Running.Linux;

/// <summary>struct rusage (getrusage(2)) on systems with 64 bits.</summary>
internal static unsafe class ResourceUsage
{
    public const int Size = 256;

    private const int MaxResident = 4;
    private const int BytesInKilobyte = 1024;

    public static ProcessUsage Read(byte* rusage)
    {
        var fields = (long*)rusage;
        var cpu = TimeSpan.FromTicks(Ticks(fields[0], fields[1]) + Ticks(fields[2], fields[3]));
        return new(cpu, fields[MaxResident] * BytesInKilobyte);
    }

    /// <summary>
    /// Without a peak that may be our own: until its exec a child shares our memory, which the kernel counts as its, so
    /// that each peak is at least ours.
    /// </summary>
    public static ProcessUsage WithoutOwn(ProcessUsage usage)
    {
        var own = stackalloc byte[Size];
        return LibC.getrusage(LibC.RUSAGE_SELF, own) == 0 && usage.PeakMemory > Read(own).PeakMemory
            ? usage
            : usage with { PeakMemory = null };
    }

    private static long Ticks(long seconds, long microseconds) =>
        (seconds * TimeSpan.TicksPerSecond) + (microseconds * TimeSpan.TicksPerMicrosecond);
}
