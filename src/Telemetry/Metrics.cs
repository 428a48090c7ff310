namespace Aios.Telemetry;

/// <summary>All metrics of a daemon, collected when somebody asks. Who counts adds itself.</summary>
internal sealed class Metrics
{
    private readonly Lock _gate = new();
    private readonly List<Func<IEnumerable<MetricFamily>>> _sources = [];
    private readonly List<Func<IEnumerable<MetricFamily>>> _conventional = [];

    /// <summary>Adds something that is asked each time.</summary>
    public void Add(Func<IEnumerable<MetricFamily>> source)
    {
        lock (_gate)
            _sources.Add(source);
    }

    /// <summary>Adds something in the names of OpenTelemetry's conventions, which Prometheus' text format does not have.</summary>
    public void AddConventional(Func<IEnumerable<MetricFamily>> source)
    {
        lock (_gate)
            _conventional.Add(source);
    }

    /// <summary>As <see cref="Collect"/>, with what only OTLP has.</summary>
    public IReadOnlyList<MetricFamily> CollectForOtlp()
    {
        lock (_gate)
            return [.. _sources.Concat(_conventional).SelectMany(source => source())];
    }

    /// <summary>How all stands now. May be called from any thread, but takes the time of a few reads.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        lock (_gate)
            return [.. _sources.SelectMany(source => source())];
    }
}
