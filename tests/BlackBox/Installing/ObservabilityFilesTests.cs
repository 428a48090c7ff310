using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aios.Tests.Docs;

namespace Aios.Tests.BlackBox;

/// <summary>The dashboard and the alert rules under docker/observability: they ask for what there is.</summary>
public sealed partial class ObservabilityFilesTests
{
    private static readonly string Folder = Path.Combine(Documents.Root, "docker", "observability");

    // One run of each kind, so that the series which appear with their first event are there.
    private const string Jobs = """
        - {name: fail, type: trigger, command: ["false"], retries: 1, backoff: [0.01]}
        - {name: loop, type: always, command: [sh, -c, "sleep 0.05"], min_uptime: 0.01}
        - {name: each, type: cron, cron: "* * * * * *", command: ["true"]}
        """;

    // Nobody answers there, which is enough for a call to be counted.
    private const string Models = """
        providers: {nobody: {kind: openai, url: "http://127.0.0.1:1/v1"}}
        models: {small: {provider: nobody, price: {input: 1, output: 1}}}
        budgets: {all: {limit: 1, per: 1mo}}
        """;

    [RequiresFact]
    public void Each_metric_that_they_name_is_in_the_figures()
    {
        using var home = new AiosHome(Jobs);
        File.WriteAllText(home.In("models.yaml"), Models);
        using var api = ApiClient.Start(home);
        home.Closed(home.Insert("fail"));
        api.Post("/v1/chat/completions", """{"model": "small", "messages": [{"role": "user", "content": "Hello"}]}""").Expect(502);
        home.WaitFor(
            () =>
                MetricsPage.Of(api) is var page
                && page.Sum("aios_restarts_total") > 0
                && page.Sum("aios_schedule_lag_seconds_count") > 0
                && page.Sum("aios_model_calls_total") > 0,
            "something of each has happened"
        );
        var there = MetricsPage.Of(api).SeriesNames.Append("up").ToHashSet();
        var queries = Queries().Concat(Rules()).ToList();
        Assert.True(queries.Count > 40, $"only {queries.Count} queries were found");
        foreach (var query in queries)
        {
            var named = Metric().Matches(Label().Replace(query, "")).Select(match => match.Value).ToList();
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.True(there.Contains(name), $"{name} is in no figures: {query}"));
        }
    }

    [RequiresFact(Need.Prometheus)]
    public void Promtool_takes_the_rules_and_each_query_of_the_dashboard()
    {
        Promtool("check", "rules", Path.Combine(Folder, "prometheus-alerts.yml"));
        // As Grafana fills them in.
        var rules = string.Join(
            '\n',
            Queries()
                .Select(
                    (query, i) =>
                        $"  - record: dashboard:query{i}\n    expr: '{query.Replace("$__rate_interval", "1m", StringComparison.Ordinal)}'"
                )
        );
        using var file = new Support.TemporaryFolder();
        File.WriteAllText(file.File("queries.yml"), $"groups:\n- name: dashboard\n  rules:\n{rules}\n");
        Promtool("check", "rules", file.File("queries.yml"));
    }

    private static IEnumerable<string> Queries()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "grafana-dashboard.json")));
        return
        [
            .. dashboard
                .RootElement.GetProperty("panels")
                .EnumerateArray()
                .Where(panel => panel.TryGetProperty("targets", out _))
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.GetProperty("expr").GetString()!),
        ];
    }

    private static IEnumerable<string> Rules() =>
        Rule().Matches(File.ReadAllText(Path.Combine(Folder, "prometheus-alerts.yml"))).Select(match => match.Groups["query"].Value);

    private static void Promtool(params string[] arguments)
    {
        var answer = CliResult.Of(new ProcessStartInfo("promtool", arguments));
        Assert.True(answer.Status == 0, answer.Out + answer.Error);
        Assert.DoesNotContain("FAILED", answer.Out + answer.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\b(aios|process|dotnet)_[a-z_]+|\bup\b")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Label();

    [GeneratedRegex(@"^ +expr: (?<query>.+)$", RegexOptions.Multiline)]
    private static partial Regex Rule();
}
