using Aios.Scheduling;

namespace Aios.Jobs;

/// <summary>The schedule that a job's fields describe.</summary>
public static class JobSchedules
{
    /// <summary>Null for the kinds that no clock starts.</summary>
    /// <param name="job">The job.</param>
    /// <param name="databaseId">Makes the random draws differ from database to database, and agree within one.</param>
    public static ISchedule? Of(Job job, string databaseId) => job.Type switch
    {
        JobType.Daily => new DailySchedule(job.Time, job.TimeZone),
        JobType.RandomDaily => new RandomDailySchedule(job.AfterTime, job.BeforeTime, job.TimeZone, $"{databaseId}/{job.Name}"),
        JobType.Interval => new IntervalSchedule(job.Interval),
        JobType.Cron => new CronSchedule(job.Cron!, job.TimeZone),
        _ => null,
    };
}
