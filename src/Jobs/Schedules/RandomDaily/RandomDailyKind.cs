using System.Collections.Immutable;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Schedules;

/// <summary><c>type: random_daily</c></summary>
internal sealed class RandomDailyKind : ScheduleKind
{
    public static readonly RandomDailyKind Instance = new();

    public override string Name => "random_daily";

    public override JobSchedule Blank { get; } = new RandomDaily();

    internal override ImmutableArray<JobField> Fields { get; } =
    [
        new JobField<TimeOnly>("after_time", new TimeOfDayFormat())
        {
            Description = "The start of the window in which the job runs once a day.",
            Example = "\"08:00\"",
            IsForAll = false,
            IsRequired = true,
            Get = job => job.Schedule is RandomDaily random ? random.AfterTime : default,
            Set = (job, value) => job.With<RandomDaily>(random => random with { AfterTime = value }),
        },
        new JobField<TimeOnly>("before_time", new TimeOfDayFormat())
        {
            Description = "The end of the window; if it is not later than `after_time`, it is on the next day.",
            Example = "\"18:00\"",
            IsForAll = false,
            IsRequired = true,
            Get = job => job.Schedule is RandomDaily random ? random.BeforeTime : default,
            Set = (job, value) => job.With<RandomDaily>(random => random with { BeforeTime = value }),
        },
        SharedFields.TimeZone,
        SharedFields.CatchUp,
    ];
}
