using Aios.Platform;

namespace Aios.Telemetry;

/// <summary>Spans and metrics as OTLP 1 has them (opentelemetry/proto/collector), in Protocol Buffers.</summary>
/// <param name="resource">Who speaks: attributes and their values.</param>
internal sealed class OtlpMessages(IReadOnlyList<(string Name, string Value)> resource)
{
    private const int Cumulative = 2;
    private const int Failed = 2;

    /// <summary>An ExportTraceServiceRequest.</summary>
    public byte[] Traces(IEnumerable<Span> spans)
    {
        var request = new ProtoWriter();
        request.Message(1, resourceSpans =>
        {
            WriteResource(resourceSpans);
            resourceSpans.Message(2, scopeSpans =>
            {
                WriteScope(scopeSpans);
                foreach (var span in spans)
                    scopeSpans.Message(2, message => WriteSpan(message, span));
            });
        });
        return request.ToArray();
    }

    /// <summary>An ExportMetricsServiceRequest.</summary>
    /// <param name="families">The figures.</param>
    /// <param name="start">Since when they are counted, UTC.</param>
    /// <param name="now">When they were looked at, UTC.</param>
    public byte[] Metrics(IEnumerable<MetricFamily> families, DateTimeOffset start, DateTimeOffset now)
    {
        var request = new ProtoWriter();
        request.Message(1, resourceMetrics =>
        {
            WriteResource(resourceMetrics);
            resourceMetrics.Message(2, scopeMetrics =>
            {
                WriteScope(scopeMetrics);
                foreach (var family in families)
                    scopeMetrics.Message(2, message => WriteMetric(message, family, start, now));
            });
        });
        return request.ToArray();
    }

    private void WriteResource(ProtoWriter parent) => parent.Message(1, message =>
        {
            foreach (var (name, value) in resource)
                WriteAttribute(message, 1, name, value);
        });

    private static void WriteScope(ProtoWriter parent) => parent.Message(1, scope =>
        {
            scope.Text(1, "aios");
            scope.Text(2, ProductVersion.Current);
        });

    private static void WriteSpan(ProtoWriter message, Span span)
    {
        message.Id(1, span.TraceId);
        message.Id(2, span.SpanId);
        message.Id(4, span.ParentSpanId);
        message.Text(5, span.Name);
        message.Whole(6, (int)span.Kind);
        message.Instant(7, span.Start);
        message.Instant(8, span.End > span.Start ? span.End : span.Start);
        foreach (var (name, value) in span.Attributes)
            WriteAttribute(message, 9, name, value);
        if (span.Failure is not { } failure)
            return;
        message.Message(15, status =>
        {
            status.Text(2, failure);
            status.Whole(3, Failed);
        });
    }

    private static void WriteAttribute(ProtoWriter parent, int field, string name, object value) => parent.Message(field, pair =>
        {
            pair.Text(1, name);
            pair.Message(2, any => WriteValue(any, value));
        });

    private static void WriteValue(ProtoWriter any, object value)
    {
        switch (value)
        {
            case string text:
                any.Text(1, text);
                break;
            case double fraction:
                any.Double(4, fraction);
                break;
            case string[] texts:
                any.Message(5, array =>
                {
                    foreach (var text in texts)
                        array.Message(1, item => item.Text(1, text));
                });
                break;
            default:
                any.Whole(3, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteMetric(ProtoWriter message, MetricFamily family, DateTimeOffset start, DateTimeOffset now)
    {
        message.Text(1, family.Name);
        message.Text(2, family.Help);
        message.Text(3, family.Unit ?? UnitOf(family.Name));
        var field = family.Kind switch
        {
            MetricKind.Gauge => 5,
            MetricKind.Counter => 7,
            _ => 9,
        };
        message.Message(field, data =>
        {
            foreach (var sample in family.Samples)
                data.Message(1, point => WritePoint(point, family, sample, start, now));
            if (family.Kind == MetricKind.Gauge)
                return;
            data.Whole(2, Cumulative);
            if (family.Kind == MetricKind.Counter)
                data.Whole(3, 1);
        });
    }

    private static void WritePoint(ProtoWriter point, MetricFamily family, MetricSample sample, DateTimeOffset start, DateTimeOffset now)
    {
        point.Instant(2, start);
        point.Instant(3, now);
        if (sample.Counts is { } counts)
        {
            point.Long(4, (ulong)counts.Sum());
            point.Double(5, sample.Value);
            point.Packed(6, counts.Select(count => (ulong)count));
            point.Packed(7, family.Bounds.Select(BitConverter.DoubleToUInt64Bits));
        }
        else
        {
            point.Double(4, sample.Value);
        }

        // As for Prometheus, an empty label is none.
        for (var i = 0; i < sample.Labels.Length; i++)
        {
            if (sample.Labels[i].Length > 0)
                WriteAttribute(point, sample.Counts is null ? 7 : 9, family.LabelNames[i], sample.Labels[i]);
        }
    }

    // As UCUM writes units.
    private static string UnitOf(string name) =>
        name.Contains("_seconds", StringComparison.Ordinal) ? "s"
        : name.Contains("_bytes", StringComparison.Ordinal) ? "By"
        : name.Contains("_dollars", StringComparison.Ordinal) ? "USD"
        : "1";
}
