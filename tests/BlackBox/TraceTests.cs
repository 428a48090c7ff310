using System.Globalization;

namespace Aios.Tests.BlackBox;

/// <summary>Traces and metrics over OTLP, to a receiver of the test's own.</summary>
public class TraceTests
{
    private const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private const string Jobs = """
        - {name: show, type: trigger, command: [sh, -c, "echo $TRACEPARENT"]}
        - {name: fail, type: trigger, command: [sh, -c, "echo $TRACEPARENT; exit 3"], retries: 1, backoff: [0.01]}
        """;

    [RequiresFact]
    public void One_trace_leads_from_the_enqueue_through_the_claim_to_the_program()
    {
        using var home = new AiosHome(Jobs);
        using var receiver = new OtlpReceiver();
        using var api = ApiClient.Start(home, [.. To(receiver), ("TRACEPARENT", Caller)]);
        var trigger = home.Insert("fail");
        home.Closed(trigger);
        home.WaitFor(() => receiver.Spans.Count >= 5, "the spans have come");
        var (trace, spans) = (receiver.Spans[0].TraceId, receiver.Spans.ToLookup(span => span.Name));
        Assert.All(receiver.Spans, span => Assert.Equal(trace, span.TraceId));
        Assert.All(receiver.Spans, span => Assert.Equal("tester", span.Service));
        var enqueue = Assert.Single(spans["enqueue fail"]);
        Assert.Equal("", enqueue.Parent);
        Assert.Equal(4, enqueue.Kind);
        Assert.Equal(home.Get<double>("SELECT created FROM triggers"), enqueue.Start, 3);
        Assert.Equal(2, spans["wait fail"].Count());
        Assert.Equal(2, spans["run fail"].Count());
        Assert.All(spans["wait fail"].Concat(spans["run fail"]), span => Assert.Equal(enqueue.SpanId, span.Parent));
        foreach (var run in spans["run fail"])
        {
            var id = run.Attributes["aios.run_id"];
            Assert.Equal(home.Get<string>("SELECT message FROM logs WHERE run_id = @1", id), $"00-{trace}-{run.SpanId}-01");
            Assert.Equal(home.Get<double>("SELECT ended FROM runs WHERE id = @1", id), run.End, 3);
            Assert.Equal(home.Get<string>("SELECT status FROM runs WHERE id = @1", id), run.Attributes["aios.status"]);
            Assert.Equal("3", run.Attributes["process.exit.code"]);
            Assert.Equal(home.Get<string>("SELECT reason FROM runs WHERE id = @1", id), run.Failure);
        }

        // A caller's trace goes on, of a request as of a program.
        api.Post("jobs/show/trigger", null, ("traceparent", Caller)).Expect(201);
        home.WaitFor(() => receiver.Spans.Any(span => span.Name == "run show"), "the spans have come");
        var called = receiver.Spans.Single(span => span.Name == "enqueue show");
        Assert.Equal((Caller[3..35], Caller[36..52]), (called.TraceId, called.Parent));
        Assert.Equal(called.TraceId, receiver.Spans.Single(span => span.Name == "run show").TraceId);
        Assert.Null(receiver.Spans.Single(span => span.Name == "run show").Failure);
        Assert.Empty(receiver.Defects);
    }

    [RequiresFact]
    public void Metrics_that_go_out_agree_with_the_database()
    {
        using var home = new AiosHome(Jobs);
        using var receiver = new OtlpReceiver();
        home.Start([.. To(receiver), ("OTEL_METRIC_EXPORT_INTERVAL", "200")]);
        for (var i = 0; i < 3; i++)
            home.Closed(home.Insert("show"));
        home.WaitFor(() => receiver.Metric("aios_runs_total") == 3, "the runs are counted");
        home.WaitFor(() => receiver.Metric("aios_run_duration_seconds") == 3, "and how long they took");
        Assert.True(receiver.Metric("process_resident_memory_bytes") > 1e6);
        Assert.Empty(receiver.Defects);
    }

    [RequiresFact]
    public void A_receiver_that_is_stuck_slows_nothing_and_gets_the_rest_later()
    {
        using var home = new AiosHome(Jobs);
        using var receiver = new OtlpReceiver();
        receiver.Hang();
        using var api = ApiClient.Start(home, [.. To(receiver), ("OTEL_BSP_MAX_QUEUE_SIZE", "20")]);
        home.Execute(
            "INSERT INTO triggers (job_name) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59) SELECT "
                + "'show' FROM n"
        );
        home.WaitFor(() => home.Get<long>("SELECT count(*) FROM runs WHERE status = 'succeeded'") == 60, "all have run", 60);
        home.WaitFor(() => MetricsPage.Of(api).Sum("aios_otlp_spans_total", "dropped") > 0, "some spans are dropped");
        receiver.Answer();
        home.WaitFor(
            () =>
                MetricsPage.Of(api) is var page
                && page.Sum("aios_otlp_spans_total", "sent") + page.Sum("aios_otlp_spans_total", "dropped") == 180
                && receiver.Spans.Count == page.Sum("aios_otlp_spans_total", "sent"),
            "each span was sent or is counted as dropped",
            60
        );
    }

    [RequiresFact]
    public void Without_a_receiver_programs_see_only_what_a_caller_gave()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home, [("TRACEPARENT", Caller)]);
        home.Closed(home.Insert("show"));
        Assert.Equal("", home.Get<string>("SELECT message FROM logs WHERE run_id IS NOT NULL"));
        home.Execute("INSERT INTO triggers (job_name, traceparent) VALUES ('show', 'nonsense')");
        Assert.Equal(0, CliResult.Of(home.Folder, ["trigger", "show"], ("TRACEPARENT", Caller)).Status);
        home.WaitFor(() => home.Get<long>("SELECT count(*) FROM runs WHERE status = 'succeeded'") == 3, "all have run");
        Assert.Equal(["", "", Caller], home.Column("SELECT message FROM logs WHERE run_id IS NOT NULL ORDER BY run_id"));
    }

    [RequiresFact]
    public void What_does_not_reach_anybody_is_told_once_and_the_daemon_ends_in_time()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start([
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"),
            ("OTEL_BSP_SCHEDULE_DELAY", "50"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ]);
        home.Closed(home.Insert("show"));
        daemon.WaitForOutput("do not reach http://127.0.0.1:1/v1/traces");
        daemon.WaitForOutput("speaks http/protobuf");
        Assert.Equal(0, daemon.Stop());
        Assert.Equal(1, home.Get<long>("SELECT count(*) FROM logs WHERE message LIKE '%do not reach%'"));
    }

    private static (string, string)[] To(OtlpReceiver receiver) =>
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address),
            ("OTEL_EXPORTER_OTLP_HEADERS", "x-test=a%20b"),
            ("OTEL_SERVICE_NAME", "tester"),
            ("OTEL_BSP_SCHEDULE_DELAY", 50.ToString(CultureInfo.InvariantCulture)),
        ];
}
