namespace Aios.Running;

/// <summary>Limits that a process must have before its program begins, so that nothing it starts escapes them.</summary>
/// <param name="OpenFiles">RLIMIT_NOFILE, soft and hard, or null.</param>
/// <param name="CpuSeconds">RLIMIT_CPU, soft (XCPU is sent), or null; hard is <see cref="CpuSecondsHard"/>.</param>
/// <param name="Nice">The niceness to add, or null.</param>
/// <param name="CgroupProcs">The <c>cgroup.procs</c> files that it writes itself into (0 stands for the writer).</param>
internal sealed record StartLimits(long? OpenFiles, long? CpuSeconds, int? Nice, IReadOnlyList<string> CgroupProcs)
{
    private const int SecondsToEnd = 5;

    /// <summary>RLIMIT_CPU, hard (KILL is sent): a program that handles XCPU has this much to end.</summary>
    public long? CpuSecondsHard => CpuSeconds + SecondsToEnd;

    /// <summary>Whether nothing is to be set.</summary>
    public bool IsEmpty => OpenFiles is null && CpuSeconds is null && Nice is null && CgroupProcs.Count == 0;
}
