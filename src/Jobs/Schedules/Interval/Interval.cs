using Aios.Scheduling;

namespace Aios.Jobs.Schedules;

/// <summary>Again and again, a fixed time from start to start.</summary>
internal sealed record Interval : JobSchedule
{
    /// <inheritdoc/>
    public override ScheduleKind Kind => IntervalKind.Instance;

    /// <summary>From start to start.</summary>
    public TimeSpan Every { get; init; }

    /// <inheritdoc/>
    public override ISchedule Resolve(string jobName, string databaseId) => new IntervalSchedule(Every);
}
