using Aios.Jobs.Schedules;

namespace Aios.Jobs;

/// <summary>The rule for a trigger that comes while a run of its job goes on.</summary>
internal static class Overlaps
{
    /// <summary>
    /// What the job says; else occurrences of a schedule are skipped, jobs of type <c>trigger</c> run side by side, and
    /// everything else waits its turn. What is made up for was asked for, so it waits instead of being skipped.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="isOccurrence">Whether its schedule made the trigger, in time or to make up for what was missed.</param>
    /// <param name="isCatchUp">Whether it makes up for what was missed.</param>
    public static Overlap Policy(Job job, bool isOccurrence, bool isCatchUp)
    {
        if (job.IsKeptRunning)
            return Overlap.Queue;
        var policy = job.Overlap ?? Default(job, isOccurrence);
        return policy == Overlap.Skip && isCatchUp ? Overlap.Queue : policy;
    }

    /// <summary>How many runs of the job may go on at once.</summary>
    public static int Limit(Job job, Overlap policy) => policy == Overlap.Parallel ? job.MaxParallel ?? int.MaxValue : 1;

    private static Overlap Default(Job job, bool isOccurrence)
    {
        if (isOccurrence)
            return Overlap.Skip;
        return job.Schedule.Kind.StartedBy == StartedBy.Request ? Overlap.Parallel : Overlap.Queue;
    }
}
