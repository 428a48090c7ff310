using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Aios.Tests.Support;

namespace Aios.Tests.BlackBox;

/// <summary><c>/metrics</c>: what it says agrees with the database, and Prometheus can read it.</summary>
public class MetricsTests
{
    private const string Jobs = """
        - {name: work, type: trigger, command: [sh, -c, "echo one; echo two"]}
        - {name: fail, type: trigger, command: ["false"], retries: 1, backoff: [0.01]}
        - {name: loop, type: always, command: [sh, -c, "sleep 0.05"], min_uptime: 0.01}
        - {name: each, type: cron, cron: "* * * * * *", command: ["true"]}
        """;

    [RequiresFact(Need.Prometheus)]
    public void Counters_agree_with_the_rows_and_promtool_finds_nothing()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        api.Get("/metrics", ApiClient.Proxied).Expect(401);
        foreach (var job in (string[])["work", "work", "fail", "fail"])
            home.Closed(home.Insert(job));
        home.WaitFor(
            () =>
                MetricsPage.Of(api).Sum("aios_restarts_total", "job_name=\"loop\"") >= 2
                && MetricsPage.Of(api).Sum("aios_schedule_lag_seconds_count") >= 1,
            "something has happened"
        );
        home.Cli("pause", "each").Exits(0);
        home.Cli("stop", "loop").Exits(0);
        home.WaitFor(() => home.Get<long>("SELECT count(*) FROM runs WHERE status = 'running'") == 0, "all is over");

        foreach (var group in home.Column("SELECT job_name || '|' || status || '|' || count(*) FROM runs GROUP BY job_name, status"))
        {
            var parts = group.Split('|');
            home.WaitFor(
                () =>
                    MetricsPage.Of(api).Sum("aios_runs_total", $"job_name=\"{parts[0]}\"", $"status=\"{parts[1]}\"")
                    == long.Parse(parts[2], null),
                $"{group} are counted"
            );
        }

        var page = MetricsPage.Of(api);
        Assert.Equal(home.Get<double>("SELECT count(*) FROM runs"), page.Sum("aios_runs_started_total"));
        Assert.Equal(home.Get<double>("SELECT count(*) FROM runs"), page.Sum("aios_run_duration_seconds_count"));
        Assert.Equal(
            home.Get<double>("SELECT count(*) FROM runs WHERE attempt > 1 AND job_name = 'fail'"),
            page.Sum("aios_run_retries_total", "job_name=\"fail\"")
        );
        Assert.Equal(home.Get<double>("SELECT sum(cpu_seconds) FROM runs"), page.Sum("aios_run_cpu_seconds_total"), 6);
        Assert.Equal(home.Get<double>("SELECT sum(output_bytes) FROM runs"), page.Sum("aios_run_output_bytes_total"), 6);
        Assert.Equal(home.Get<double>("SELECT count(*) FROM triggers WHERE source = 'schedule'"), page.Sum("aios_occurrences_total"));
        Assert.Equal(4, page.Sum("aios_run_queue_wait_seconds_count", "source=\"insert\""));
        Assert.Equal(
            home.Get<double>("SELECT count(*) FROM runs WHERE peak_memory IS NOT NULL"),
            page.Sum("aios_run_peak_memory_bytes_count")
        );
        Assert.Equal(0, page.Sum("aios_runs_in_progress"));
        Assert.Equal(1, page.Sum("aios_devices", "state=\"online\""));
        Assert.True(page.Sum("aios_http_requests_total", "route=\"/metrics\"", "status=\"200\"") > 1);
        Assert.True(page.Sum("process_resident_memory_bytes") > 1e6);
        Assert.True(page.Sum("process_open_fds") > 3);
        Assert.True(page.Families.Count >= 30, $"only {page.Families.Count} metrics");
        Assert.Equal(page.Families.Count, page.Families.Distinct().Count());
        home.WaitFor(
            () => MetricsPage.Of(api).Sum("aios_log_lines_total") == home.Get<double>("SELECT count(*) FROM logs"),
            "the lines are counted"
        );
        Assert.Equal("", PromtoolCheck(page.Text));
    }

    [RequiresFact]
    public void However_many_jobs_there_are_the_series_are_bounded()
    {
        var jobs = string.Join('\n', Enumerable.Range(0, 260).Select(i => $$"""- {name: job{{i}}, type: trigger, command: ["true"]}"""));
        using var home = new AiosHome(jobs);
        using var api = ApiClient.Start(home);
        home.Execute(
            $"INSERT INTO triggers (job_name) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 259) SELECT "
                + $"'job' || i FROM n"
        );
        home.WaitFor(() => MetricsPage.Of(api).Sum("aios_runs_total") == 260, "all have run", 120);
        var page = MetricsPage.Of(api);
        Assert.Equal(201, page.Count("aios_runs_total"));
        Assert.Equal(60, page.Sum("aios_runs_total", "job_name=\"other\""));
        for (var i = 0; i < 50; i++)
            api.Get($"/no/such/thing/{i}");
        Assert.Equal(1, MetricsPage.Of(api).Count("aios_http_requests_total") - page.Count("aios_http_requests_total"));
    }

    [RequiresFact]
    public void After_a_restart_it_counts_from_nought_what_this_daemon_does()
    {
        using var home = new AiosHome(Jobs);
        var first = home.Start([("AIOS_LISTEN", "127.0.0.1:0")]);
        home.Closed(home.Insert("work"));
        first.Kill();
        using var api = ApiClient.Start(home);
        var start = MetricsPage.Of(api).Sum("process_start_time_seconds");
        home.Closed(home.Insert("work"));
        home.Closed(home.Insert("fail"));
        home.Cli("pause", "each").Exits(0);
        home.Cli("stop", "loop").Exits(0);
        home.WaitFor(
            () =>
                home.Get<long>("SELECT count(*) FROM runs WHERE status = 'running'") == 0
                && MetricsPage.Of(api).Sum("aios_runs_total") == home.Get<double>("SELECT count(*) FROM runs WHERE ended >= @1", start),
            "what ended since the start is counted, the runs that the first daemon lost included"
        );
        Assert.Equal(1, MetricsPage.Of(api).Sum("aios_runs_total", "job_name=\"work\"", "succeeded"));
    }

    [RequiresFact(Need.Prometheus)]
    public void A_real_Prometheus_scrapes_it()
    {
        using var home = new AiosHome("""[{name: work, type: trigger, command: ["true"]}]""");
        using var api = ApiClient.Start(home);
        for (var i = 0; i < 3; i++)
            home.Closed(home.Insert("work"));
        var key = home.Cli("keys", "add", "prometheus").Exits(0).Out.Trim();
        File.WriteAllText(home.In("key"), key);
        File.WriteAllText(
            home.In("prometheus.yml"),
            $$"""
            scrape_configs:
              - job_name: aios
                scrape_interval: 1s
                authorization: {credentials_file: {{home.In("key")}}}
                static_configs: [{targets: ["{{api.Address.Authority}}"]}]
            """
        );
        using var prometheus = PrometheusServer.Start(home);
        home.WaitFor(
            () => prometheus.Value("aios_runs_total{job_name=\"work\",status=\"succeeded\"}") == 3,
            "Prometheus sees the runs",
            90
        );
        Assert.Equal(1, prometheus.Value("up{job=\"aios\"}"));
        Assert.Equal(3, prometheus.Value("aios_run_duration_seconds_count{job_name=\"work\"}"));
    }

    private static string PromtoolCheck(string text)
    {
        using var process = Process.Start(
            new ProcessStartInfo("promtool", ["check", "metrics"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.StandardInput.Write(text);
        process.StandardInput.Close();
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return said + (process.ExitCode == 0 ? "" : $" (status {process.ExitCode})");
    }

    private sealed class PrometheusServer : IDisposable
    {
        private readonly Process _process;
        private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };
        private readonly string _address;

        private PrometheusServer(Process process, string address)
        {
            _process = process;
            _address = address;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public static PrometheusServer Start(AiosHome home)
        {
            var address = $"127.0.0.1:{Ports.Free()}";
            return new PrometheusServer(
                Process.Start(
                    new ProcessStartInfo(
                        "prometheus",
                        [
                            $"--config.file={home.In("prometheus.yml")}",
                            $"--storage.tsdb.path={home.In("tsdb")}",
                            $"--web.listen-address={address}",
                            "--log.level=error",
                        ]
                    )
                    {
                        RedirectStandardOutput = true,
                        RedirectStandardError = true,
                    }
                )!,
                address
            );
        }

        /// <summary>The value of a query; null while there is none.</summary>
        public double? Value(string query)
        {
            try
            {
                using var answer = JsonDocument.Parse(
                    _http
                        .GetStringAsync(new Uri($"http://{_address}/api/v1/query?query={Uri.EscapeDataString(query)}"))
                        .GetAwaiter()
                        .GetResult()
                );
                var result = answer.RootElement.GetProperty("data").GetProperty("result");
                return result.GetArrayLength() == 0
                    ? null
                    : double.Parse(result[0].GetProperty("value")[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }

        public void Dispose()
        {
            AiosProcess.Send(_process.Id, AiosProcess.Kill9);
            _process.WaitForExit(10_000);
            _process.Dispose();
            _http.Dispose();
        }
    }
}
