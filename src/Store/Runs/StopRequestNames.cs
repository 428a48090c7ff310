namespace Aios.Store.Runs;

/// <summary>The words that stand in <c>runs.stop_request</c>.</summary>
internal static class StopRequestNames
{
    /// <summary>The word for a flow of which all was killed that ran when somebody asked for it.</summary>
    public const string Killed = "killed";

    /// <summary>The word of a request.</summary>
    public static string Name(this StopRequest request) =>
        request switch
        {
            StopRequest.Kill => "kill",
            StopRequest.Restart => "restart",
            _ => "stop",
        };

    /// <summary>What a word asks for. Whoever writes anything else there wants the run to end.</summary>
    public static StopRequest Parse(string word) =>
        word.ToLowerInvariant() switch
        {
            "kill" or Killed => StopRequest.Kill,
            "restart" => StopRequest.Restart,
            _ => StopRequest.Stop,
        };
}
