namespace Aios.Jobs.Schedules;

/// <summary><c>type: idle</c></summary>
internal sealed class IdleKind : ScheduleKind
{
    public static readonly IdleKind Instance = new();

    public override string Name => "idle";

    public override StartedBy StartedBy => StartedBy.Idle;

    public override string When => "it runs when the machine has nothing else to do";

    public override string WhyNotNow => "it runs when nothing else does and the machine is quiet";

    public override JobSchedule Blank { get; } = new Idle();
}
