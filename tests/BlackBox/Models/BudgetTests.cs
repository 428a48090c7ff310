using System.Globalization;

namespace Aios.Tests.BlackBox;

/// <summary>Budgets under many calls at once and under SIGKILL, checked against what the provider itself charges.</summary>
[Collection(Undisturbed.Name)]
public sealed class BudgetTests : IDisposable
{
    // A call has an input of 9 tokens and an output of 10.
    private const string Price = "{input: 10, output: 1000}";
    private const decimal OneCall = (9 * 10m + 10 * 1000m) / 1_000_000;

    private readonly List<IDisposable> _started = [];

    [RequiresTheory(Need.Node)]
    [InlineData("openai", false)]
    [InlineData("openai", true)]
    [InlineData("anthropic", true)]
    [InlineData("gemini", false)]
    public async Task Of_two_hundred_calls_at_once_no_more_are_sent_than_a_limit_allows(string kind, bool streams)
    {
        const int fit = 20;
        // The bound of the input is safe, and so higher than the input: what is free again as calls end serves the others.
        const decimal limit = fit * OneCall + 0.01m;
        var (providers, home) = Create();
        home.AddModel("counted", kind, "paced-10-2", Price);
        home.AddBudget("all", $"{{limit: {limit.ToString(CultureInfo.InvariantCulture)}, per: 1mo}}");
        home.Start();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Ask(home, "counted", streams)));

        var cost = providers.Cost;
        Assert.True(cost <= limit, $"the provider charges {cost}, the limit is {limit}");
        var served = answers.Count(answer => answer.Status == 200);
        Assert.Equal(served, providers.Calls);
        Assert.True(served is >= fit - 3 and <= fit, $"{served} calls were served, {fit} fit");
        foreach (var answer in answers.Where(answer => answer.Status != 200))
            Assert.True(answer.Status == 429 && answer.Body.Contains("budget", StringComparison.Ordinal), $"{answer.Status} {answer.Body}");
        home.Home.WaitFor(
            () => home.Home.Get<int>("SELECT count(*) FROM calls WHERE outcome = 'ok'") == served,
            "the ledger has all that were served",
            10
        );
        Assert.Equal((double)cost, home.Home.Get<double>("SELECT sum(cost) FROM calls"), (double)OneCall / 1000);
    }

    [RequiresFact(Need.Node)]
    public async Task A_limit_holds_however_often_the_daemon_is_killed()
    {
        const decimal limit = 30 * OneCall;
        var rounds = Needs.Long ? 8 : 4;
        var random = new Random(7);
        var (providers, home) = Create();
        for (var round = 0; round < rounds; round++)
        {
            home.AddModel($"m{round}", ModelHome.Kinds[round % ModelHome.Kinds.Length], $"paced-10-3@{round}", Price);
            home.AddRoute($"r{round}", $"[m{round}]");
            home.AddBudget($"b{round}", $"{{limit: {limit.ToString(CultureInfo.InvariantCulture)}, per: 1mo, of: \"route:r{round}\"}}");
        }

        home.Start();
        var spent = 0m;
        for (var round = 0; round < rounds; round++)
        {
            for (var kill = 0; kill < 3; kill++)
            {
                var asked = Enumerable.Range(0, 100).Select(n => Ask(home, $"r{round}", streams: n % 2 == 0)).ToList();
                await Task.Delay(random.Next(20, 250));
                home.Daemon.Kill();
                await Task.WhenAll(asked);
                home.Restart();
            }

            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Ask(home, $"r{round}", streams: false)));
            var cost = providers.CostOf($"paced-10-3@{round}");
            Assert.True(cost <= limit, $"in round {round}, the provider charges {cost}, the limit is {limit}");
            spent += cost;
        }

        Assert.True(spent > 0, "nothing was ever spent");
    }

    [RequiresFact(Need.Node)]
    public async Task Calls_whose_answers_were_lost_count_with_their_worst_case()
    {
        const decimal limit = 10 * OneCall + 0.01m;
        var (providers, home) = Create();
        // They do not rest: each has one call only.
        for (var n = 0; n < 60; n++)
            home.AddModel(
                $"m{n}",
                ModelHome.Kinds[n % ModelHome.Kinds.Length],
                $"{(n % 2 == 0 ? "reset-before" : "cut-stream")}@{n}",
                Price
            );
        home.AddBudget("all", $"{{limit: {limit.ToString(CultureInfo.InvariantCulture)}, per: 1mo}}");
        home.Start();

        await Task.WhenAll(Enumerable.Range(0, 60).Select(n => Ask(home, $"m{n}", streams: n % 3 == 0)));

        var cost = providers.Cost;
        Assert.True(cost > 0 && cost <= limit, $"the provider charges {cost}, the limit is {limit}");
    }

    [RequiresFact(Need.Node)]
    public async Task Several_answers_to_one_request_cost_as_many_times()
    {
        const decimal limit = 3 * OneCall;
        var (providers, home) = Create();
        home.AddModel("counted", "openai", "paced-10-2", Price);
        home.AddBudget("all", $"{{limit: {limit.ToString(CultureInfo.InvariantCulture)}, per: 1mo}}");
        home.Start();
        const string request = """
            {"model": "counted", "n": 5, "max_completion_tokens": 10, "messages": [{"role": "user", "content": "Go on."}]}
            """;

        var answer = await home.Client.SendAsync(GatewayClient.Chat, request);

        Assert.True(providers.Cost <= limit, $"the provider charges {providers.Cost}, the limit is {limit}: {answer.Body}");
        Assert.Equal(429, answer.Status);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var started in Enumerable.Reverse(_started))
            started.Dispose();
    }

    private (FakeProviders Providers, ModelHome Home) Create()
    {
        // At the provider, all models of a test cost the same.
        var names = Enumerable
            .Range(0, 60)
            .SelectMany(n => (string[])[$"paced-10-3@{n}", $"reset-before@{n}", $"cut-stream@{n}"])
            .Append("paced-10-2")
            .Select(name => $"\"{name}\": {{\"input\": 10, \"output\": 1000}}");
        var providers = new FakeProviders($"{{{string.Join(", ", names)}}}");
        var home = new ModelHome(providers);
        _started.AddRange([providers, home]);
        return (providers, home);
    }

    private static Task<GatewayAnswer> Ask(ModelHome home, string model, bool streams) =>
        home.Client.AskAsync(GatewayClient.Chat, model, streams, maxTokens: 10);
}
