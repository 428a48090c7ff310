namespace Aios.Tests.BlackBox;

/// <summary>Flows, signals and approvals as people steer them at the command line.</summary>
public sealed class FlowVerbTests : IDisposable
{
    private readonly AiosHome _home = new(
        """
        - name: nightly
          type: trigger
          steps:
            - {name: check, shell: "echo looking at $AIOS_JOB"}
            - name: ask
              approval: "Send ${kwargs.day}?"
              show: {rows: 7}
              fields: {amount: number, city: {choices: [Bonn, Ulm], default: Ulm}}
            - {name: paid, wait: {signal: paid}}
            - {name: send, set: {amount: "${steps.ask.result.amount}", paid: "${steps.paid.result}"}}
        - name: fails
          type: trigger
          steps:
            - {name: list, set: [1, 2, 3]}
            - {name: each, each: "${steps.list.result}", on_failure: continue, shell: "test ${item} != 2"}
            - {name: end, command: ["false"]}
            - {name: clean, always: true, set: done}
        """
    );

    [RequiresFact]
    public void A_flow_is_shown_explained_approved_and_signaled()
    {
        _home.Start();
        var flow = Start("nightly", "day=monday");
        WaitFor(flow, "waiting");
        Assert.Matches(
            @"^FLOW +JOB +STATUS .*\n1 +nightly +waiting .* ask waits for approval 1\n$",
            _home.Cli("flow", "list").Exits(0).Out
        );
        var shown = _home.Cli("flow", "show", $"{flow}").Exits(0).Out;
        Assert.Matches(@"(?m)^check +succeeded ", shown);
        Assert.Matches(@"(?m)^ask +waiting .* waits for approval 1$", shown);
        Assert.Matches(@"(?m)^paid +pending .* after ask$", shown);
        Assert.Contains("Next: `aios approve 1` or `aios reject 1 --reason TEXT`.", shown, StringComparison.Ordinal);
        Assert.Contains("  - flow 1: step ask waits for approval 1.", _home.Cli("why", "nightly").Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("  - step ask waits for approval 1.", _home.Cli("why", $"{flow}").Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("Approvals: 1 waiting", _home.Cli("status").Exits(0).Out, StringComparison.Ordinal);

        Assert.Matches(@"(?m)^1 +waiting +Send monday\? .* nightly/ask, flow 1", _home.Cli("approvals").Exits(0).Out);
        var one = _home.Cli("approvals", "1").Exits(0).Out;
        Assert.Contains(
            "  rows: 7\nField amount: a number\nField city: one of Bonn, Ulm (default: \"Ulm\")\n",
            one,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "The field \"amount\" is missing; it takes a number.",
            _home.Cli("approve", "1").Exits(2).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "takes a number; found \"much\"",
            _home.Cli("approve", "1", "--field", "amount=much").Exits(2).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(
            $"Approval 1 is approved by user {Environment.UserName}: as agreed.\n",
            _home.Cli("approve", "1", "--field", "amount=7", "--comment", "as agreed").Exits(0).Out
        );
        Assert.Contains("is decided already", _home.Cli("reject", "1", "--reason", "no").Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("nothing waits for approval", _home.Cli("approvals").Exits(0).Error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^1 +approved ", _home.Cli("approvals", "--all").Exits(0).Out);

        _home.WaitFor(
            () => _home.Cli("why", $"{flow}").Out.Contains("waits for the signal paid", StringComparison.Ordinal),
            "it waits for the signal"
        );
        Assert.Contains(
            "1 flow waited for it",
            _home.Cli("signal", "paid", "--data", "{\"sum\": 8}").Exits(0).Out,
            StringComparison.Ordinal
        );
        _home.Closed(flow);
        var json = _home.Cli("flow", "show", $"{flow}", "--json").Exits(0).Json;
        Assert.Equal("succeeded", json.GetProperty("status").GetString());
        Assert.Equal("""{"amount":7,"paid":{"sum":8}}""", json.GetProperty("result").GetRawText().Replace(" ", "").Replace("\n", ""));
        Assert.Contains("looking at nightly/check", _home.Cli("logs", "nightly").Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("nightly/check", _home.Cli("runs", "nightly/check").Exits(0).Out, StringComparison.Ordinal);
        Assert.Single(_home.Cli("runs", "nightly", "--json").Exits(0).Json.EnumerateArray());
        Assert.Equal(
            ["approval.approve", "signal.send"],
            _home.Column("SELECT action FROM audit WHERE action LIKE 'approval.%' OR action LIKE 'signal.%' ORDER BY id")
        );
        Assert.Equal(
            ["approval.waiting", "approval.decided"],
            _home.Column("SELECT kind FROM events WHERE approval_id = 1 AND flow_id = @1 AND step = 'ask' ORDER BY id", flow)
        );
        Assert.Equal(
            ["running", "succeeded"],
            _home.Column("SELECT status FROM events WHERE kind = 'flow.step' AND step = 'check' AND job_name = 'nightly' ORDER BY id")
        );
    }

    [RequiresFact]
    public void A_flow_that_is_stopped_slowly_can_be_killed()
    {
        _home.WriteJobs(
            """
            - name: slow
              type: trigger
              steps:
                - {name: work, grace: 10m, command: [sh, -c, "trap '' TERM; echo ready; while :; do sleep 1; done"]}
                - {name: clean, always: true, command: [touch, cleaned]}
            """
        );
        _home.Start();
        var flow = Start("slow");
        _home.WaitFor(() => _home.Cli("logs", "slow").Out.Contains("ready", StringComparison.Ordinal), "it works");
        var run = Assert.Single(_home.RunsOf("slow")).Id;
        _home.Cli("stop", $"{run}", "--no-wait").Exits(0);
        _home.WaitFor(
            () => _home.Get<string>("SELECT stop_request FROM runs WHERE job_name = 'slow/work'") == "stop",
            "it is asked to end"
        );
        _home.Cli("stop", $"{run}", "--now").Exits(0);
        Assert.Equal("canceled", _home.Closed(flow).Status);
        Assert.Equal(("canceled", 9L), (_home.RunsOf("slow/work")[0].Status, _home.RunsOf("slow/work")[0].Signal));
        Assert.True(File.Exists(_home.In("cleaned")));
    }

    [RequiresFact]
    public void A_failed_flow_is_retried_from_any_step()
    {
        _home.Start();
        var flow = Start("fails");
        _home.Closed(flow);
        var shown = _home.Cli("flow", "show", $"{flow}").Exits(0).Out;
        Assert.Matches(@"(?m)^each +failed .* 3/3, 1 failed; 1 of 3 items failed; item 1: ", shown);
        var run = _home.Get<long>(
            "SELECT max(id) FROM runs WHERE trigger_id = (SELECT trigger_id FROM steps WHERE step = 'each' AND item = 1)"
        );
        var failed = _home.Cli("flow", "items", $"{flow}", "each", "--status", "failed").Exits(0).Out;
        Assert.Matches($@"^ITEM +STATUS .*\n1 +failed .* {run} +exit status 1\n$", failed);
        Assert.Equal(
            4,
            _home.Cli("flow", "items", $"{flow}", "each").Exits(0).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length
        );
        Assert.Contains(
            "has no step \"eech\". Did you mean \"each\"?",
            _home.Cli("flow", "items", $"{flow}", "eech").Exits(2).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("`aios flow retry 1` begins again what has not succeeded.", shown, StringComparison.Ordinal);
        Assert.Contains(
            "Did you mean \"end\"?",
            _home.Cli("flow", "retry", $"{flow}", "--from", "ende").Exits(2).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("no flow 99", _home.Cli("flow", "retry", "99").Exits(2).Error, StringComparison.Ordinal);
        _home.Cli("flow", "retry", $"{flow}", "--from", "end").Exits(0);
        _home.WaitFor(() => _home.RunsOf("fails").Count == 2, "it has begun again");
        _home.Closed(flow);
        Assert.Equal(2, _home.RunsOf("fails/end").Count);
        Assert.Contains("is over", _home.Cli("flow", "cancel", $"{flow}").Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("found \"x\", expected a number", _home.Cli("flow", "show", "x").Exits(2).Error, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_daemon_that_ends_when_it_is_idle_runs_flows_as_far_as_they_go()
    {
        _home.Drain();
        var (whole, asking) = (_home.Insert("fails"), _home.Insert("nightly", """{"day": "monday"}"""));
        _home.Drain();
        Assert.Equal("failed", _home.Trigger(whole).Status);
        Assert.Single(_home.RunsOf("fails/end"));
        Assert.Equal("waiting", _home.Get<string>("SELECT status FROM approvals WHERE flow_id = @1", asking));
    }

    [RequiresFact]
    public void Several_flows_are_canceled_at_once()
    {
        _home.Start();
        var (one, two) = (Start("nightly", "day=1"), Start("nightly", "day=2"));
        WaitFor(one, "waiting");
        WaitFor(two, "waiting");
        Assert.Contains("is not over", _home.Cli("flow", "retry", $"{one}").Exits(1).Error, StringComparison.Ordinal);
        var said = _home.Cli("flow", "cancel", $"{one}", $"{two}", "99", "--yes").Exits(2);
        Assert.Contains($"flow {one}, {two}.", said.Out, StringComparison.Ordinal);
        Assert.Contains("no flow 99", said.Error, StringComparison.Ordinal);
        Assert.Equal("canceled", _home.Closed(one).Status);
        Assert.Equal("canceled", _home.Closed(two).Status);
        Assert.Contains("is void", _home.Cli("approve", "1", "--field", "amount=1").Exits(1).Error, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_waiting_flow_follows_a_changed_list()
    {
        _home.Start();
        var flow = Start("nightly", "day=monday");
        WaitFor(flow, "waiting");
        Assert.Contains("current plan already", _home.Cli("flow", "update", $"{flow}").Exits(1).Error, StringComparison.Ordinal);
        _home.WriteJobs(File.ReadAllText(_home.In("Jobs", "jobs.yaml")).Replace("Send $", "Really send $", StringComparison.Ordinal));
        _home.Cli("flow", "update", $"{flow}").Exits(0);
        _home.WaitFor(() => _home.Cli("approvals").Out.Contains("Really send monday?", StringComparison.Ordinal), "it is asked anew");
        Assert.Contains("is void", _home.Cli("approve", "1", "--field", "amount=1").Exits(1).Error, StringComparison.Ordinal);
        _home.Cli("approve", "2", "--field", "amount=1").Exits(0);
    }

    [RequiresFact]
    public void A_program_in_a_run_decides_only_with_a_key()
    {
        _home.WriteJobs(
            """
            - name: ask
              type: trigger
              steps: [{name: ask, approval: "Send?"}]
            - {name: decide, type: trigger, command: [sh, decide.sh]}
            """
        );
        File.WriteAllText(
            _home.In("decide.sh"),
            $"""
            aios="{AiosProcess.Executable} --home $AIOS_HOME"
            $aios approve 1; echo "as itself: $?"
            env -i $aios reject 1 --reason no; echo "without its environment: $?"
            $aios approve 1 --key-file viewer; echo "with a key to look: $?"
            $aios approve 1 --key-file nothing; echo "with no key: $?"
            $aios approve 1 --key-file approver; echo "with a key: $?"
            """
        );
        _home.Start();
        foreach (var role in (string[])["viewer", "approver"])
            File.WriteAllText(
                _home.In(role),
                _home.Cli("keys", "add", $"{role}s", "--role", role, "--json").Exits(0).Json.GetProperty("key").GetString()
            );
        var flow = Start("ask");
        WaitFor(flow, "waiting");
        _home.Closed(Start("decide"));
        var log = _home.Cli("logs", "decide").Exits(0).Out;
        Assert.Contains("as itself: 1\n", log, StringComparison.Ordinal);
        Assert.Contains("`aios approve` was called by a program in run ", log, StringComparison.Ordinal);
        Assert.Contains("without its environment: 1\n", log, StringComparison.Ordinal);
        Assert.Contains("`aios reject` was called by a program in run ", log, StringComparison.Ordinal);
        Assert.Contains("key viewers has the role viewer, expected approver or above", log, StringComparison.Ordinal);
        Assert.Contains("with a key to look: 2\n", log, StringComparison.Ordinal);
        Assert.Contains("nothing cannot be read", log, StringComparison.Ordinal);
        Assert.Contains("with a key: 0\n", log, StringComparison.Ordinal);
        Assert.Equal("succeeded", _home.Closed(flow).Status);
        Assert.Equal(["key approvers"], _home.Column("SELECT actor FROM decisions"));
    }

    [RequiresFact]
    public void A_flow_is_tested_without_running_anything()
    {
        var said = _home.Cli("flow", "test", "nightly", "--kwargs", "{\"day\": \"monday\"}").Exits(0).Out;
        Assert.StartsWith("check (shell): runs\n  shell: \"echo looking at $AIOS_JOB\"\n", said, StringComparison.Ordinal);
        Assert.Contains("ask (approval, after check): runs\n  approval: \"Send monday?\"\n", said, StringComparison.Ordinal);
        Assert.Contains("  set: cannot be known without --result ask=JSON and --result paid=JSON\n", said, StringComparison.Ordinal);
        Assert.Contains(
            "  set: {\"amount\":7,\"paid\":1}\n",
            _home
                .Cli("flow", "test", "nightly", "--kwargs", "{\"day\": 1}", "--result", "ask={\"amount\": 7}", "--result", "paid=1")
                .Exits(0)
                .Out,
            StringComparison.Ordinal
        );
        var failed = _home.Cli("flow", "test", "nightly").Exits(1).Out;
        Assert.Contains("ask (approval, after check): fails: ", failed, StringComparison.Ordinal);
        Assert.Contains(
            "Did you mean \"ask\"?",
            _home.Cli("flow", "test", "nightly", "--result", "asl=1").Exits(2).Error,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(_home.Database));
    }

    public void Dispose() => _home.Dispose();

    private long Start(string job, params string[] pairs)
    {
        _home.Cli(["trigger", job, .. pairs]).Exits(0);
        return _home.Get<long>("SELECT max(id) FROM triggers WHERE job_name = @1", job);
    }

    private void WaitFor(long flow, string status) =>
        _home.WaitFor(
            () =>
                _home.Get<string>("SELECT 1 FROM flows WHERE id = @1", flow) is not null
                && _home.Cli("flow", "show", $"{flow}", "--json").Json.GetProperty("status").GetString() == status,
            $"flow {flow} is {status}"
        );
}
