namespace Aios.Telemetry;

/// <summary>One series of a family at one instant.</summary>
/// <param name="Labels">The values of the family's labels, in their order.</param>
/// <param name="Value">The figure; of a histogram the sum of what was observed.</param>
/// <param name="Counts">Of a histogram: how many observations fell into each bucket (not added up), the last above all bounds.</param>
internal readonly record struct MetricSample(string[] Labels, double Value, long[]? Counts = null);
