namespace Aios.Store.Triggers;

/// <summary>Where a trigger came from; the values of <c>triggers.source</c>.</summary>
internal static class TriggerSource
{
    /// <summary>A row that somebody inserted with SQL; the column's default.</summary>
    public const string Insert = "insert";

    /// <summary>The command line.</summary>
    public const string CommandLine = "cli";

    /// <summary>A request of the API.</summary>
    public const string Api = "api";

    /// <summary>An occurrence of a schedule, on time.</summary>
    public const string Schedule = "schedule";

    /// <summary>An occurrence that was missed and is made up for.</summary>
    public const string CatchUp = "catch_up";

    /// <summary>The one open trigger that keeps an <c>always</c> job running.</summary>
    public const string Always = "always";

    /// <summary>A quiet period of a device.</summary>
    public const string Idle = "idle";

    /// <summary>A step of a flow.</summary>
    public const string Flow = "flow";

    /// <summary>A language model that uses the job as a tool.</summary>
    public const string Tool = "tool";

    /// <summary>Whether a schedule made it.</summary>
    public static bool IsOccurrence(string source) => source is Schedule or CatchUp;

    /// <summary>Whether its run counts among those of which a device bears only so many at once.</summary>
    public static bool TakesPlace(string? source) => source is not (Always or Idle);
}
