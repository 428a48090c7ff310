namespace Aios.Telemetry;

/// <summary>All metrics of a daemon, collected when somebody asks. Who counts adds itself.</summary>
internal sealed class Metrics
{
    private readonly Lock _gate = new();
    private readonly List<Func<IEnumerable<MetricFamily>>> _sources = [];

    /// <summary>Adds something that is asked each time.</summary>
    public void Add(Func<IEnumerable<MetricFamily>> source)
    {
        lock (_gate)
            _sources.Add(source);
    }

    /// <summary>How all stands now. May be called from any thread, but takes the time of a few reads.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        lock (_gate)
            return [.. _sources.SelectMany(source => source())];
    }
}
