using Aios.Daemon;
using Aios.Daemon.Reporting;
using Aios.Models.Configuration;
using Aios.Store;
using Aios.Store.Models;
using Aios.Telemetry;
using Aios.Tests.Support;

namespace Aios.Tests.Daemon;

/// <summary>What calls to language models come to, in Prometheus' names and in those of OpenTelemetry.</summary>
public sealed class CallMetricsTests : IDisposable
{
    private const string Models = """
        providers: {there: {kind: anthropic}}
        models: {large: {provider: there, name: claude-9, price: {input: 1, output: 2}}}
        budgets: {all: {limit: 20, per: 1mo}, each: {limit: 1, per: 1d, of: job}, runs: {limit: 3, per: run}}
        """;

    private static readonly CallRecord Call = new(1, 1, DateTimeOffset.UnixEpoch, "default", "chat", CallOutcome.Ok)
    {
        Model = "large",
        Provider = "there",
        Tokens = new(10, 20, 30, 40, 50, 0),
        Cost = 0.25m,
        FirstToken = TimeSpan.FromSeconds(0.3),
        Duration = TimeSpan.FromSeconds(3),
    };

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();
    private readonly CallMetrics _metrics;
    private readonly IStoreConnection _connection;

    public CallMetricsTests()
    {
        File.WriteAllText(_folder.File("models.yaml"), Models);
        var settings = new DaemonSettings { Home = _folder.Path, Database = Databases.At(_folder.File("orchestrator.db")) };
        _connection = settings.Database.Connect();
        _metrics = new CallMetrics(
            new DaemonContext(settings, "here", "boot", "database", _clock),
            new LiveModelSettings(_folder.Path, Assert.Fail)
        );
    }

    [Fact]
    public void Calls_tokens_cost_and_times_are_counted_by_route_model_and_provider()
    {
        _metrics.Record(Call);
        _metrics.Record(Call with { Outcome = CallOutcome.Unknown, Tokens = default, Cost = 1, FirstToken = null });
        _metrics.Record(Call with { Outcome = CallOutcome.Refused, Tokens = default, Cost = 0, FirstToken = null, Duration = null });
        var text = Text();
        foreach (var outcome in (string[])["ok", "unknown", "refused"])
            Has($"aios_model_calls_total{{route=\"default\",model=\"large\",provider=\"there\",outcome=\"{outcome}\"}} 1");
        Has("aios_model_tokens_total{route=\"default\",model=\"large\",provider=\"there\",class=\"input\"} 10");
        Has("aios_model_tokens_total{route=\"default\",model=\"large\",provider=\"there\",class=\"reasoning\"} 50");
        Has("aios_model_cost_dollars_total{route=\"default\",model=\"large\",provider=\"there\"} 1.25");
        Has("aios_model_first_token_seconds_count{model=\"large\",provider=\"there\"} 1");
        Has("aios_model_call_duration_seconds_sum{model=\"large\",provider=\"there\"} 6");

        void Has(string line) => Assert.Contains($"{line}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_conventions_have_the_providers_names_and_all_classes_of_tokens()
    {
        _metrics.Record(Call);
        _metrics.Record(Call with { Outcome = CallOutcome.Failed, Kind = "embeddings", Tokens = default });
        var families = _metrics.CollectConventional().ToDictionary(family => family.Name);
        var duration = families["gen_ai.client.operation.duration"];
        Assert.Equal("s", duration.Unit);
        Assert.Equal(["gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "error.type"], duration.LabelNames);
        Assert.Equal(["chat", "anthropic", "claude-9", ""], duration.Samples[0].Labels);
        Assert.Equal(["embeddings", "anthropic", "claude-9", "failed"], duration.Samples[1].Labels);
        var tokens = families["gen_ai.client.token.usage"];
        Assert.Equal("{token}", tokens.Unit);
        Assert.Equal([80, 70], tokens.Samples.Select(sample => sample.Value));
        Assert.Equal(["input", "output"], tokens.Samples.Select(sample => sample.Labels[^1]));
    }

    [Fact]
    public void However_many_routes_there_are_the_series_are_bounded()
    {
        for (var i = 0; i < 250; i++)
            _metrics.Record(Call with { Route = $"r{i}", Model = $"m{i}" });
        var calls = _metrics.Collect().Single(family => family.Name == "aios_model_calls_total");
        Assert.Equal(201, calls.Samples.Count);
        Assert.Equal(50, calls.Samples.Single(sample => sample.Labels[0] == "other").Value);
        Assert.All(_metrics.CollectConventional(), family => Assert.True(family.Samples.Count <= 402));
    }

    [Fact]
    public void Budgets_have_a_limit_and_what_is_used_of_the_current_period()
    {
        Take("all", "2026-03 ", 5);
        Take("all", "2026-02 ", 7);
        Take("each", "2026-03-02 job report", 0.5m);
        Take("runs", "run 7 ", 1);
        var text = Text();
        Assert.Contains("aios_budget_limit_dollars{budget=\"runs\"} 3\n", text, StringComparison.Ordinal);
        Assert.Equal(
            ["aios_budget_used_dollars{budget=\"all\",thing=\"\"} 5", "aios_budget_used_dollars{budget=\"each\",thing=\"job report\"} 0.5"],
            text.Split('\n').Where(line => line.StartsWith("aios_budget_used", StringComparison.Ordinal))
        );
    }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    private string Text() => PrometheusText.Write([.. _metrics.Collect()]);

    private void Take(string budget, string key, decimal dollars) =>
        _connection.Write(store =>
            store.Calls.Take(budget, key, long.MaxValue, Nanodollars.Of(dollars), Nanodollars.Of(dollars), "a", _clock.GetUtcNow())
        );
}
