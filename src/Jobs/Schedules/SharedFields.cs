using Aios.Jobs.Formats;
using Aios.Scheduling;

namespace Aios.Jobs.Schedules;

/// <summary>Fields of more than one kind.</summary>
internal static class SharedFields
{
    public static readonly JobField TimeZone = new JobField<TimeZoneInfo>("timezone", new TimeZoneFormat())
    {
        Description = "The time zone of the schedule.",
        Example = "Europe/Berlin",
        IsForAll = false,
        DefaultInWords = "the machine's",
        Get = job => job.Schedule is WallSchedule wall ? wall.TimeZone : TimeZoneInfo.Local,
        Set = (job, value) => job.Schedule is WallSchedule wall ? job with { Schedule = wall with { TimeZone = value } } : job,
    };

    public static readonly JobField CatchUp = new JobField<CatchUp>(
        "catch_up",
        new ChoiceFormat<CatchUp>(("none", Scheduling.CatchUp.None), ("once", Scheduling.CatchUp.Once), ("all", Scheduling.CatchUp.All))
    )
    {
        Description = "What to do about scheduled times that were missed while nothing could run.",
        Example = "none",
        IsForAll = false,
        Get = job => job.Schedule.CatchUp,
        Set = (job, value) => job with { Schedule = job.Schedule with { CatchUp = value } },
    };
}
