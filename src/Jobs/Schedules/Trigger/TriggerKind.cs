namespace Aios.Jobs.Schedules;

/// <summary><c>type: trigger</c></summary>
internal sealed class TriggerKind : ScheduleKind
{
    public static readonly TriggerKind Instance = new();

    public override string Name => "trigger";

    public override StartedBy StartedBy => StartedBy.Request;

    public override string When => "it runs on demand";

    public override string WhyNotNow => "it runs only on demand, and no trigger is waiting";

    public override JobSchedule Blank { get; } = new Trigger();
}
