using Docker.DotNet.Models;

namespace Aios.Running.Containers.Engine;

/// <summary>Turns the many steps of a pull into few lines: each new state of the image, and now and then how far its layers are.</summary>
/// <param name="what">In words, for messages: "pulling the image ...".</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Takes a line.</param>
internal sealed class PullReport(string what, TimeProvider time, Action<string> tell) : IProgress<JSONMessage>
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(5);
    private const double Megabyte = 1e6;

    private readonly Dictionary<string, JSONProgress> _layers = [];
    private long _lastTold = time.GetTimestamp();

    /// <exception cref="EngineException">The step says that the pull failed.</exception>
    public void Report(JSONMessage value)
    {
        if (value.Error is { } error)
            throw EngineException.Refusal(what, error.Message ?? "it failed");
        if (value.Status is not { } status)
            return;
        if (value.ID is not { } layer || status.StartsWith("Pulling from", StringComparison.Ordinal))
        {
            tell(status);
            return;
        }

        if (status != "Downloading" || value.Progress is not { Total: > 0 } progress)
            return;
        _layers[layer] = progress;
        if (time.GetElapsedTime(_lastTold) < BetweenProgress)
            return;
        _lastTold = time.GetTimestamp();
        tell(FormattableString.Invariant($"Downloading: {Sum(one => one.Current):0.0} of {Sum(one => one.Total):0.0} MB"));
    }

    private double Sum(Func<JSONProgress, long?> part) => _layers.Values.Sum(layer => part(layer) ?? 0) / Megabyte;
}
