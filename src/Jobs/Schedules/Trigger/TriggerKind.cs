namespace Aios.Jobs.Schedules;

/// <summary><c>type: trigger</c></summary>
internal sealed class TriggerKind : ScheduleKind
{
    public static readonly TriggerKind Instance = new();

    public override string Name => "trigger";

    public override StartedBy StartedBy => StartedBy.Request;

    public override string When => "it runs when somebody asks for it";

    public override string WhyNotNow => "it runs only when it is asked to, and nothing is in line";

    public override JobSchedule Blank { get; } = new Trigger();
}
