using Aios.Store.Runs;

namespace Aios.Tests.Flows;

/// <summary>Steps that run once for each item of a list.</summary>
public sealed class FlowEachTests
{
    [Fact]
    public void Results_are_in_the_order_of_the_items_whichever_ends_first()
    {
        using var flow = new FlowRig(
            "{name: a, each: [x, y, z], command: [run, '${item}', '${index}']}",
            "{name: b, set: '${steps.a.result}'}"
        );
        flow.Start();
        Assert.Equal("a a a", flow.Running);
        var runs = Enumerable.Range(0, 3).Select(_ => flow.Take("a")).ToList();
        Assert.Equal(["run", "y", "1"], ((CommandWork)runs[1].Request.Job.Work).Command);
        foreach (var run in runs.AsEnumerable().Reverse())
        {
            var now = flow.Daemon.Clock.GetUtcNow();
            var end = new RunEnd(RunStatus.Succeeded, now) { ResultJson = $"\"of {((CommandWork)run.Request.Job.Work).Command[1]}\"" };
            flow.Settle(new Aios.Daemon.Ticks.EndedRun(run.Key, now, end, run.Request.Job));
        }

        Assert.Equal(("succeeded", """["of x","of y","of z"]"""), (flow.Status, flow.Result));
    }

    [Fact]
    public void No_more_run_at_once_than_the_step_says()
    {
        using var flow = new FlowRig("{name: a, each: [1, 2, 3, 4, 5], max_parallel: 2, command: [x]}");
        flow.Start();
        for (var ended = 0; ended < 5; ended++)
        {
            Assert.Equal(Math.Min(2, 5 - ended), flow.Running.Split(' ').Length);
            Assert.True(OpenTriggers(flow) <= 2);
            flow.End("a", $"{ended}");
        }

        Assert.Equal(("succeeded", "[0,1,2,3,4]"), (flow.Status, flow.Result));
    }

    [Fact]
    public void Ten_run_at_once_where_the_step_says_nothing()
    {
        using var flow = new FlowRig($"{{name: a, each: [{string.Join(", ", Enumerable.Range(0, 30))}], command: [x]}}");
        flow.Start();
        Assert.Equal(10, flow.Running.Split(' ').Length);
    }

    [Fact]
    public void The_first_failure_stops_those_that_have_not_begun()
    {
        using var flow = new FlowRig("{name: a, each: [x, y, z], max_parallel: 2, command: [x]}", "{name: b, command: [x]}");
        flow.Start();
        flow.Fail("a", "bad x");
        Assert.Equal("a", flow.Running);
        flow.End("a", "2");
        Assert.Equal("failed: 1 of 3 items failed; item 0: bad x", flow.Step("a"));
        Assert.Equal("[null,2]", flow.ResultOf("a"));
        Assert.Equal("failed: step a failed: 1 of 3 items failed; item 0: bad x", flow.Status);
    }

    [Fact]
    public void With_on_failure_continue_all_run_and_the_flow_goes_on()
    {
        using var flow = new FlowRig(
            "{name: a, each: [x, y, z], max_parallel: 1, on_failure: continue, command: [x]}",
            "{name: b, set: '${steps.a.result}'}"
        );
        flow.Start();
        flow.End("a", "1");
        flow.Fail("a", "bad y");
        flow.End("a", "3");
        Assert.Equal("failed: 1 of 3 items failed; item 1: bad y", flow.Step("a"));
        Assert.Equal(("succeeded", "[1,null,3]"), (flow.Status, flow.Result));
    }

    [Fact]
    public void An_item_is_retried_by_itself()
    {
        using var flow = new FlowRig("{name: a, each: [x, y], retries: 1, backoff: 5s, command: [x]}");
        flow.Start();
        flow.Fail("a");
        Assert.Equal("a", flow.Running);
        flow.End("a", "2");
        flow.Pass(TimeSpan.FromSeconds(5));
        flow.End("a", "1");
        Assert.Equal(("succeeded", "[1,2]"), (flow.Status, flow.Result));
    }

    [Theory]
    [InlineData("[]", "succeeded", "[]")]
    [InlineData("'${steps.s.result}'", "succeeded", "[]")]
    [InlineData("'${kwargs}'", "failed: step a failed: each: found a JSON object, expected a list", "")]
    [InlineData("'${kwargs.n}'", "failed: step a failed: each: ", "")]
    [InlineData("'items: ${steps.s.result}'", "failed: step a failed: each: found a JSON string, expected a list", "")]
    public void An_empty_list_is_over_at_once_and_what_is_no_list_fails(string each, string status, string result)
    {
        using var flow = new FlowRig("{name: s, set: []}", $"{{name: a, each: {each}, command: [x]}}");
        flow.Start();
        Assert.StartsWith(status, flow.Status, StringComparison.Ordinal);
        Assert.Equal(result, flow.Result);
    }

    [Fact]
    public void Two_thousand_items_never_make_more_rows_in_line_than_may_run()
    {
        using var flow = new FlowRig(
            "{name: s, command: [x]}",
            "{name: a, each: '${steps.s.result}', max_parallel: 7, command: [x, '${item}']}"
        );
        flow.Start();
        flow.End("s", $"[{string.Join(",", Enumerable.Range(0, 2000))}]");
        for (var i = 0; i < 2000; i++)
        {
            Assert.InRange(OpenTriggers(flow), 1, 7);
            flow.End("a", $"{i}");
        }

        Assert.Equal(("succeeded", $"[{string.Join(",", Enumerable.Range(0, 2000))}]"), (flow.Status, flow.Result));
        Assert.Equal(2002, flow.Sql.Scalar<long>("SELECT count(*) FROM triggers"));
    }

    [Fact]
    public void Items_that_need_no_process_are_over_within_a_few_ticks()
    {
        using var flow = new FlowRig(
            $"{{name: s, set: [{string.Join(", ", Enumerable.Range(0, 5000))}]}}",
            "{name: a, each: '${steps.s.result}', set: '${item * 2}'}",
            "{name: b, set: '${size(steps.a.result)}'}"
        );
        flow.Start();
        Assert.Equal(("succeeded", "5000"), (flow.Status, flow.Result));
        Assert.StartsWith("[0,2,4", flow.ResultOf("a"), StringComparison.Ordinal);
    }

    [Fact]
    public void Items_may_wait_all_at_once_also_beside_many_that_run()
    {
        using var flow = new FlowRig(
            $"{{name: a, each: [{string.Join(", ", Enumerable.Range(0, 700))}], max_parallel: 1000, command: [x], needs: s}}",
            $"{{name: b, each: [{string.Join(", ", Enumerable.Range(0, 700))}], max_parallel: 1000, wait: 10s, needs: s}}",
            "{name: s, set: 1}"
        );
        flow.Start();
        Assert.Equal(700, flow.Running.Split(' ').Length);
        Assert.Equal(700, flow.Sql.Scalar<long>("SELECT count(*) FROM steps WHERE status = 'waiting'"));
        flow.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal("a running, b succeeded, s succeeded", flow.Steps);
    }

    [Fact]
    public void Each_item_may_be_a_flow_of_its_own()
    {
        using var flow = FlowRig.On(
            FlowRig.List("", "{name: a, each: [1, 2, 3], max_parallel: 2, job: inner, kwargs: {n: '${item}'}}")
                + "- {name: inner, type: trigger, steps: [{name: one, command: [x]}, {name: two, set: '${kwargs.n * 10}'}]}\n"
        );
        flow.Start();
        Assert.Equal("inner/one inner/one", flow.Running);
        flow.End("inner/one");
        flow.End("inner/one");
        flow.End("inner/one");
        Assert.Equal(("succeeded", "[10,20,30]"), (flow.Status, flow.Result));
    }

    [Fact]
    public void The_list_is_read_again_by_a_daemon_that_takes_over()
    {
        using var flow = new FlowRig(
            "{name: s, set: [a, b, c]}",
            "{name: a, each: '${steps.s.result}', max_parallel: 1, command: [x, '${item}']}"
        );
        flow.Start();
        var run = flow.Take("a");
        using var other = flow.Daemon.Beside("there", "", [.. flow.Daemon.List.Jobs]);
        var claimed = other.Tick(
            ended: new Aios.Daemon.Ticks.EndedRun(run.Key, run.At, new RunEnd(RunStatus.Succeeded, run.At), run.Request.Job)
        );
        Assert.Equal("b", ((CommandWork)Assert.Single(claimed).Request.Job.Work).Command[1]);
    }

    [Fact]
    public void Items_that_were_finished_are_kept_when_the_flow_is_begun_again()
    {
        using var flow = new FlowRig(
            "{name: s, set: [a, b, c, d, e]}",
            "{name: a, each: '${steps.s.result}', max_parallel: 3, command: [x, '${item}']}",
            "{name: b, set: '${steps.a.result}'}"
        );
        flow.Start();
        var first = flow.Take("a");
        flow.End("a", "1");
        flow.End("a", "2");
        Assert.Equal("a a", flow.Running);
        flow.Settle(Failed(flow, first));
        flow.Fail("a", "bad d");
        flow.End("a", "4");
        Assert.Equal("failed: 2 of 5 items failed; item 0: bad a", flow.Step("a"));
        Assert.Equal("[null,1,2,null,4]", flow.ResultOf("a"));

        flow.Retry();
        Assert.Equal(("a a", "a|d"), (flow.Running, Commands(flow)));
        flow.End("a", "0");
        flow.Fail("a", "bad d");
        Assert.Equal(("failed: 1 of 5 items failed; item 3: bad d", "[0,1,2,null,4]"), (flow.Step("a"), flow.ResultOf("a")));

        flow.Retry();
        Assert.Equal("a", flow.Running);
        flow.End("a", "3");
        Assert.Equal(("succeeded", "[0,1,2,3,4]"), (flow.Status, flow.Result));
        Assert.Equal(3L, flow.Sql.Scalar<long>("SELECT attempt FROM steps WHERE step = 'a' AND item = -1"));
    }

    [Fact]
    public void Items_that_have_not_begun_run_beside_those_that_were_finished()
    {
        using var flow = new FlowRig("{name: a, each: [a, b, c], max_parallel: 1, command: [x, '${item}']}");
        flow.Start();
        flow.End("a", "0");
        flow.Fail("a", "bad b");
        Assert.Equal("[0,null]", flow.ResultOf("a"));
        flow.Retry();
        flow.End("a", "1");
        flow.End("a", "2");
        Assert.Equal(("succeeded", "[0,1,2]", 4L), (flow.Status, flow.Result, Triggers(flow)));
    }

    [Fact]
    public void A_step_that_is_named_runs_all_its_items_again_and_so_does_one_after_a_step_that_runs_again()
    {
        using var flow = new FlowRig(
            "{name: s, command: [x]}",
            "{name: a, each: '${steps.s.result}', command: [x]}",
            "{name: b, command: [x]}"
        );
        flow.Start();
        flow.End("s", "[1, 2]");
        flow.End("a", "1");
        flow.Fail("a");
        flow.Retry(from: "a");
        Assert.Equal("a a", flow.Running);
        flow.End("a", "1");
        flow.Fail("a");
        flow.Retry(from: "s");
        flow.End("s", "[3, 4, 5]");
        Assert.Equal("a a a", flow.Running);
    }

    [Fact]
    public void A_list_that_is_another_one_each_time_runs_as_a_whole()
    {
        using var flow = new FlowRig("{name: a, each: '${[flow.attempt, 7]}', command: [x, '${item}']}");
        flow.Start();
        flow.End("a", "1");
        flow.Fail("a");
        flow.Retry();
        Assert.Equal("2|7", Commands(flow));
    }

    [Fact]
    public void Two_thousand_finished_items_are_passed_over()
    {
        using var flow = new FlowRig("{name: s, command: [x]}", "{name: a, each: '${steps.s.result}', max_parallel: 2000, command: [x]}");
        flow.Start();
        flow.End("s", $"[{string.Join(",", Enumerable.Range(0, 2000))}]");
        var last = 0;
        for (var i = 0; i < 2000; i++)
        {
            if (i == 1000)
                flow.Fail("a", $"bad {last = i}");
            else
                flow.End("a", $"{i}");
        }

        Assert.StartsWith("failed: 1 of 2000 items failed", flow.Step("a"), StringComparison.Ordinal);
        flow.Retry();
        Assert.Equal("a", flow.Running);
        flow.End("a", "1000");
        Assert.Equal(("succeeded", $"[{string.Join(",", Enumerable.Range(0, 2000))}]"), (flow.Status, flow.Result));
    }

    [Fact]
    public void Items_that_a_stop_cut_short_run_again_and_no_others()
    {
        using var flow = new FlowRig("{name: a, each: [a, b, c], max_parallel: 2, command: [x, '${item}']}");
        flow.Start();
        flow.End("a", "0");
        flow.Stop();
        flow.End("a", status: RunStatus.Canceled, reason: "stopped");
        flow.End("a", "2");
        Assert.StartsWith("canceled", flow.Status, StringComparison.Ordinal);
        flow.Retry();
        Assert.Equal("b", Commands(flow));
        flow.End("a", "1");
        Assert.Equal(("succeeded", "[0,1,2]"), (flow.Status, flow.Result));
    }

    private static Aios.Daemon.Ticks.EndedRun Failed(FlowRig flow, Aios.Daemon.Claiming.ClaimedRun run) =>
        flow.Daemon.End(run, RunStatus.Failed, "bad a") with
        {
            Began = true,
        };

    // What the items that run were given.
    private static string Commands(FlowRig flow) =>
        string.Join('|', flow.Runs.Select(run => ((CommandWork)run.Request.Job.Work).Command[1]));

    private static long Triggers(FlowRig flow) => flow.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE job_name = 'f/a'");

    private static long OpenTriggers(FlowRig flow) =>
        flow.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE processed IS NULL AND flow_id IS NOT NULL");
}
