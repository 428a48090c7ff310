using System.Collections.Immutable;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Schedules;

/// <summary><c>type: interval</c></summary>
internal sealed class IntervalKind : ScheduleKind
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    public static readonly IntervalKind Instance = new();

    public override string Name => "interval";

    public override JobSchedule Blank { get; } = new Interval();

    internal override ImmutableArray<JobField> Fields { get; } =
    [
        new JobField<TimeSpan>("interval", new DurationFormat(Shortest, Duration.Longest))
        {
            Description = "The time from one start to the next; a number means seconds.",
            Example = "1h30m",
            IsForAll = false,
            OneOf = "interval",
            Get = Get,
            Set = Set,
        },
        new JobField<TimeSpan>("interval_minutes", new MinutesFormat(Shortest))
        {
            Description = "The interval in minutes.",
            Example = "5",
            IsForAll = false,
            OneOf = "interval",
            IsWritten = false,
            Get = Get,
            Set = Set,
        },
        SharedFields.CatchUp,
    ];

    private static TimeSpan Get(Job job) => job.Schedule is Interval interval ? interval.Every : default;

    private static Job Set(Job job, TimeSpan value) => job.With<Interval>(interval => interval with { Every = value });
}
