namespace Aios.Store.Flows;

/// <summary>Where a step of a flow is. In the database these are the names in snake_case.</summary>
internal enum StepStatus
{
    /// <summary>Its trigger is queued or runs, or its items are.</summary>
    Running,

    /// <summary>It waits for a time, a signal or a person.</summary>
    Waiting,

    /// <summary>Ended as it should.</summary>
    Succeeded,

    /// <summary>Ended badly, and nothing more is tried.</summary>
    Failed,

    /// <summary>Ended because it took longer than its timeout.</summary>
    TimedOut,

    /// <summary>Ended because somebody asked.</summary>
    Canceled,

    /// <summary>Not started, because its condition is false.</summary>
    Skipped,

    /// <summary>Not started, because of how a step before it ended.</summary>
    Blocked,
}

/// <summary>The names of <see cref="StepStatus"/>.</summary>
internal static class StepStatusNames
{
    /// <summary>The name in snake_case.</summary>
    public static string Name(this StepStatus status) =>
        status switch
        {
            StepStatus.Running => "running",
            StepStatus.Waiting => "waiting",
            StepStatus.Succeeded => "succeeded",
            StepStatus.Failed => "failed",
            StepStatus.TimedOut => "timed_out",
            StepStatus.Canceled => "canceled",
            StepStatus.Skipped => "skipped",
            StepStatus.Blocked => "blocked",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
        };

    /// <summary>The status of a name. What nobody knows has failed.</summary>
    public static StepStatus Parse(string name) =>
        name switch
        {
            "running" => StepStatus.Running,
            "waiting" => StepStatus.Waiting,
            "succeeded" => StepStatus.Succeeded,
            "timed_out" => StepStatus.TimedOut,
            "canceled" => StepStatus.Canceled,
            "skipped" => StepStatus.Skipped,
            "blocked" => StepStatus.Blocked,
            _ => StepStatus.Failed,
        };

    /// <summary>Whether nothing more becomes of it.</summary>
    public static bool IsOver(this StepStatus status) => status is not (StepStatus.Running or StepStatus.Waiting);
}
