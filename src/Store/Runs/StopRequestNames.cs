namespace Aios.Store.Runs;

/// <summary>The words that stand in <c>runs.stop_request</c>.</summary>
internal static class StopRequestNames
{
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
            "kill" => StopRequest.Kill,
            "restart" => StopRequest.Restart,
            _ => StopRequest.Stop,
        };
}
