namespace Aios.Tests.BlackBox;

/// <summary>A model that is slow to begin gets company by the next one: the first content wins, and both count.</summary>
public sealed class HedgeTests(HedgeTests.Shared shared) : IClassFixture<HedgeTests.Shared>
{
    private const string Text = "Go on.";
    private const string Price = "{input: 10, output: 1000}";

    private ModelHome Home => shared.Home;

    [RequiresTheory(Need.Node)]
    [InlineData("whole")]
    [InlineData("stream")]
    public void The_first_content_wins_and_the_other_keeps_its_worst_case(string route)
    {
        var answer = Home.Client.Ask(GatewayClient.Chat, route, streams: route == "stream");
        Assert.True(answer is { Status: 200, Content: "w1 w2 w3" }, answer.Body);
        Assert.Equal("2", answer.Headers["x-aios-attempts"]);
        Assert.Equal($"soon-{route}", answer.Headers["x-aios-model"]);
        var lost = Assert.Single(Home.Calls($"late-{route}", 1));
        Assert.Equal(("unknown", "another model answered first"), (lost.Outcome, lost.Reason));
        Assert.True(lost.Cost >= 100 * 1000 / 1e6, $"{lost}");
        Assert.Equal(lost.Cost, Home.Home.Get<double>("SELECT reserved FROM calls WHERE id = @1", lost.Id));
        Assert.Equal("ok", Assert.Single(Home.Calls($"soon-{route}", 1)).Outcome);
        Assert.Equal([1, 2], Home.Home.Column("SELECT attempt FROM calls WHERE route = @1 ORDER BY attempt", route).Select(int.Parse));
        Assert.Contains(
            $"had not begun to answer after 0.2 s, so soon-{route} is asked as well",
            Home.Home.Get<string>("SELECT why FROM calls WHERE model = @1", $"soon-{route}"),
            StringComparison.Ordinal
        );
    }

    [RequiresFact(Need.Node)]
    public void The_first_model_may_still_win()
    {
        var answer = Home.Client.Ask(GatewayClient.Chat, "first-wins", streams: true);
        Assert.True(answer is { Status: 200, Content: Text }, answer.Body);
        Assert.Equal("ok", Assert.Single(Home.Calls("steady", 1)).Outcome);
        Assert.Equal("unknown", Assert.Single(Home.Calls("later", 1)).Outcome);
    }

    [RequiresFact(Need.Node)]
    public void One_that_fails_meanwhile_ends_nothing()
    {
        var answer = Home.Client.Ask(GatewayClient.Messages, "both-count", streams: false);
        Assert.True(answer is { Status: 200, Content: Text }, answer.Body);
        Assert.Equal("failed", Assert.Single(Home.Calls("broken", 1)).Outcome);
        Assert.Equal(0, Home.Home.Get<int>("SELECT count(*) FROM calls WHERE model = 'third'"));
    }

    [RequiresFact(Need.Node)]
    public void A_second_model_is_not_worth_a_question_to_a_person()
    {
        var answer = Home.Client.Ask(GatewayClient.Chat, "poor", streams: false);
        Assert.True(answer is { Status: 200, Content: Text }, answer.Body);
        Assert.Equal("1", answer.Headers["x-aios-attempts"]);
        Assert.Single(Home.Calls("dear", 1));
        Assert.Equal(0, Home.Home.Get<int>("SELECT count(*) FROM approvals"));
    }

    /// <summary>One daemon for all. Each case has models of its own.</summary>
    public sealed class Shared : IDisposable
    {
        private readonly FakeProviders? _providers;
        private readonly ModelHome? _home;

        public Shared()
        {
            if (Needs.WhatIsMissing(Need.Node) is not null)
                return;
            _providers = new FakeProviders();
            _home = new ModelHome(_providers);
            foreach (var name in (string[])["whole", "stream"])
            {
                _home.AddModel($"late-{name}", "openai", $"slow-20000@{name}", Price);
                _home.AddModel($"soon-{name}", "anthropic", $"words-3@{name}", Price);
                _home.AddRoute(name, $"{{models: [late-{name}, soon-{name}], hedge: 200ms}}");
            }

            _home.AddModel("steady", "openai", "slow-600@steady", Price);
            _home.AddModel("later", "gemini", "slow-20000@later", Price);
            _home.AddRoute("first-wins", "{models: [steady, later], hedge: 200ms}");
            _home.AddModel("fails", "openai", "slow-500@fails", Price);
            _home.AddModel("broken", "openai", "fail-500@broken", Price);
            _home.AddModel("third", "openai", "words-3@third", Price);
            _home.AddRoute("both-count", "{models: [fails, broken, third], hedge: 100ms}");
            _home.AddBudget("tight", "{limit: 0.12, per: 1mo, of: \"route:poor\", on_excess: ask}");
            _home.AddModel("dear", "openai", "slow-500@dear", Price);
            _home.AddModel("spare", "openai", "words-3@spare", Price);
            _home.AddRoute("poor", "{models: [dear, spare], hedge: 100ms}");
            _home.Start();
        }

        internal ModelHome Home => _home!;

        /// <inheritdoc />
        public void Dispose()
        {
            _home?.Dispose();
            _providers?.Dispose();
        }
    }
}
