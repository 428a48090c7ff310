namespace Aios.Store.Jobs;

/// <summary>The words for holds, in the database and for people.</summary>
internal static class HoldKindNames
{
    /// <summary>The word for it.</summary>
    public static string Name(this HoldKind kind) =>
        kind switch
        {
            HoldKind.Stopped => "stopped",
            HoldKind.Ended => "ended",
            _ => "paused",
        };

    /// <summary>What a word says. Whatever else somebody has put there pauses the job.</summary>
    public static HoldKind Parse(string name) =>
        name switch
        {
            "stopped" => HoldKind.Stopped,
            "ended" => HoldKind.Ended,
            _ => HoldKind.Paused,
        };
}
