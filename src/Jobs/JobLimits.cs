namespace Aios.Jobs;

/// <summary>
/// What a run may use; null is without limit. Those of memory, processor time and processes are of all its processes together.
/// </summary>
internal sealed record JobLimits
{
    /// <summary>No limits.</summary>
    public static readonly JobLimits None = new();

    /// <summary>Memory that is resident or swapped out, in bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Processor time, user's and system's.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>How many processors it may use at once; a fraction is a share of one.</summary>
    public decimal? Cpu { get; init; }

    /// <summary>Files that one process may have open.</summary>
    public int? OpenFiles { get; init; }

    /// <summary>Processes and their threads.</summary>
    public int? Processes { get; init; }

    /// <summary>Added to the daemon's niceness; above 0 gives way to others.</summary>
    public int? Nice { get; init; }

    /// <summary>Bytes that it may print.</summary>
    public long? Output { get; init; }
}
