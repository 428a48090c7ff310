using System.Collections.Immutable;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Schedules;

/// <summary><c>type: daily</c></summary>
internal sealed class DailyKind : ScheduleKind
{
    public static readonly DailyKind Instance = new();

    public override string Name => "daily";

    public override JobSchedule Blank { get; } = new Daily();

    internal override ImmutableArray<JobField> Fields { get; } =
    [
        new JobField<TimeOnly>("time", new TimeOfDayFormat())
        {
            Description = "The time of day at which the job runs, in `timezone`.",
            Example = "\"09:00\"",
            IsForAll = false,
            IsRequired = true,
            Get = job => job.Schedule is Daily daily ? daily.Time : default,
            Set = (job, value) => job.With<Daily>(daily => daily with { Time = value }),
        },
        SharedFields.TimeZone,
        SharedFields.CatchUp,
    ];
}
