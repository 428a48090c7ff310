namespace Aios.Jobs;

/// <summary>What happens when a job is due while a run of it goes on.</summary>
internal enum Overlap
{
    /// <summary>The newcomer is recorded as skipped.</summary>
    Skip,

    /// <summary>The newcomer waits until the run has ended.</summary>
    Queue,

    /// <summary>Both run, up to <see cref="Job.MaxParallel"/> at once.</summary>
    Parallel,
}
