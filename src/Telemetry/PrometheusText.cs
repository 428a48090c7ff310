using System.Globalization;
using System.Text;

namespace Aios.Telemetry;

/// <summary>Writes metrics in the text format of Prometheus, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>All families, each with its help and its kind.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var family in families)
            Append(text, family);
        return text.ToString();
    }

    private static void Append(StringBuilder text, MetricFamily family)
    {
        text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Help)).Append('\n');
        text.Append("# TYPE ")
            .Append(family.Name)
            .Append(' ')
            .Append(
                family.Kind switch
                {
                    MetricKind.Counter => "counter",
                    MetricKind.Gauge => "gauge",
                    _ => "histogram",
                }
            )
            .Append('\n');
        foreach (var sample in family.Samples)
        {
            if (sample.Counts is { } counts)
                AppendHistogram(text, family, sample, counts);
            else
                AppendLine(text, family.Name, family.LabelNames, sample.Labels, null, sample.Value);
        }
    }

    private static void AppendHistogram(StringBuilder text, MetricFamily family, MetricSample sample, long[] counts)
    {
        long total = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            var bound = i < family.Bounds.Length ? Number(family.Bounds[i]) : "+Inf";
            AppendLine(text, $"{family.Name}_bucket", family.LabelNames, sample.Labels, bound, total);
        }

        AppendLine(text, $"{family.Name}_sum", family.LabelNames, sample.Labels, null, sample.Value);
        AppendLine(text, $"{family.Name}_count", family.LabelNames, sample.Labels, null, total);
    }

    private static void AppendLine(StringBuilder text, string name, string[] labelNames, string[] labels, string? bound, double value)
    {
        text.Append(name);
        var separator = '{';
        for (var i = 0; i < labels.Length; i++)
        {
            text.Append(separator)
                .Append(labelNames[i])
                .Append("=\"")
                .Append(Escape(labels[i]).Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append('"');
            separator = ',';
        }

        if (bound is not null)
        {
            text.Append(separator).Append("le=\"").Append(bound).Append('"');
            separator = ',';
        }

        if (separator == ',')
            text.Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) =>
        value switch
        {
            double.PositiveInfinity => "+Inf",
            double.NegativeInfinity => "-Inf",
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
}
