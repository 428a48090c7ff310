using Aios.Scheduling;

namespace Aios.Jobs.Schedules;

/// <summary>Each day at one random instant within a window.</summary>
internal sealed record RandomDaily : WallSchedule
{
    /// <inheritdoc/>
    public override ScheduleKind Kind => RandomDailyKind.Instance;

    /// <summary>The start of the window.</summary>
    public TimeOnly AfterTime { get; init; }

    /// <summary>Its end; not later than <see cref="AfterTime"/> means on the next day.</summary>
    public TimeOnly BeforeTime { get; init; }

    /// <inheritdoc/>
    public override ISchedule Resolve(string jobName, string databaseId) =>
        new RandomDailySchedule(AfterTime, BeforeTime, TimeZone, $"{databaseId}/{jobName}");
}
