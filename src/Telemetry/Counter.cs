namespace Aios.Telemetry;

/// <summary>A figure that only grows, for each combination of labels. May be added to from any thread.</summary>
internal sealed class Counter(string name, string help, params string[] labels)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string[] Labels, double Value)> _series = [];

    /// <summary>Adds to a series.</summary>
    public void Add(double amount, params string[] values)
    {
        var key = string.Join('\0', values);
        lock (_gate)
            _series[key] = (values, _series.GetValueOrDefault(key).Value + amount);
    }

    /// <summary>How it stands.</summary>
    public MetricFamily Collect()
    {
        lock (_gate)
        {
            // One that is always there shows 0 before its first event.
            if (labels.Length == 0 && _series.Count == 0)
                return new(name, help, MetricKind.Counter, labels, [new([], 0)]);
            return new(
                name,
                help,
                MetricKind.Counter,
                labels,
                [.. _series.Values.Select(series => new MetricSample(series.Labels, series.Value))]
            );
        }
    }
}
