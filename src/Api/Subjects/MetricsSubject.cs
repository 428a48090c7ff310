using Aios.Access;
using Aios.Api.Routes;
using Aios.Telemetry;

namespace Aios.Api.Subjects;

/// <summary>Figures for Prometheus.</summary>
internal sealed class MetricsSubject(ApiServices services)
{
    /// <summary>What can be asked for.</summary>
    public IEnumerable<Route> Routes =>
        [
            new Route
            {
                Method = "GET",
                Path = new("/metrics"),
                Role = Role.Viewer,
                Id = "metrics",
                Summary = "Metrics in Prometheus' text format",
                IsForAllJobs = true,
                Answer = new(null, 200, "text/plain"),
                Handle = _ => Task.Run(() => Reply.Text(PrometheusText.Write(services.Daemon.Metrics.Collect()), PrometheusText.MediaType)),
            },
        ];
}
