using Aios.Telemetry;

namespace Aios.Tests.Telemetry;

/// <summary>The forms of traces and metrics.</summary>
public class TelemetryTests
{
    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", true)]
    [InlineData("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more", true)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more", false)]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false)]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", false)]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_traceparent_is_read_as_W3C_has_it(string? text, bool isOne)
    {
        var parent = TraceParent.Parse(text);
        Assert.Equal(isOne, parent is not null);
        if (parent is not null && text!.Length == 55)
            Assert.Equal(text, parent.ToString());
    }

    [Fact]
    public void Ids_follow_from_the_rows_and_differ_between_databases()
    {
        var trace = RunTrace.Of("db", 1, 7, null);
        Assert.Equal(trace, RunTrace.Of("db", 1, 7, null));
        Assert.Equal(trace.TraceId, RunTrace.Of("db", 1, 8, null).TraceId);
        Assert.NotEqual(trace.RunSpan, RunTrace.Of("db", 1, 8, null).RunSpan);
        Assert.NotEqual(trace.TraceId, RunTrace.Of("other", 1, 7, null).TraceId);
        Assert.NotNull(TraceParent.Parse(trace.ForProgram(isExported: true)));
    }

    [Fact]
    public void Text_for_Prometheus_escapes_what_it_must_and_adds_buckets_up()
    {
        var histogram = new Histogram("h_seconds", "a \\ b\nc", [1, 2], "who");
        foreach (var value in (double[])[0.5, 1, 1.5, 9])
            histogram.Observe(value, "a\"b\\c\nd");
        const string labels = """who="a\"b\\c\nd" """;
        Assert.Equal(
            $$"""
            # HELP h_seconds a \\ b\nc
            # TYPE h_seconds histogram
            h_seconds_bucket{{{labels.Trim()}},le="1"} 2
            h_seconds_bucket{{{labels.Trim()}},le="2"} 3
            h_seconds_bucket{{{labels.Trim()}},le="+Inf"} 4
            h_seconds_sum{{{labels.Trim()}}} 12
            h_seconds_count{{{labels.Trim()}}} 4

            """.ReplaceLineEndings("\n"),
            PrometheusText.Write([histogram.Collect()])
        );
    }

    [Fact]
    public void Settings_come_from_the_usual_variables()
    {
        Assert.Null(Read());
        Assert.Null(Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a"), ("OTEL_SDK_DISABLED", "true")));
        var common = Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4318/"), ("OTEL_METRICS_EXPORTER", "none"))!;
        Assert.Equal("http://a:4318/v1/traces", common.Traces!.ToString());
        Assert.Null(common.Metrics);
        var own = Read(
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://b/x"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "k=v%20w, l=m=n"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "nonsense")
        )!;
        Assert.Equal("https://b/x", own.Traces!.ToString());
        Assert.Equal([("k", "v w"), ("l", "m=n")], own.Headers);
        Assert.Equal(TimeSpan.FromSeconds(10), own.Timeout);
        Assert.Contains("expected http", Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"))!.Problem, StringComparison.Ordinal);
    }

    private static OtlpSettings? Read(params (string Name, string Value)[] variables) =>
        OtlpSettings.Read(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
