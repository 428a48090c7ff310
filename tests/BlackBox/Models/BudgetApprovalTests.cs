using System.Globalization;
using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>A person is asked for more money, whose answer counts once, whenever the daemon is killed.</summary>
public sealed class BudgetApprovalTests : IDisposable
{
    // A call has an input of 9 tokens and an output of 10.
    private const string Price = "{input: 10, output: 1000}";
    private const decimal OneCall = (9 * 10m + 10 * 1000m) / 1_000_000;
    private const decimal Limit = 3 * OneCall + 0.005m;

    private readonly FakeProviders _providers = new("""{"paced-10-1": {"input": 10, "output": 1000}}""");
    private ModelHome? _home;

    [RequiresFact(Need.Node)]
    public void An_approval_allows_the_limit_once_more_and_a_rejection_nothing()
    {
        var home = Start("[]", "all");
        var refused = AskUntilRefused(home);
        Assert.Contains("`aios approve 1`", refused.Error, StringComparison.Ordinal);
        Assert.Equal("30", refused.Headers["Retry-After"]);
        Assert.True(_providers.Cost is > 0 and <= Limit, $"{_providers.Cost}");
        Assert.Contains("Budget all (", home.Home.Cli("approvals").Out, StringComparison.Ordinal);
        using (var api = ApiClient.Of(home.Daemon))
        {
            var listed = api.Get("/api/v1/approvals?status=waiting", ("Authorization", $"Bearer {ModelHome.Key}"))
                .Json.GetProperty("items")[0];
            Assert.Equal("budget", listed.GetProperty("kind").GetString());
            Assert.Equal(JsonValueKind.Null, listed.GetProperty("flow_id").ValueKind);
        }

        Assert.Equal(0, home.Home.Cli("approve", "1").Status);
        home.Daemon.Kill();
        home.Restart();
        Assert.Contains("`aios approve 2`", AskUntilRefused(home).Error, StringComparison.Ordinal);
        Assert.True(_providers.Cost is > Limit and <= 2 * Limit, $"{_providers.Cost}");
        var spent = _providers.Cost;

        Assert.Equal(0, home.Home.Cli("reject", "2", "--reason", "enough").Status);
        Assert.Contains("Approval 2, which asked for more, was rejected", Ask(home).Error, StringComparison.Ordinal);
        Assert.Equal(spent, _providers.Cost);
        Assert.Equal(2, home.Home.Get<int>("SELECT count(*) FROM approvals"));
    }

    [RequiresFact(Need.Node | Need.Curl)]
    public void The_channels_of_the_job_that_calls_are_told()
    {
        var home = Start(
            """
            - name: caller
              type: trigger
              shell: >-
                for n in 1 2 3 4; do
                curl -s "$OPENAI_BASE_URL/chat/completions" -H "authorization: Bearer $OPENAI_API_KEY" -H "content-type: application/json"
                -d '{"model": "counted", "max_completion_tokens": 10, "messages": [{"role": "user", "content": "Go on."}]}';
                done
              models: true
              notify: {command: ["true"], on: [approval]}
            """,
            "job"
        );
        home.Home.Closed(home.Home.Insert("caller"));
        Assert.Equal("caller", home.Home.Get<string>("SELECT job_name FROM approvals WHERE status = 'waiting'"));
        home.Home.WaitFor(
            () => home.Home.Get<int>("SELECT count(*) FROM notices WHERE event = 'approval' AND outcome = 'told'") == 1,
            "the channel is told",
            15
        );
        var message = JsonDocument.Parse(home.Home.Get<string>("SELECT message FROM notices")!).RootElement;
        Assert.StartsWith(
            "Job \"caller\" waits for approval 1: Budget b (job caller, ",
            message.GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _home?.Dispose();
        _providers.Dispose();
    }

    private ModelHome Start(string jobs, string of)
    {
        var home = _home = new ModelHome(_providers, jobs);
        home.AddModel("counted", "openai", "paced-10-1", Price);
        var limit = Limit.ToString(CultureInfo.InvariantCulture);
        home.AddBudget(of == "all" ? "all" : "b", $"{{limit: {limit}, per: 1mo, of: {of}, on_excess: ask}}");
        home.Start();
        return home;
    }

    private static GatewayAnswer AskUntilRefused(ModelHome home)
    {
        while (true)
        {
            var answer = Ask(home);
            if (answer.Status == 429)
                return answer;
            Assert.True(answer.Status == 200, answer.Body);
        }
    }

    private static GatewayAnswer Ask(ModelHome home) => home.Client.Ask(GatewayClient.Chat, "counted", streams: false, maxTokens: 10);
}
