using Aios.Scheduling;

namespace Aios.Tests.Kinds.WorkingDays;

/// <summary>Every few working days.</summary>
internal sealed record WorkingDays : WallSchedule
{
    public override ScheduleKind Kind => WorkingDaysKind.Instance;

    public int Every { get; init; }

    public TimeOnly At { get; init; } = new(9, 0);

    public override ISchedule Resolve(string jobName, string databaseId) => new WorkingDaysSchedule(Every, At, TimeZone);
}
