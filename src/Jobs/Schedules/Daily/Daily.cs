using Aios.Scheduling;

namespace Aios.Jobs.Schedules;

/// <summary>Each day at a time on the wall.</summary>
internal sealed record Daily : WallSchedule
{
    /// <inheritdoc/>
    public override ScheduleKind Kind => DailyKind.Instance;

    /// <summary>The time of day.</summary>
    public TimeOnly Time { get; init; }

    /// <inheritdoc/>
    public override ISchedule Resolve(string jobName, string databaseId) => new DailySchedule(Time, TimeZone);
}
