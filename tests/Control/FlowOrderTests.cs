using System.Text.Json;
using Aios.Control.Flows;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Audit;
using Aios.Store.Flows;
using Aios.Store.Runs;
using Aios.Tests.Jobs;
using Aios.Tests.Support;

namespace Aios.Tests.Control;

/// <summary>What people's orders do to flows and approvals, over a real database and the daemon's ticks.</summary>
public sealed class FlowOrderTests : IDisposable
{
    private const string Nightly = """
        - name: nightly
          type: trigger
          steps:
            - {name: check, command: ["true"]}
            - name: ask
              approval: "Send ${steps.check.status}?"
              show: {sum: 7}
              fields: {amount: number, city: [Bonn, Ulm], note: {type: text, default: none}}
            - {name: send, set: {amount: "${steps.ask.result.amount}"}}
        """;

    private static readonly Actor Ada = new("user ada", "cli on here");
    private static readonly Decider Owner = new(Ada, ["approver", "operator", "admin"]);
    private readonly DaemonRig _rig = new([.. Lists.Jobs(Nightly)]);

    [Fact]
    public void An_approval_lets_the_flow_go_on_with_what_was_entered()
    {
        var flow = ToApproval();
        Assert.Equal("waiting", Flow(flow).Status);
        Assert.Equal("ask waits for approval 1", Flow(flow).WaitsFor);
        Assert.Null(Approve(1, ("amount", "7"), ("city", "\"Ulm\"")));
        _rig.Tick();
        Assert.Equal(("succeeded", """{"amount":7}"""), (Flow(flow).Status, View(flow).Details.ResultJson));
        Assert.Equal(
            ["user ada|approval.approve|nightly|approval 1 of flow 1"],
            _rig.Sql.Column("SELECT actor || '|' || action || '|' || job_name || '|' || subject FROM audit WHERE action LIKE 'approval.%'")
        );
        Assert.Equal("""{"amount":7,"city":"Ulm","note":"none"}""", In(queue => queue.Approvals.Find(1))!.ResultJson);
        Assert.Contains("approved by user ada", Refused(Approve(1), RefusalKind.Conflict), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("city", "\"Ulm\"", "The field \"amount\" is missing; it takes a number.")]
    [InlineData("amount", "\"much\"", "The field \"amount\" takes a number; found \"much\".")]
    [InlineData("amuont", "7", "The approval has no field \"amuont\"; it has amount, city, note. Did you mean \"amount\"?")]
    public void Values_that_do_not_fit_are_named(string name, string json, string words)
    {
        ToApproval();
        Assert.Equal(words, Refused(Approve(1, (name, json)), RefusalKind.Invalid));
        Assert.Equal(ApprovalStatus.Waiting, In(queue => queue.Approvals.Find(1))!.Status);
    }

    [Fact]
    public void A_choice_that_is_none_is_told_with_the_nearest()
    {
        ToApproval();
        Assert.Equal(
            "The field \"city\" takes one of Bonn, Ulm; found \"Bon\". Did you mean \"Bonn\"?",
            Refused(Approve(1, ("amount", "7"), ("city", "\"Bon\"")), RefusalKind.Invalid)
        );
    }

    [Theory]
    [InlineData("[]", "user ada", "approver", true)]
    [InlineData("""["ada"]""", "user ada", "", true)]
    [InlineData("""["ada"]""", "user ada (sudo by eve)", "", true)]
    [InlineData("""["phone"]""", "key phone", "approver", true)]
    [InlineData("""["phone"]""", "key phones", "approver operator admin", false)]
    [InlineData("""["admin"]""", "key phone", "approver operator", false)]
    [InlineData("""["approver"]""", "key phone", "approver operator", true)]
    [InlineData("""["admin", "phone"]""", "key phone", "approver", true)]
    public void Those_who_may_decide_are_roles_keys_and_users(string by, string who, string roles, bool may) =>
        Assert.Equal(may, new Decider(new Actor(who, ""), [.. roles.Split(' ')]).IsAmong(by));

    [Fact]
    public void Who_is_not_named_is_refused_and_a_stale_digest_too()
    {
        ToApproval();
        _rig.Sql.Do("""UPDATE approvals SET by_whom = '["eve", "admin"]'""");
        var key = new Decider(new Actor("key phone", "api"), ["approver"]);
        var refused = In(queue => queue.Decide(1, Digest(queue), true, Fields(), null, key, _rig.Clock.GetUtcNow()));
        Assert.Equal("Approval 1 can be decided by eve, admin; key phone is none of them.", Refused(refused, RefusalKind.Forbidden));
        var stale = In(queue => queue.Decide(1, new string('0', 64), false, Fields(), "no", Owner, _rig.Clock.GetUtcNow()));
        Assert.Contains("has changed since you saw it", Refused(stale, RefusalKind.Conflict), StringComparison.Ordinal);
        Assert.Empty(_rig.Sql.Column("SELECT 1 FROM audit WHERE action LIKE 'approval.%'"));
        Assert.Contains("no approval 9", Refused(Approve(9), RefusalKind.Unknown), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flow_that_was_rejected_begins_again_where_it_failed()
    {
        var flow = ToApproval();
        Assert.Contains("is not over", Refused(Retry(flow), RefusalKind.Conflict), StringComparison.Ordinal);
        Assert.Null(In(queue => queue.Decide(1, Digest(queue), false, Fields(), "too much", Owner, _rig.Clock.GetUtcNow())));
        _rig.Tick();
        Assert.Equal(("failed", "step ask failed: rejected by user ada: too much"), (Flow(flow).Status, Flow(flow).Reason));
        Assert.Equal(["check succeeded", "ask failed", "send blocked"], Steps(flow));
        Assert.Contains("Did you mean \"send\"?", Refused(Retry(flow, "sent"), RefusalKind.Invalid), StringComparison.Ordinal);
        Assert.Null(Retry(flow));
        Assert.Equal("queued", Flow(flow).Status);
        Assert.Contains("waits to begin again", Refused(Retry(flow), RefusalKind.Conflict), StringComparison.Ordinal);
        Assert.Empty(_rig.Tick());
        Assert.Equal(["check succeeded", "ask waiting", "send pending"], Steps(flow));
        Assert.Equal(2, Flow(flow).Attempt);
        Assert.Null(Approve(2, ("amount", "1"), ("city", "\"Bonn\"")));
        _rig.Tick();
        Assert.Equal("succeeded", Flow(flow).Status);
        Assert.Contains("All steps", Refused(Retry(flow), RefusalKind.Conflict), StringComparison.Ordinal);
        Assert.Null(Retry(flow, "ask"));
        _rig.Tick();
        Assert.Equal(["check succeeded", "ask waiting", "send pending"], Steps(flow));
    }

    [Fact]
    public void A_canceled_flow_is_over_and_its_approval_is_void()
    {
        var flow = ToApproval();
        Assert.Null(In(queue => queue.CancelFlow(flow, Ada, _rig.Clock.GetUtcNow())));
        _rig.Tick();
        Assert.Equal("canceled", Flow(flow).Status);
        Assert.Contains(
            "is void",
            Refused(Approve(1, ("amount", "1"), ("city", "\"Ulm\"")), RefusalKind.Conflict),
            StringComparison.Ordinal
        );
        Refused(In(queue => queue.CancelFlow(flow, Ada, _rig.Clock.GetUtcNow())), RefusalKind.Conflict);
        Refused(In(queue => queue.CancelFlow(99, Ada, _rig.Clock.GetUtcNow())), RefusalKind.Unknown);
    }

    [Fact]
    public void A_flow_follows_a_new_plan_if_what_has_begun_fits()
    {
        var flow = ToApproval();
        Assert.Contains("current plan already", Refused(Update(flow, Nightly), RefusalKind.Conflict), StringComparison.Ordinal);
        var renamed = Nightly
            .Replace("name: check", "name: checked", StringComparison.Ordinal)
            .Replace("steps.check.", "steps.checked.", StringComparison.Ordinal);
        Assert.Equal(
            "Flow 1 keeps its plan: step \"check\" is over, and the new plan has no such step. Did you mean \"checked\"?",
            Refused(Update(flow, renamed), RefusalKind.Conflict)
        );
        var otherwise = Nightly.Replace("command: [\"true\"]", "shell: exit 0", StringComparison.Ordinal);
        Assert.Contains("is over as \"command\"", Refused(Update(flow, otherwise), RefusalKind.Conflict), StringComparison.Ordinal);
        var before = In(queue => queue.Approvals.Find(1))!;
        Assert.Null(Update(flow, Nightly.Replace("Send", "Really send", StringComparison.Ordinal)));
        _rig.Tick();
        Assert.Equal(ApprovalStatus.Void, In(queue => queue.Approvals.Find(1))!.Status);
        var after = In(queue => queue.Approvals.Find(2))!;
        Assert.Equal(("Really send succeeded?", ApprovalStatus.Waiting), (after.Question, after.Status));
        Assert.NotEqual(before.Digest, after.Digest);
        Assert.Null(Approve(2, ("amount", "1"), ("city", "\"Ulm\"")));
        _rig.Tick();
        Assert.Equal("succeeded", Flow(flow).Status);
        Assert.Contains("is over", Refused(Update(flow, Nightly), RefusalKind.Conflict), StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_about_a_failure_is_asked_anew_for_another_plan()
    {
        const string Yaml = """
            - name: nightly
              type: trigger
              steps:
                - {name: check, command: ["true"], recover: [person]}
                - {name: send, set: 1}
            """;
        _rig.UseList([.. Lists.Jobs(Yaml)]);
        var flow = Begin();
        _rig.Tick(ended: [.. _rig.Tick().Select(run => _rig.End(run, RunStatus.Failed, "exit status 1"))]);
        Assert.Equal("check waits for approval 1", Flow(flow).WaitsFor);
        Assert.Null(Update(flow, Yaml.Replace("set: 1", "set: 2", StringComparison.Ordinal)));
        _rig.Tick();
        Assert.Equal("check waits for approval 2", Flow(flow).WaitsFor);
        Assert.Null(Approve(2, ("answer", "\"skip\""), ("value", "\"[1, 2]\"")));
        _rig.Tick();
        Assert.Equal("succeeded", Flow(flow).Status);
        Assert.Equal("[1, 2]", View(flow).Steps[0].Row!.Step.ResultJson);
    }

    [Fact]
    public void A_signal_says_how_many_flows_waited_for_it()
    {
        const string Yaml = """
            - name: nightly
              type: trigger
              steps:
                - {name: paid, wait: {signal: paid}}
            """;
        _rig.UseList([.. Lists.Jobs(Yaml)]);
        var (one, two) = (Begin(), Begin());
        _rig.Tick();
        Assert.Equal(1, Send(one, "7"));
        _rig.Tick();
        Assert.Equal(("succeeded", "7"), (Flow(one).Status, View(one).Details.ResultJson));
        Assert.Equal("waiting", Flow(two).Status);
        Assert.Equal(["step paid waits for the signal paid"], View(two).Open().Select(open => open.Words));
        Assert.Equal(1, Send(null, "8"));
        _rig.Tick();
        Assert.Equal("8", View(two).Details.ResultJson);
        Assert.Equal(0, Send(null, "9"));
        Refused(In(queue => queue.SendSignal("paid", one, "1", Ada, _rig.Clock.GetUtcNow(), out _)), RefusalKind.Conflict);
        Refused(In(queue => queue.SendSignal("paid", 99, "1", Ada, _rig.Clock.GetUtcNow(), out _)), RefusalKind.Unknown);
        Refused(In(queue => queue.SendSignal("", null, "1", Ada, _rig.Clock.GetUtcNow(), out _)), RefusalKind.Invalid);
    }

    [Fact]
    public void Those_who_want_to_hear_of_an_approval_are_told_with_a_link()
    {
        const string Yaml = """
            - name: nightly
              type: trigger
              notify: [{webhook: "https://example.org/a", on: [approval]}, {webhook: "https://example.org/b", on: [failure]}]
              steps:
                - {name: ask, approval: "Send?", expires: 1h, on_expiry: escalate, escalate: [admin]}
            """;
        _rig.UseList([.. Lists.Jobs(Yaml)]);
        Begin();
        _rig.Context.Console.Set("http://127.0.0.1:2467");
        _rig.Tick();
        using (var message = JsonDocument.Parse(Assert.Single(_rig.Sql.Column("SELECT message FROM notices WHERE event = 'approval'"))))
        {
            Assert.Equal("http://127.0.0.1:2467/#/approvals/1", message.RootElement.GetProperty("link").GetString());
            Assert.Equal(
                "Job \"nightly\" waits for approval 1 (step ask): Send? http://127.0.0.1:2467/#/approvals/1",
                message.RootElement.GetProperty("text").GetString()
            );
        }

        _rig.Tick();
        Assert.Single(_rig.Sql.Column("SELECT id FROM notices"));
        _rig.TickAfter(TimeSpan.FromHours(1));
        Assert.Equal(2, _rig.Sql.Column("SELECT id FROM notices").Count);
    }

    [Fact]
    public void What_a_step_has_in_its_environment_is_masked()
    {
        const string Yaml = """
            - name: nightly
              type: trigger
              steps:
                - name: check
                  command: ["true"]
                  env: {TOKEN: very-secret-value}
                  recover: [{with: {env: {TOKEN: another-secret-value}}}]
            """;
        _rig.UseList([.. Lists.Jobs(Yaml)]);
        var flow = Begin();
        _rig.Tick();
        var json = JsonText.Write(writer => writer.WriteFlow(View(flow)));
        Assert.DoesNotContain("secret", json, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json);
        var definition = document.RootElement.GetProperty("steps")[0].GetProperty("definition");
        Assert.Equal("***", definition.GetProperty("env").GetProperty("TOKEN").GetString());
        Assert.Equal("***", definition.GetProperty("recover")[0].GetProperty("with").GetProperty("env").GetProperty("TOKEN").GetString());
    }

    public void Dispose() => _rig.Dispose();

    private long Begin() => In(queue => queue.Triggers.Add(new("nightly", "cli", _rig.Clock.GetUtcNow())))!.Value;

    private long ToApproval()
    {
        var flow = Begin();
        _rig.Tick(ended: [.. _rig.Tick().Select(run => _rig.End(run, RunStatus.Succeeded))]);
        return flow;
    }

    private Refusal? Approve(long id, params (string Name, string Json)[] fields) =>
        In(queue => queue.Decide(id, Digest(queue, id), true, Fields(fields), null, Owner, _rig.Clock.GetUtcNow()));

    private Refusal? Retry(long flow, string? from = null) => In(queue => queue.RetryFlow(flow, from, Ada, _rig.Clock.GetUtcNow()));

    private Refusal? Update(long flow, string yaml)
    {
        var list = Lists.Parse(yaml);
        return In(queue => queue.UpdateFlow(flow, list.Find, Ada, _rig.Clock.GetUtcNow()));
    }

    private int Send(long? flow, string data) =>
        In(queue =>
        {
            Assert.Null(queue.SendSignal("paid", flow, data, Ada, _rig.Clock.GetUtcNow(), out var sent));
            return sent.Flows;
        });

    private static string Digest(IStoreTransaction queue, long id = 1) => queue.Approvals.Find(id)?.Digest ?? "";

    private static string Refused(Refusal? refusal, RefusalKind kind)
    {
        Assert.Equal(kind, refusal?.Kind);
        return refusal!.Words;
    }

    private static Dictionary<string, JsonElement> Fields(params (string Name, string Json)[] fields) =>
        fields.ToDictionary(field => field.Name, field => JsonDocument.Parse(field.Json).RootElement, StringComparer.Ordinal);

    private IEnumerable<string> Steps(long flow) => View(flow).Steps.Select(step => $"{step.Name} {step.Status}");

    private FlowSummary Flow(long id) => View(id).Summary;

    private FlowView View(long id)
    {
        using var reader = Databases.At(_rig.DatabasePath).Read()!;
        return FlowView.Of(reader, id)!;
    }

    private T In<T>(Func<IStoreTransaction, T> work) => _rig.Connection.Write(work);
}
