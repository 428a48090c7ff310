using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>Flows, signals and approvals over HTTP.</summary>
public sealed class ApiFlowTests : IDisposable
{
    private const string Jobs = """
        - name: nightly
          type: trigger
          steps:
            - {name: ask, approval: "Send?", show: {rows: 7}, by: [approver, ada], fields: {amount: number}}
            - {name: paid, wait: {signal: paid}}
        - name: strict
          type: trigger
          steps: [{name: ask, approval: "Really?", by: [admin, phone]}]
        - name: publish
          type: trigger
          steps: [{name: ask, approval: "Publish?", show: {chart: {picture: chart.png}, rows: 7}}]
        """;

    private const string OnePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private readonly AiosHome _home = new(Jobs);
    private readonly ApiClient _api;

    public ApiFlowTests() => _api = ApiClient.Start(_home, [("AIOS_RATE_LIMIT", "100000")]);

    [RequiresFact]
    public void A_picture_is_given_out_as_it_was_shown_and_nothing_else_is()
    {
        File.WriteAllBytes(_home.In("chart.png"), Convert.FromBase64String(OnePixel));
        Start("publish");
        var shown = _api.Get("approvals/1")["shown"].GetProperty("chart");
        Assert.Equal(64, shown.GetProperty("sha256").GetString()!.Length);
        _api.Get("approvals/1/pictures/chart", Key("blind", "viewer")).Expect(404);
        var viewer = Key("eyes", "viewer", "publish");
        Assert.Equal("image/png", _api.Get("approvals/1/pictures/chart", viewer).Expect(200).MediaType);
        AssertSays("shows no picture", _api.Get("approvals/1/pictures/rows").Expect(404));
        _api.Get("approvals/2/pictures/chart").Expect(404);
        _api.Get("approvals/1/pictures/chart", ("Authorization", "Bearer none")).Expect(401);
        File.WriteAllText(_home.In("chart.png"), "no picture any more");
        AssertSays("is no picture", _api.Get("approvals/1/pictures/chart").Expect(409));
        File.WriteAllBytes(_home.In("chart.png"), [.. Convert.FromBase64String(OnePixel), 0]);
        AssertSays("has changed since", _api.Get("approvals/1/pictures/chart").Expect(409));
    }

    [RequiresFact]
    public void A_decision_names_what_was_shown_and_counts_once_among_fifty()
    {
        var flow = Start("nightly");
        var approval = _api.Get("approvals/1").Expect(200);
        Assert.Equal(("Send?", "waiting"), (approval["question"].GetString(), approval["status"].GetString()));
        var digest = approval["digest"].GetString()!;
        var ada = Key("ada", "approver");
        _api.Get("approvals/1", ada).Expect(200);
        Assert.Equal("waiting", _api.Get("approvals/1")["status"].GetString());
        AssertSays("has changed since", Decide(1, new string('0', 64), ada).Expect(409));
        AssertSays("amount", Decide(1, digest, ada, "{}").Expect(400));
        _api.Post("approvals/1", $$"""{"decision": "reject", "digest": "{{digest}}"}""", ada).Expect(400);
        Decide(1, digest, Key("eyes", "viewer")).Expect(403);

        var statuses = new int[50];
        var all = new ParallelOptions { MaxDegreeOfParallelism = statuses.Length };
        Parallel.For(0, statuses.Length, all, i => statuses[i] = Decide(1, digest, ada).Status);
        Assert.Equal([(200, 1), (409, 49)], statuses.GroupBy(status => status).Select(group => (group.Key, group.Count())).Order());
        Assert.Equal(1, _home.Get<long>("SELECT count(*) FROM audit WHERE action = 'approval.approve' AND actor = 'key ada'"));
        Assert.Equal("key ada", _api.Get("approvals/1")["decisions"][0].GetProperty("actor").GetString());

        _home.WaitFor(() => Step(flow, 1).GetProperty("signal").ValueKind == JsonValueKind.String, "it waits for the signal");
        Assert.Equal("paid", Step(flow, 1).GetProperty("signal").GetString());
        var sent = _api.Post("signals", $$$"""{"name": "paid", "flow": {{{flow}}}, "data": {"sum": 7}}""").Expect(201);
        Assert.Equal(1, sent["flows_waiting"].GetInt32());
        _home.Closed(flow);
        Assert.Equal("""{"sum":7}""", _api.Get($"flows/{flow}").Expect(200)["result"].GetRawText());
        Assert.Equal("succeeded", _api.Get("flows?job=nightly").Expect(200)["items"][0].GetProperty("status").GetString());
        _api.Post("signals", $$"""{"flow": {{flow}}, "name": "paid"}""").Expect(409);
        AssertSays("All steps", _api.Post($"flows/{flow}/retry").Expect(409));
        AssertSays("Did you mean \"ask\"", _api.Post($"flows/{flow}/retry", """{"from": "asks"}""").Expect(400));
        _api.Post($"flows/{flow}/retry", """{"from": "ask"}""").Expect(202);
        _home.WaitFor(() => _api.Get("approvals?status=waiting")["items"].GetArrayLength() == 1, "it is asked anew");
        _api.Post($"flows/{flow}/cancel").Expect(202);
        Assert.Equal("canceled", _home.Closed(flow).Status);
        Assert.Equal("void", _api.Get("approvals/2")["status"].GetString());
    }

    [RequiresFact]
    public void Who_may_decide_is_what_the_step_says()
    {
        Start("strict");
        var digest = _api.Get("approvals/1").Expect(200)["digest"].GetString()!;
        Assert.Contains(
            "can be decided by admin, phone; key other is none of them",
            Decide(1, digest, Key("other", "operator"), "{}").Expect(403)["detail"].GetString()!,
            StringComparison.Ordinal
        );
        var approver = Key("phone", "approver");
        _api.Post("jobs/nightly/trigger", null, approver).Expect(403);
        _api.Post("flows/1/cancel", null, approver).Expect(403);
        _api.Get("flows/1", approver).Expect(200);
        Decide(1, digest, Key("narrow", "admin", "nightly"), "{}").Expect(404);
        _api.Post("signals", """{"name": "paid"}""", Key("narrow2", "admin", "nightly")).Expect(403);
        Decide(1, digest, approver, "{}").Expect(200);
    }

    public void Dispose()
    {
        _api.Dispose();
        _home.Dispose();
    }

    private static void AssertSays(string words, ApiAnswer answer) =>
        Assert.Contains(words, answer["detail"].GetString(), StringComparison.Ordinal);

    private JsonElement Step(long flow, int place) => _api.Get($"flows/{flow}").Expect(200)["steps"][place];

    private ApiAnswer Decide(long id, string digest, (string, string) key, string fields = """{"amount": 7}""") =>
        _api.Post($"approvals/{id}", $$"""{"fields": {{fields}}, "decision": "approve", "digest": "{{digest}}"}""", key);

    private (string, string) Key(string name, string role, string jobs = "n*,s*") =>
        ("Authorization", $"Bearer {_home.Cli(["keys", "add", name, "--role", role, "--jobs", jobs]).Exits(0).Out.Trim()}");

    private long Start(string job)
    {
        var flow = _home.Insert(job);
        _home.WaitFor(() => _home.Get<long>("SELECT count(*) FROM approvals WHERE flow_id = @1", flow) == 1, "it waits for approval");
        return flow;
    }
}
