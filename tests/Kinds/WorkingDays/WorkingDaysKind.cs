using System.Collections.Immutable;
using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Tests.Kinds.WorkingDays;

/// <summary><c>type: working_days</c></summary>
internal sealed class WorkingDaysKind : ScheduleKind
{
    public static readonly WorkingDaysKind Instance = new();

    public override string Name => "working_days";

    public override JobSchedule Blank { get; } = new WorkingDays();

    internal override ImmutableArray<JobField> Fields { get; } =
    [
        new JobField<int>("every", new IntegerFormat(1, 100))
        {
            Description = "How many working days from one run to the next.",
            Example = "3",
            IsForAll = false,
            IsRequired = true,
            Get = job => job.Schedule is WorkingDays days ? days.Every : default,
            Set = (job, value) => job.With<WorkingDays>(days => days with { Every = value }),
        },
        new JobField<TimeOnly>("at", new TimeOfDayFormat())
        {
            Description = "The time of day, on the wall in `timezone`.",
            Example = "\"09:00\"",
            IsForAll = false,
            DefaultInWords = "09:00",
            Get = job => job.Schedule is WorkingDays days ? days.At : new TimeOnly(9, 0),
            Set = (job, value) => job.With<WorkingDays>(days => days with { At = value }),
        },
        SharedFields.TimeZone,
        SharedFields.CatchUp,
    ];

    internal override void Check(Job job, GivenFields given, YamlMap map, Reporter report)
    {
        if (job.Schedule is WorkingDays { Every: 1 })
            report.ForField("every").Warn(map, "is each working day; a cron expression such as \"0 9 * * MON-FRI\" says the same");
    }
}
