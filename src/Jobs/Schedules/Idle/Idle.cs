namespace Aios.Jobs.Schedules;

/// <summary>When nothing else runs and the machine is quiet.</summary>
internal sealed record Idle : JobSchedule
{
    /// <inheritdoc/>
    public override ScheduleKind Kind => IdleKind.Instance;
}
