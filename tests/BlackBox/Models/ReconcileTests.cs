using System.Globalization;

namespace Aios.Tests.BlackBox;

/// <summary>What calls cost whose answers were lost, and what a kill leaves, is put right by a person.</summary>
[Collection(Undisturbed.Name)]
public sealed class ReconcileTests : IDisposable
{
    // A call has an output of at most 10 tokens, so that it can cost a little more than a cent.
    private const string Price = "{input: 10, output: 1000}";

    private readonly FakeProviders _providers = new();
    private readonly ModelHome _models;

    public ReconcileTests()
    {
        _models = new ModelHome(_providers);
        _models.AddModel("lost", "openai", "reset-before", Price);
        _models.AddModel("cut", "openai", "cut-stream", Price);
        _models.AddModel("good", "openai", "paced-10-2", Price);
    }

    private AiosHome Home => _models.Home;

    [RequiresFact(Need.Node)]
    public void A_call_that_was_never_billed_makes_room_at_once_in_the_daemon_that_runs()
    {
        var api = Start("{limit: 0.015, per: 1mo}");
        var call = Lose("lost");
        Assert.Equal(429, Ask("good").Status);
        var key = Key(api);
        Assert.Equal(Home.Get<double>("SELECT reserved FROM calls WHERE id = @1", call), key.GetProperty("unknown").GetDouble(), 9);
        Assert.Equal(0, key.GetProperty("spent").GetDouble(), 9);

        var show = Home.Cli("cost", "reconcile", "--call", $"{call}", "--cost", "0", "--dry-run").Exits(0).Out;
        Assert.Contains("would cost 0.00 USD", show, StringComparison.Ordinal);
        Assert.Equal(429, Ask("good").Status);
        for (var time = 0; time < 2; time++)
            Home.Cli("cost", "reconcile", "--call", $"{call}", "--cost", "0").Exits(0);

        Assert.Equal(200, Ask("good").Status);
        Assert.Equal("unknown", Home.Get<string>("SELECT outcome FROM calls WHERE id = @1", call));
        Assert.Equal(0, Home.Get<double>("SELECT cost FROM calls WHERE id = @1", call));
        Assert.Equal(1, Home.Get<long>("SELECT count(*) FROM audit WHERE action = 'call.reconcile'"));
        Assert.Contains("entered", Home.Cli("why", "call", $"{call}").Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal(0, Key(api).GetProperty("unknown").GetDouble(), 9);
        Home.Cli("cost", "reconcile", "--call", $"{call}", "--cost", "-1").Exits(2);
        Home.Cli("cost", "reconcile", "--call", "999", "--cost", "1").Exits(2);
        Home.Cli("cost", "reconcile", "--cost", "1").Exits(2);
    }

    [RequiresTheory(Need.Node)]
    [InlineData(false)]
    [InlineData(true)]
    public void A_call_that_cost_more_uses_up_what_the_daemon_holds(bool overHttp)
    {
        var api = Start("{limit: 1, per: 1mo}");
        var call = Lose("lost");
        Assert.Equal(200, Ask("good").Status);
        Home.WaitFor(() => Key(api).GetProperty("held").GetDouble() > 0, "the daemon holds the rest of a slab");
        if (overHttp)
        {
            api.Post($"calls/{call}/reconcile", "{\"cost\": 1}", ("Authorization", $"Bearer {ModelHome.Key}")).Expect(403);
            api.Post($"calls/{call}/reconcile", "{\"cost\": -1}").Expect(400);
            api.Post($"calls/{call}/reconcile", "{\"cost\": 1, \"attempt\": 2}").Expect(404);
            api.Post("calls/999/reconcile", "{\"cost\": 1}").Expect(404);
            var told = api.Post($"calls/{call}/reconcile", "{\"cost\": 1}").Expect(200)["attempts"][0];
            Assert.Equal(1, told.GetProperty("cost").GetDouble());
            Assert.Equal(Home.Get<double>("SELECT reserved FROM calls WHERE id = @1", call), told.GetProperty("former_cost").GetDouble());
            Assert.NotEmpty(told.GetProperty("reconciled_by").GetString()!);
        }
        else
        {
            Home.Cli("cost", "reconcile", "--call", $"{call}", "--cost", "1").Exits(0);
        }

        Home.WaitFor(() => Key(api).GetProperty("held").GetDouble() == 0, "nothing is held any more", 5);
        Assert.Equal(429, Ask("good").Status);
        var spent = Home.Get<double>("SELECT sum(cost) FROM calls");
        Assert.Equal(spent, Key(api).GetProperty("used").GetDouble(), 9);
        Assert.True(spent > 1);
    }

    [RequiresFact(Need.Node)]
    public void An_export_of_the_provider_is_entered_row_by_row()
    {
        Start("{limit: 1, per: 1mo}");
        var call = Lose("cut", streams: true);
        var id = Home.Get<string>("SELECT provider_request FROM calls WHERE id = @1", call)!;
        Assert.StartsWith("req_", id, StringComparison.Ordinal);
        Assert.StartsWith("chatcmpl", Home.Get<string>("SELECT response_id FROM calls WHERE id = @1", call), StringComparison.Ordinal);
        var file = Home.In("usage.csv");
        File.WriteAllText(file, $"id,model,cost\n{id},x,0.005\nreq_of_nobody,x,1\n");

        var dry = Home.Cli("cost", "reconcile", "--provider", "openai", file, "--dry-run").Exits(0).Out;
        Assert.Contains("1 of 2 rows would change", dry, StringComparison.Ordinal);
        Assert.Equal(0, Home.Get<long>("SELECT count(*) FROM calls WHERE reconciled IS NOT NULL"));
        var done = Home.Cli("cost", "reconcile", "--provider", "openai", file).Exits(0).Out;
        Assert.Contains("1 unmatched", done, StringComparison.Ordinal);
        Assert.Equal(0.005, Home.Get<double>("SELECT cost FROM calls WHERE id = @1", call));
        var again = Home.Cli("cost", "reconcile", "--provider", "openai", file).Exits(0).Out;
        Assert.Contains("0 of 2 rows changed", again, StringComparison.Ordinal);
        Assert.Contains("1 unchanged", again, StringComparison.Ordinal);
        var mistyped = Home.Cli("cost", "reconcile", "--provider", "opnai", file).Exits(2).Error;
        Assert.Contains("Did you mean \"openai\"?", mistyped, StringComparison.Ordinal);

        File.WriteAllText(file, $"id,cost\n{id},0.005\n{id},0.006\n");
        Home.Cli("cost", "reconcile", "--provider", "openai", file).Exits(1);
        Assert.Equal(0.005, Home.Get<double>("SELECT cost FROM calls WHERE id = @1", call));
        File.WriteAllText(file, "name,price\n");
        Home.Cli("cost", "reconcile", "--provider", "openai", file).Exits(2);
    }

    [RequiresFact(Need.Node)]
    public void What_a_kill_leaves_is_shown_apart_and_given_back_on_order()
    {
        Start("{limit: 1, per: 1mo}");
        Assert.Equal(200, Ask("good").Status);
        var call = Lose("lost");
        _models.Calls("good", 1);
        _models.Daemon.Kill();
        _models.Restart();
        using var api = ApiClient.Of(_models.Daemon);

        var cost = Home.Get<double>("SELECT sum(cost) FROM calls WHERE outcome = 'ok'");
        var unknown = Home.Get<double>("SELECT cost FROM calls WHERE id = @1", call);
        var key = Key(api);
        var lost = key.GetProperty("lost").GetDouble();
        Assert.True(lost > 0, "nothing was lost");
        Assert.Equal(cost, key.GetProperty("spent").GetDouble(), 9);
        Assert.Equal(cost + unknown + lost, key.GetProperty("used").GetDouble(), 9);
        Assert.Contains("LOST", Home.Cli("cost", "--budgets").Exits(0).Out, StringComparison.Ordinal);

        var dry = Home.Cli("cost", "reconcile", "--lost", "--dry-run", "--json").Exits(0).Json;
        Assert.True(dry.GetProperty("dry_run").GetBoolean());
        Assert.Equal(lost, dry.GetProperty("lost")[0].GetProperty("amount").GetDouble(), 9);
        Assert.Equal(lost, Key(api).GetProperty("lost").GetDouble(), 9);
        Home.Cli("cost", "reconcile", "--lost").Exits(0);
        Assert.Equal(0, Key(api).GetProperty("lost").GetDouble(), 9);
        Assert.Equal(cost + unknown, Key(api).GetProperty("used").GetDouble(), 9);
        Assert.Equal(1, Home.Get<long>("SELECT count(*) FROM audit WHERE action = 'budget.reconcile'"));
    }

    [RequiresFact(Need.Node)]
    public void What_a_daemon_holds_is_not_lost_for_a_moment_when_it_ends()
    {
        Start("{limit: 1, per: 1mo}");
        Assert.Equal(200, Ask("good").Status);
        _models.Calls("good", 1);
        Home.Execute("CREATE TABLE lost_at_end (slabs INTEGER)");
        Home.Execute(
            "CREATE TRIGGER note_end AFTER UPDATE OF status ON devices WHEN NEW.status <> 'online' "
                + "BEGIN INSERT INTO lost_at_end SELECT count(*) FROM budget_slabs; END"
        );
        Assert.Equal(1, Home.Get<long>("SELECT count(*) FROM budget_slabs"));
        Assert.Equal(0, _models.Daemon.Stop());
        Assert.Equal(0, Home.Get<long?>("SELECT max(slabs) FROM lost_at_end"));
    }

    [RequiresTheory(Need.Node)]
    [InlineData("--lost", "usage.csv")]
    [InlineData("--lost", "--cost", "1")]
    [InlineData("--lost", "--all")]
    [InlineData("--call", "1", "--cost", "1", "--all")]
    [InlineData("--call", "1", "--cost", "1", "usage.csv")]
    [InlineData("--provider", "openai", "usage.csv", "--attempt", "1")]
    public void An_option_of_another_form_is_refused(params string[] arguments)
    {
        var err = Home.Cli(["cost", "reconcile", .. arguments]).Exits(2).Error;
        Assert.Contains($"expected nothing with {arguments[0]} but", err, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Node)]
    public void Without_a_database_no_call_matches()
    {
        var file = Home.In("usage.csv");
        File.WriteAllText(file, "id,cost\nreq_1,1\n");
        File.WriteAllText(Home.In("models.yaml"), "providers:\n  openai: {kind: openai, url: \"http://127.0.0.1:1/v1\"}\n");
        Assert.Contains("1 unmatched", Home.Cli("cost", "reconcile", "--provider", "openai", file).Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("openai", Home.Cli("cost", "reconcile", "--provider", "x", file).Exits(2).Error, StringComparison.Ordinal);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _models.Dispose();
        _providers.Dispose();
    }

    private ApiClient Start(string budget)
    {
        _models.AddBudget("all", budget);
        _models.Start();
        return ApiClient.Of(_models.Daemon);
    }

    private GatewayAnswer Ask(string model, bool streams = false) => _models.Client.Ask(GatewayClient.Chat, model, streams, maxTokens: 10);

    // The number of a call whose answer was lost.
    private long Lose(string model, bool streams = false)
    {
        var call = long.Parse(Ask(model, streams).Headers["x-aios-call"], CultureInfo.InvariantCulture);
        Home.WaitFor(() => Home.Get<string>("SELECT outcome FROM calls WHERE id = @1", call) == "unknown", "the ledger has it");
        return call;
    }

    private static System.Text.Json.JsonElement Key(ApiClient api) => api.Get("budgets").Expect(200)["items"][0].GetProperty("keys")[0];
}
