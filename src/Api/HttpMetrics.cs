using Aios.Api.Routes;
using Aios.Telemetry;

namespace Aios.Api;

/// <summary>Counts requests, by what was asked for: paths by their form, so that nobody can make up series.</summary>
internal sealed class HttpMetrics(TimeProvider clock)
{
    private const string Unknown = "none";

    private readonly Counter _requests = new(
        "aios_http_requests_total",
        "Requests of the API, by what was asked for and how it ended.",
        "method",
        "route",
        "status"
    );
    private readonly Histogram _duration = new(
        "aios_http_request_duration_seconds",
        "How long requests took, by what was asked for.",
        Buckets.Short,
        "route"
    );
    private int _inProgress;

    /// <summary>A request has come; the answer is when, for <see cref="End"/>.</summary>
    public long Begin()
    {
        Interlocked.Increment(ref _inProgress);
        return clock.GetTimestamp();
    }

    /// <summary>A request is over.</summary>
    /// <param name="began">What <see cref="Begin"/> answered.</param>
    /// <param name="route">What was asked for; null if there is no such thing.</param>
    /// <param name="status">The HTTP status.</param>
    public void End(long began, Route? route, int status)
    {
        Interlocked.Decrement(ref _inProgress);
        _requests.Add(1, route?.Method ?? Unknown, route?.Path.Text ?? Unknown, $"{status}");
        _duration.Observe(clock.GetElapsedTime(began).TotalSeconds, route?.Path.Text ?? Unknown);
    }

    /// <summary>How it stands.</summary>
    public IEnumerable<MetricFamily> Collect() =>
        [
            _requests.Collect(),
            _duration.Collect(),
            MetricFamily.Gauge("aios_http_requests_in_progress", "Requests that are being answered.", Volatile.Read(ref _inProgress)),
        ];
}
