using Aios.Jobs;
using Aios.Scheduling;

namespace Aios.Tests.Support;

/// <summary>Jobs with other schedules, and what the schedule of a job is.</summary>
internal static class ScheduledJobs
{
    extension(Job job)
    {
        public JobType Type => Enum.Parse<JobType>(job.Schedule.Kind.Name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

        public TSchedule As<TSchedule>()
            where TSchedule : JobSchedule => Assert.IsType<TSchedule>(job.Schedule);

        public Job Daily(TimeOnly time) => job.On(new Daily { Time = time });

        public Job RandomDaily(TimeOnly after, TimeOnly before) => job.On(new RandomDaily { AfterTime = after, BeforeTime = before });

        public Job Every(TimeSpan interval) => job.On(new Interval { Every = interval });

        public Job At(CronExpression expression) => job.On(new Cron { Expression = expression });

        public Job In(TimeZoneInfo zone) =>
            job with
            {
                Schedule = job.Schedule is WallSchedule wall ? wall with { TimeZone = zone } : job.Schedule,
            };

        public Job CatchingUp(CatchUp policy) => job with { Schedule = job.Schedule with { CatchUp = policy } };

        private Job On(JobSchedule schedule) =>
            (job with { Schedule = schedule with { CatchUp = job.Schedule.CatchUp } }).In(
                (job.Schedule as WallSchedule)?.TimeZone ?? TimeZoneInfo.Utc
            );
    }

    /// <summary>A schedule of this kind that says nothing else; times of day are read in UTC.</summary>
    public static JobSchedule Blank(JobType type)
    {
        var blank = ScheduleKinds
            .All.Single(kind =>
                kind.Name.Replace("_", "", StringComparison.Ordinal).Equals(type.ToString(), StringComparison.OrdinalIgnoreCase)
            )
            .Blank;
        return blank is WallSchedule wall ? wall with { TimeZone = TimeZoneInfo.Utc } : blank;
    }
}
