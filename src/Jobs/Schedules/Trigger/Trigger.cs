namespace Aios.Jobs.Schedules;

/// <summary>Only when somebody asks.</summary>
internal sealed record Trigger : JobSchedule
{
    /// <inheritdoc/>
    public override ScheduleKind Kind => TriggerKind.Instance;
}
