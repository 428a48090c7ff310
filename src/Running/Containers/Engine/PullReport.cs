using Aios.Running.Containers.Engine.Messages;

namespace Aios.Running.Containers.Engine;

/// <summary>Turns the many steps of a pull into few lines: each new state of the image, and now and then how far its layers are.</summary>
internal sealed class PullReport(TimeProvider time, Action<string> tell)
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(5);
    private const double Megabyte = 1e6;

    private readonly Dictionary<string, PullProgress> _layers = [];
    private long _lastTold = time.GetTimestamp();

    public void Take(PullStep step)
    {
        if (step.Status is not { } status) return;
        if (step.Id is not { } layer || status.StartsWith("Pulling from", StringComparison.Ordinal))
        {
            tell(status);
            return;
        }

        if (status != "Downloading" || step.Progress is not { Total: > 0 } progress) return;
        _layers[layer] = progress;
        if (time.GetElapsedTime(_lastTold) < BetweenProgress) return;
        _lastTold = time.GetTimestamp();
        tell(FormattableString.Invariant($"Downloading: {Sum(one => one.Current):0.0} of {Sum(one => one.Total):0.0} MB"));
    }

    private double Sum(Func<PullProgress, long?> part) => _layers.Values.Sum(layer => part(layer) ?? 0) / Megabyte;
}
