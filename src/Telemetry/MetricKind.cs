namespace Aios.Telemetry;

/// <summary>What kind of figure it is.</summary>
internal enum MetricKind
{
    /// <summary>Only grows, from 0 at the start of the daemon.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts observations by size.</summary>
    Histogram,
}
