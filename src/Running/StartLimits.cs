namespace Aios.Running;

/// <summary>Limits that a process must have before its program begins, so that nothing it starts escapes them.</summary>
/// <param name="OpenFiles">RLIMIT_NOFILE, or null.</param>
/// <param name="CpuSeconds">RLIMIT_CPU, or null.</param>
/// <param name="Nice">The niceness to add, or null.</param>
/// <param name="CgroupProcs">The <c>cgroup.procs</c> files that it writes itself into.</param>
internal sealed record StartLimits(long? OpenFiles, long? CpuSeconds, int? Nice, IReadOnlyList<string> CgroupProcs);
