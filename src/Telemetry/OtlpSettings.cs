using System.Globalization;
using System.Runtime.InteropServices;

namespace Aios.Telemetry;

/// <summary>Where traces and metrics go, from the environment variables that OpenTelemetry defines for all programs.</summary>
internal sealed record OtlpSettings
{
    /// <summary>Where traces go; null for nowhere.</summary>
    public Uri? Traces { get; init; }

    /// <summary>Where metrics go; null for nowhere.</summary>
    public Uri? Metrics { get; init; }

    /// <summary>Sent with each request.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Who speaks, in addition to what is known anyway.</summary>
    public IReadOnlyList<(string Name, string Value)> Resource { get; init; } = [];

    /// <summary>How long a request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long spans may wait for others.</summary>
    public TimeSpan SpanDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From one report of metrics to the next.</summary>
    public TimeSpan MetricInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many spans may wait.</summary>
    public int MostSpans { get; init; } = 2048;

    /// <summary>What cannot be done as it was wished, in words; null if all can.</summary>
    public string? Problem { get; init; }

    /// <summary>Reads them; null if nothing is to go anywhere.</summary>
    /// <param name="variable">Gives a variable, or null.</param>
    public static OtlpSettings? Read(Func<string, string?> variable)
    {
        if (string.Equals(Find("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            return null;
        var (traces, metrics) = (Endpoint("TRACES"), Endpoint("METRICS"));
        if (traces is null && metrics is null)
            return null;
        var settings = new OtlpSettings
        {
            Traces = Address(traces),
            Metrics = Address(metrics),
            Headers = Pairs(Find("OTEL_EXPORTER_OTLP_HEADERS")),
            Resource =
            [
                .. Pairs(Find("OTEL_RESOURCE_ATTRIBUTES")),
                .. Find("OTEL_SERVICE_NAME") is { } name ? [("service.name", name)] : ((string, string)[])[],
            ],
            Timeout = Milliseconds("OTEL_EXPORTER_OTLP_TIMEOUT", 10_000),
            SpanDelay = Milliseconds("OTEL_BSP_SCHEDULE_DELAY", 5_000),
            MetricInterval = Milliseconds("OTEL_METRIC_EXPORT_INTERVAL", 60_000),
            MostSpans = (int)Milliseconds("OTEL_BSP_MAX_QUEUE_SIZE", 2048).TotalMilliseconds,
        };
        var problem = WhatIsWrong(settings, traces, metrics);
        return (LacksTls(settings) ? settings with { Traces = null, Metrics = null } : settings) with { Problem = problem };

        string? Find(string name) => variable(name) is { Length: > 0 } value ? value.Trim() : null;

        // An endpoint of its own is taken as it stands; the common one is where all of them begin.
        string? Endpoint(string signal)
        {
            if (string.Equals(Find($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase))
                return null;
            if (Find($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is { } own)
                return own;
            return Find("OTEL_EXPORTER_OTLP_ENDPOINT") is { } common ? $"{common.TrimEnd('/')}/v1/{signal.ToLowerInvariant()}" : null;
        }

        TimeSpan Milliseconds(string name, int standard) =>
            TimeSpan.FromMilliseconds(
                int.TryParse(Find(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : standard
            );

        string? WhatIsWrong(OtlpSettings made, string? tracesWanted, string? metricsWanted)
        {
            if (tracesWanted is not null && made.Traces is null)
                return $"OTEL_EXPORTER_OTLP_ENDPOINT leads to \"{tracesWanted}\", expected http:// or https://; traces go nowhere.";
            if (metricsWanted is not null && made.Metrics is null)
                return $"OTEL_EXPORTER_OTLP_ENDPOINT leads to \"{metricsWanted}\", expected http:// or https://; metrics go nowhere.";
            if (LacksTls(made))
                return "OTEL_EXPORTER_OTLP_ENDPOINT is an https address, and the system's OpenSSL (libssl3) is not installed; traces and "
                    + "metrics go nowhere.";
            return Find("OTEL_EXPORTER_OTLP_PROTOCOL") is { } protocol && protocol != "http/protobuf"
                ? $"OTEL_EXPORTER_OTLP_PROTOCOL: found \"{protocol}\"; AIOS speaks http/protobuf, and sends that to "
                    + $"{made.Traces ?? made.Metrics}."
                : null;
        }
    }

    private static Uri? Address(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") ? address : null;

    // Without it the runtime would end the process at the first request.
    private static bool LacksTls(OtlpSettings settings) =>
        (settings.Traces?.Scheme == Uri.UriSchemeHttps || settings.Metrics?.Scheme == Uri.UriSchemeHttps)
        && OperatingSystem.IsLinux()
        && !NativeLibrary.TryLoad("libssl.so.3", out _)
        && !NativeLibrary.TryLoad("libssl.so.1.1", out _);

    // "name=value,name=value", values as in addresses.
    private static List<(string, string)> Pairs(string? text) =>
        [
            .. (text ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))
                .Where(pair => pair.Length == 2 && pair[0].Length > 0)
                .Select(pair => (pair[0], Uri.UnescapeDataString(pair[1]))),
        ];
}
