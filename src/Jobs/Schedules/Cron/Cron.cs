using Aios.Scheduling;

namespace Aios.Jobs.Schedules;

/// <summary>At the instants a cron expression names.</summary>
internal sealed record Cron : WallSchedule
{
    /// <inheritdoc/>
    public override ScheduleKind Kind => CronKind.Instance;

    /// <summary>The expression; not null in a job that was loaded.</summary>
    public CronExpression? Expression { get; init; }

    /// <inheritdoc/>
    public override ISchedule Resolve(string jobName, string databaseId) => new CronSchedule(Expression!.SeededBy(jobName), TimeZone);
}
