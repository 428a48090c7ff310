using Aios.Scheduling;

namespace Aios.Jobs;

/// <summary>The schedule that a job's fields describe.</summary>
internal static class JobSchedules
{
    /// <summary>Null for the kinds that no clock starts.</summary>
    /// <param name="job">The job.</param>
    /// <param name="databaseId">Makes the random draws differ from database to database, and agree within one.</param>
    public static ISchedule? Of(Job job, string databaseId) => job.Schedule.Resolve(job.Name, databaseId);

    /// <summary>The earliest occurrence that is due and was not considered, or the next one; null if there is none.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="reached">The latest instant considered.</param>
    /// <param name="resumed">The latest since the clock fell behind that.</param>
    /// <param name="now">The present instant.</param>
    public static DateTimeOffset? FirstDue(ISchedule schedule, DateTimeOffset reached, DateTimeOffset? resumed, DateTimeOffset now) =>
        new SchedulePosition(reached, resumed).FirstDue(schedule, now);
}
