namespace Aios.Telemetry;

/// <summary>Counts observations by size, for each combination of labels. May be added to from any thread.</summary>
internal sealed class Histogram(string name, string help, double[] bounds, params string[] labels)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Series> _series = [];

    /// <summary>Notes one.</summary>
    public void Observe(double value, params string[] values)
    {
        var key = string.Join('\0', values);
        lock (_gate)
        {
            if (!_series.TryGetValue(key, out var series))
                _series[key] = series = new Series(values, bounds.Length + 1);
            var bucket = Array.FindIndex(bounds, bound => value <= bound);
            series.Counts[bucket < 0 ? bounds.Length : bucket]++;
            series.Sum += value;
        }
    }

    /// <summary>How it stands.</summary>
    public MetricFamily Collect()
    {
        lock (_gate)
        {
            if (labels.Length == 0 && _series.Count == 0)
                _series[""] = new Series([], bounds.Length + 1);
            return new(
                name,
                help,
                MetricKind.Histogram,
                labels,
                [.. _series.Values.Select(series => new MetricSample(series.Labels, series.Sum, [.. series.Counts]))]
            )
            {
                Bounds = bounds,
            };
        }
    }

    private sealed class Series(string[] labels, int buckets)
    {
        public string[] Labels { get; } = labels;

        public long[] Counts { get; } = new long[buckets];

        public double Sum { get; set; }
    }
}
