using Aios.Store.Runs;

namespace Aios.Tests.Flows;

/// <summary>Which steps run, and after which others.</summary>
public sealed class FlowOrderTests
{
    [Fact]
    public void Without_needs_the_steps_run_in_the_order_of_the_list()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [x]}", "{name: c, command: [x]}");
        flow.Start();
        Assert.Equal("a", flow.Running);
        flow.End("a");
        Assert.Equal("b", flow.Running);
        flow.End("b");
        Assert.Equal("running", flow.Status);
        flow.End("c", "7");
        Assert.Equal(("succeeded", "7"), (flow.Status, flow.Result));
        Assert.Equal("succeeded", flow.Daemon.Runs(flow.Id));
    }

    [Fact]
    public void A_diamond_joins_when_both_sides_are_over()
    {
        using var flow = new FlowRig(
            "{name: top, command: [x]}",
            "{name: left, command: [x], needs: top}",
            "{name: right, command: [x], needs: [top]}",
            "{name: bottom, command: [x], needs: [left, right]}"
        );
        flow.Start();
        Assert.Equal("top", flow.Running);
        flow.End("top");
        Assert.Equal("left right", flow.Running);
        flow.End("right");
        Assert.Equal("left", flow.Running);
        flow.End("left");
        Assert.Equal("bottom", flow.Running);
        flow.End("bottom");
        Assert.Equal("succeeded", flow.Status);
    }

    [Fact]
    public void Steps_without_needs_in_a_flow_that_has_some_begin_at_once()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [x], needs: a}", "{name: c, command: [x]}");
        flow.Start();
        Assert.Equal("a c", flow.Running);
    }

    [Fact]
    public void Steps_that_say_that_they_need_none_begin_at_once()
    {
        using var flow = new FlowRig("{name: a, command: [x], needs: []}", "{name: b, command: [y], needs: []}", "{name: c, command: [z]}");
        flow.Start();
        Assert.Equal("a b c", flow.Running);
    }

    [Fact]
    public void What_comes_after_a_failed_step_does_not_run_and_the_flow_fails_for_the_first()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [x]}", "{name: c, command: [x]}");
        flow.Start();
        flow.Fail("a", "no space left");
        Assert.Equal("", flow.Running);
        Assert.Equal("failed: step a failed: no space left", flow.Status);
        Assert.Equal(("blocked: step a failed", "blocked: step b did not run"), (flow.Step("b"), flow.Step("c")));
    }

    [Fact]
    public void One_branch_that_fails_does_not_stop_the_other()
    {
        using var flow = new FlowRig(
            "{name: a, command: [x]}",
            "{name: b, command: [x]}",
            "{name: after_a, command: [x], needs: a}",
            "{name: after_b, command: [x], needs: b}"
        );
        flow.Start();
        flow.Fail("a");
        Assert.Equal("b", flow.Running);
        flow.End("b");
        Assert.Equal("after_b", flow.Running);
        flow.End("after_b");
        Assert.StartsWith("failed: step a failed", flow.Status, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_whose_condition_is_false_is_skipped_and_those_after_it_run()
    {
        using var flow = new FlowRig(
            "{name: a, set: {rows: 0}}",
            "{name: b, command: [x], when: steps.a.result.rows > 0}",
            "{name: c, command: [x], when: '${steps.b.status == \"skipped\" && has(steps.a.result.rows)}'}"
        );
        flow.Start();
        Assert.Equal("skipped: when is false: steps.a.result.rows > 0", flow.Step("b"));
        Assert.Equal("c", flow.Running);
        flow.End("c");
        Assert.Equal("succeeded", flow.Status);
    }

    [Theory]
    [InlineData("steps.a.result.lines > 0", "lines")]
    [InlineData("steps.a.result.rows > 'x'", ">")]
    [InlineData("steps.a.result.rows", "the condition is the int 0, expected")]
    [InlineData("kwargs.day == 'monday'", "day")]
    [InlineData("1 / steps.a.result.rows > 0", "zero")]
    public void A_condition_without_a_value_fails_the_step_with_what_is_there(string condition, string word)
    {
        using var flow = new FlowRig("{name: a, set: {rows: 0}}", $"{{name: b, command: [x], when: \"{condition}\"}}");
        flow.Start();
        Assert.StartsWith("failed: when: ", flow.Step("b"), StringComparison.Ordinal);
        Assert.Contains(word, flow.Step("b"), StringComparison.Ordinal);
        Assert.StartsWith("failed: step b failed: when: ", flow.Status, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_runs_always_cleans_up_and_the_flow_has_failed_all_the_same()
    {
        using var flow = new FlowRig(
            "{name: a, command: [x]}",
            "{name: b, command: [x]}",
            "{name: clean, command: [x], always: true, args: ['${steps.a.status}', '${steps.b.status}']}"
        );
        flow.Start();
        flow.Fail("a");
        Assert.Equal("clean", flow.Running);
        Assert.Equal("[\"failed\",\"blocked\"] {}", flow.Arguments("clean").Replace(", ", ",", StringComparison.Ordinal));
        flow.End("clean");
        Assert.Equal("failed: step a failed: exit status 1", flow.Status);
    }

    [Fact]
    public void With_on_failure_continue_the_flow_goes_on_as_if_it_had_succeeded()
    {
        using var flow = new FlowRig(
            "{name: a, command: [x], on_failure: continue}",
            "{name: b, set: '${steps.a.status}: ${steps.a.reason}'}"
        );
        flow.Start();
        flow.Fail("a", "no network");
        Assert.Equal(("succeeded", "\"failed: no network\""), (flow.Status, flow.Result));
    }

    [Fact]
    public void A_blocked_step_blocks_also_where_a_failure_would_not()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [x], on_failure: continue}", "{name: c, command: [x]}");
        flow.Start();
        flow.Fail("a");
        Assert.Equal("a failed, b blocked, c blocked", flow.Steps);
    }

    [Fact]
    public void A_thousand_values_in_a_row_are_one_flow_and_a_few_ticks()
    {
        using var flow = new FlowRig([
            "{name: s0, set: 0}",
            .. Enumerable.Range(1, 999).Select(i => $"{{name: s{i}, set: '${{steps.s{i - 1}.result + 1}}'}}"),
        ]);
        flow.Start();
        Assert.Equal(("succeeded", "999"), (flow.Status, flow.Result));
    }

    [Fact]
    public void A_step_that_was_canceled_by_itself_fails_the_flow()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [x]}");
        flow.Start();
        flow.End("a", status: RunStatus.Canceled, reason: "canceled by anna");
        Assert.Equal("failed: step a was canceled: canceled by anna", flow.Status);
        Assert.Equal("blocked: step a was canceled", flow.Step("b"));
    }

    [Fact]
    public void The_plan_stays_as_it_was_when_the_list_changes()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [old]}");
        flow.Start();
        flow.Change(FlowRig.List("", "{name: a, command: [x]}", "{name: c, command: [new]}"));
        flow.End("a");
        Assert.Equal("b", flow.Running);
        flow.End("b");
        Assert.Equal("succeeded", flow.Status);
        flow.Start();
        flow.End("a");
        Assert.Equal("c", flow.Running);
    }

    [Fact]
    public void A_flow_ends_as_planned_also_after_its_job_has_gone()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [x]}");
        flow.Start();
        flow.Change("- {name: other, type: trigger, command: [x]}");
        flow.End("a");
        flow.End("b");
        Assert.Equal("succeeded", flow.Status);
    }

    [Fact]
    public void Steps_with_tags_wait_for_a_device_that_has_them_and_say_so()
    {
        using var flow = new FlowRig("{name: a, command: [x], tags: [gpu]}");
        flow.Start();
        Assert.Equal("", flow.Running);
        var step = flow.Sql.Scalar<long>("SELECT trigger_id FROM steps");
        Assert.Contains("gpu", flow.Daemon.Trigger(step), StringComparison.Ordinal);
        using var other = flow.Daemon.Beside("there", "gpu");
        var claimed = other.Tick();
        Assert.Equal("f/a", Assert.Single(claimed).Request.Job.Name);
        other.Tick(ended: other.End(claimed[0], RunStatus.Succeeded));
        Assert.Equal("succeeded", flow.Status);
    }

    [Fact]
    public void The_flow_takes_no_slot_and_its_steps_do()
    {
        using var flow = new FlowRig("{name: a, command: [x], needs: []}", "{name: b, command: [x]}", "{name: c, command: [x], needs: a}");
        var id = flow.Sql.Trigger("f");
        Assert.Single(flow.Daemon.Tick(freeSlots: 1));
        Assert.Empty(flow.Daemon.Tick(freeSlots: 0));
        Assert.Equal("running", flow.Daemon.Trigger(id));
    }
}
