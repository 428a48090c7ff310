namespace Aios.Telemetry;

/// <summary>All series of one name at one instant, for whatever is to be written of them.</summary>
/// <param name="Name">As Prometheus names things: snake_case, with the unit, counters with <c>_total</c>.</param>
/// <param name="Help">One line for people.</param>
/// <param name="Kind">What it is.</param>
/// <param name="LabelNames">What tells its series apart.</param>
/// <param name="Samples">The series.</param>
internal sealed record MetricFamily(string Name, string Help, MetricKind Kind, string[] LabelNames, IReadOnlyList<MetricSample> Samples)
{
    /// <summary>Upper bounds of a histogram's buckets, ascending, without the last, which has none.</summary>
    public double[] Bounds { get; init; } = [];

    /// <summary>Its unit, as UCUM writes it; null if the name says it.</summary>
    public string? Unit { get; init; }

    /// <summary>A gauge without labels.</summary>
    public static MetricFamily Gauge(string name, string help, double value) => new(name, help, MetricKind.Gauge, [], [new([], value)]);

    /// <summary>A counter without labels.</summary>
    public static MetricFamily Counter(string name, string help, double value) => new(name, help, MetricKind.Counter, [], [new([], value)]);

    /// <summary>A gauge with one label.</summary>
    public static MetricFamily Gauge(string name, string help, string label, IEnumerable<(string Label, double Value)> values) =>
        new(name, help, MetricKind.Gauge, [label], [.. values.Select(value => new MetricSample([value.Label], value.Value))]);
}
