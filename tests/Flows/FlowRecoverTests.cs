using Aios.Store.Runs;

namespace Aios.Tests.Flows;

/// <summary>Attempts of a step, and then its ladder.</summary>
public sealed class FlowRecoverTests
{
    [Fact]
    public void Retries_come_first_and_the_ladder_after_them()
    {
        using var flow = new FlowRig("{name: a, command: [x], retries: 1, backoff: 5s, recover: [{retry: [1m, 10m]}]}");
        flow.Start();
        flow.Fail("a", "first");
        flow.Pass(TimeSpan.FromSeconds(5));
        flow.Fail("a", "second");
        Assert.Equal(("", "running"), (flow.Running, flow.Step("a")));
        Assert.Equal(
            "waiting: recover: retry in 60 s (second)",
            flow.Daemon.Trigger(flow.Sql.Scalar<long>("SELECT trigger_id FROM steps"))
        );
        flow.Pass(TimeSpan.FromMinutes(1));
        flow.Fail("a", "third");
        flow.Pass(TimeSpan.FromSeconds(5));
        flow.Fail("a", "fourth");
        flow.Pass(TimeSpan.FromMinutes(10));
        flow.End("a", "7");
        Assert.Equal(("succeeded", "7"), (flow.Status, flow.Result));
        Assert.Equal("retry: second, retry: fourth", Tried(flow));
    }

    [Fact]
    public void A_ladder_that_is_used_up_fails_the_step_for_the_last_reason()
    {
        using var flow = new FlowRig("{name: a, command: [x], recover: [{retry: 1m}]}", "{name: b, command: [x]}");
        flow.Start();
        flow.Fail("a", "first");
        flow.Pass(TimeSpan.FromMinutes(1));
        flow.Fail("a", "second");
        Assert.Equal("failed: step a failed: second", flow.Status);
        Assert.Equal("retry: first", Tried(flow));
    }

    [Fact]
    public void Retry_without_more_waits_a_minute()
    {
        using var flow = new FlowRig("{name: a, command: [x], recover: [retry]}");
        flow.Start();
        flow.Fail("a");
        flow.Pass(TimeSpan.FromSeconds(59));
        Assert.Equal("", flow.Running);
        flow.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("a", flow.Running);
    }

    [Fact]
    public void With_runs_the_step_with_other_fields_and_later_rungs_keep_them()
    {
        using var flow = new FlowRig(
            "{name: a, command: [fast, '${kwargs.n}'], env: {A: a}, timeout: 1m, "
                + "recover: [{with: {command: [slow, '${kwargs.n}'], timeout: 2h}}, {retry: 1m}]}"
        );
        flow.Start(kwargs: """{"n": 7}""");
        flow.Fail("a");
        var run = flow.Take("a");
        Assert.Equal(["slow", "7"], ((CommandWork)run.Request.Job.Work).Command);
        Assert.Equal((TimeSpan.FromHours(2), "a"), (run.Request.Job.Timeout, run.Request.Job.Env["A"]));
        flow.Settle(flow.Daemon.End(run, RunStatus.TimedOut, "took longer than 2 h"));
        flow.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(["slow", "7"], ((CommandWork)flow.Take("a").Request.Job.Work).Command);
    }

    [Fact]
    public void Another_step_may_stand_in_and_its_result_is_that_of_the_step()
    {
        using var flow = new FlowRig(
            "{name: a, command: [api], recover: [{step: mirror}]}",
            "{name: mirror, command: [copy, '${kwargs.n}']}",
            "{name: b, set: '${steps.a.result}'}"
        );
        flow.Start(kwargs: """{"n": 7}""");
        Assert.Equal("a", flow.Running);
        flow.Fail("a");
        Assert.Equal("mirror", flow.Running);
        flow.End("mirror", "\"of the mirror\"");
        Assert.Equal(("succeeded", "\"of the mirror\""), (flow.Status, flow.Result));
        Assert.Equal("a succeeded, b succeeded", flow.Steps);
    }

    [Fact]
    public void A_step_that_stands_in_for_nobody_does_not_run()
    {
        using var flow = new FlowRig(
            "{name: a, command: [x], recover: [{step: mirror}]}",
            "{name: mirror, command: [x]}",
            "{name: b, set: 1}"
        );
        flow.Start();
        flow.End("a");
        Assert.Equal(("succeeded", "a succeeded, b succeeded"), (flow.Status, flow.Steps));
    }

    [Fact]
    public void A_person_is_asked_and_says_again()
    {
        using var flow = new FlowRig("{name: a, command: [x], recover: [person]}");
        flow.Start();
        flow.Fail("a", "no disk");
        var asked = flow.Asked("a");
        Assert.Equal("Step a of flow f has failed. What now?", asked.Question);
        Assert.Equal("""{"step":"a","reason":"no disk"}""", asked.ShownJson);
        Assert.Equal($"waiting: waits for approval {asked.Id}", flow.Step("a"));
        flow.Decide("a", fields: """{"answer": "again"}""");
        flow.Fail("a", "still no disk");
        Assert.True(flow.Asked("a").Id > asked.Id);
        flow.Decide("a", fields: """{"answer": "again"}""");
        flow.End("a", "7");
        Assert.Equal(("succeeded", "7"), (flow.Status, flow.Result));
        Assert.Equal("person: no disk, person: still no disk", Tried(flow));
    }

    [Theory]
    [InlineData("""{"answer": "skip", "value": {"rows": 0}}""", """{"rows": 0}""")]
    [InlineData("""{"answer": "skip", "value": "text"}""", "\"text\"")]
    [InlineData("""{"answer": "skip", "value": null}""", "null")]
    [InlineData("""{"answer": "skip"}""", "null")]
    public void A_person_skips_the_step_with_a_value(string fields, string result)
    {
        using var flow = new FlowRig(
            "{name: a, command: [x], recover: [{person: 'Disk full. What now?'}]}",
            "{name: b, set: '${steps.a.result}'}"
        );
        flow.Start();
        flow.Fail("a");
        Assert.Equal("Disk full. What now?", flow.Asked("a").Question);
        flow.Decide("a", fields: fields);
        Assert.Equal(("succeeded", result), (flow.Status, flow.ResultOf("a")));
        Assert.StartsWith("succeeded: approved by anna", flow.Step("a"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, """{"answer": "give up"}""")]
    [InlineData(true, "{}")]
    [InlineData(true, """{"answer": 7, "value": []}""")]
    [InlineData(true, "[]")]
    [InlineData(true, "no json")]
    [InlineData(false, "{}")]
    public void A_person_gives_up_and_whoever_says_nothing_does_too(bool approves, string fields)
    {
        using var flow = new FlowRig("{name: a, command: [x], recover: [person]}", "{name: b, command: [x]}");
        flow.Start();
        flow.Fail("a", "no disk");
        flow.Decide("a", approves, fields: fields);
        Assert.Equal("a failed, b blocked", flow.Steps);
        Assert.Contains("anna", flow.Step("a"), StringComparison.Ordinal);
        Assert.StartsWith("failed: step a failed", flow.Status, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rejected_approval_may_be_asked_of_a_person_too()
    {
        using var flow = new FlowRig("{name: a, approval: Send?, recover: [person]}", "{name: b, set: '${steps.a.result}'}");
        flow.Start();
        flow.Decide("a", approves: false);
        Assert.StartsWith("waiting", flow.Step("a"), StringComparison.Ordinal);
        flow.Decide("a", actor: "ben", fields: """{"answer": "again"}""");
        Assert.Equal("Send?", flow.Asked("a").Question);
        flow.Decide("a", fields: """{"ok": true}""");
        Assert.Equal(("succeeded", """{"ok": true}"""), (flow.Status, flow.ResultOf("a")));
    }

    [Fact]
    public void A_reference_that_leads_nowhere_goes_up_the_ladder_too()
    {
        using var flow = new FlowRig("{name: a, set: '${kwargs.total}', recover: [{with: {set: 0}}]}");
        flow.Start();
        Assert.Equal(("succeeded", "0"), (flow.Status, flow.Result));
    }

    [Fact]
    public void A_step_that_a_stopped_flow_ends_goes_up_no_ladder()
    {
        using var flow = new FlowRig("{name: a, command: [x], recover: [{retry: 1m}, person]}");
        flow.Start();
        flow.Stop();
        flow.End("a", status: RunStatus.Canceled, reason: "stopped");
        Assert.Equal("a canceled", flow.Steps);
        Assert.StartsWith("canceled", flow.Status, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_is_asked_about_a_signal_that_did_not_come()
    {
        using var flow = new FlowRig("{name: a, wait: {signal: paid}, timeout: 1h, recover: [{person: 'Order ${kwargs.n} is not paid.'}]}");
        flow.Start(kwargs: """{"n": 7}""");
        flow.Pass(TimeSpan.FromHours(1));
        Assert.Equal("Order 7 is not paid.", flow.Asked("a").Question);
        flow.Signal("paid");
        Assert.StartsWith("waiting: waits for approval", flow.Step("a"), StringComparison.Ordinal);
        flow.Decide("a", fields: """{"answer": "skip", "value": 5}""");
        Assert.Equal(("succeeded", "5"), (flow.Status, flow.Result));
    }

    private static string Tried(FlowRig flow) =>
        string.Join(
            ", ",
            flow.Sql.Column(
                "SELECT json_extract(value, '$.rung') || ': ' || json_extract(value, '$.reason') "
                    + "FROM steps, json_each(steps.detail, '$.tried') "
                    + "WHERE step = 'a'"
            )
        );
}
