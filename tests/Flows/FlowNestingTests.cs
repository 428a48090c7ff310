namespace Aios.Tests.Flows;

/// <summary>Steps that run another job of the list.</summary>
public sealed class FlowNestingTests
{
    private const string Inner =
        "- {name: inner, type: trigger, steps: [{name: one, command: [x, '${kwargs.n}']}, {name: two, set: '${steps.one.result + 1}'}]}\n";

    [Fact]
    public void A_job_runs_with_the_arguments_of_the_step_and_its_result_is_that_of_the_step()
    {
        using var flow = FlowRig.On(
            FlowRig.List("", "{name: a, job: plain, args: [1], kwargs: {n: '${kwargs.n}'}}", "{name: b, set: '${steps.a.result}'}")
                + "- {name: plain, type: trigger, command: [x], kwargs: {own: 1}}\n"
        );
        flow.Start(kwargs: """{"n": 7}""");
        Assert.Equal("plain", flow.Running);
        Assert.Equal("""[1] {"own":1,"n":7}""", flow.Arguments("plain"));
        flow.End("plain", "\"done\"");
        Assert.Equal(("succeeded", "\"done\""), (flow.Status, flow.Result));
    }

    [Fact]
    public void A_flow_may_be_inside_a_flow()
    {
        using var flow = FlowRig.On(FlowRig.List("", "{name: a, job: inner, kwargs: {n: 7}}", "{name: b, command: [x]}") + Inner);
        flow.Start();
        Assert.Equal("inner/one", flow.Running);
        flow.End("inner/one", "41");
        Assert.Equal(("b", "42"), (flow.Running, flow.ResultOf("a")));
    }

    [Fact]
    public void The_name_of_the_job_may_come_from_a_step()
    {
        using var flow = FlowRig.On(FlowRig.List("", "{name: a, job: '${kwargs.which}', kwargs: {n: 7}}") + Inner);
        flow.Start(kwargs: """{"which": "inner"}""");
        Assert.Equal("inner/one", flow.Running);
    }

    [Fact]
    public void A_failure_inside_is_the_failure_of_the_step()
    {
        using var flow = FlowRig.On(FlowRig.List("", "{name: a, job: inner, kwargs: {n: 7}}") + Inner);
        flow.Start();
        flow.Fail("inner/one", "no disk");
        Assert.Equal("failed: step a failed: step one failed: no disk", flow.Status);
    }

    [Fact]
    public void A_job_that_no_list_has_fails_the_step()
    {
        using var flow = new FlowRig("{name: a, job: nowhere}");
        flow.Start();
        Assert.StartsWith("failed: step a failed: ", flow.Status, StringComparison.Ordinal);
        Assert.Contains("nowhere", flow.Status, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopping_the_outer_stops_the_inner()
    {
        using var flow = FlowRig.On(FlowRig.List("", "{name: a, job: inner, kwargs: {n: 7}}") + Inner);
        flow.Start();
        flow.Stop();
        Assert.Equal(3, flow.Daemon.Last.ToStop.Count);
        flow.End("inner/one", status: Aios.Store.Runs.RunStatus.Canceled, reason: "stopped");
        Assert.StartsWith("canceled", flow.Status, StringComparison.Ordinal);
        Assert.Equal(0, flow.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE processed IS NULL"));
    }

    [Fact]
    public void A_flow_that_runs_itself_ends_at_the_limit_and_says_why()
    {
        using var flow = FlowRig.On("- {name: f, type: trigger, steps: [{name: a, job: f}]}\n");
        flow.Start();
        Assert.StartsWith("failed: step a failed: step a failed", flow.Status, StringComparison.Ordinal);
        Assert.Equal(10, flow.Sql.Scalar<long>("SELECT count(*) FROM flows"));
        Assert.Equal(9, flow.Sql.Scalar<long>("SELECT max(depth) FROM flows"));
        Assert.Contains(
            "flows are 10 deep inside one another here, which is the most",
            flow.Sql.Scalar<string>("SELECT reason FROM steps ORDER BY flow_id DESC LIMIT 1"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_job_with_retries_fails_its_step_only_when_they_are_used_up()
    {
        using var flow = FlowRig.On(
            FlowRig.List("", "{name: a, job: plain}") + "- {name: plain, type: trigger, command: [x], retries: 1, backoff: 5s}\n"
        );
        flow.Start();
        flow.Fail("plain");
        Assert.Equal("running", flow.Step("a"));
        flow.Pass(TimeSpan.FromSeconds(5));
        flow.End("plain");
        Assert.Equal("succeeded", flow.Status);
    }
}
