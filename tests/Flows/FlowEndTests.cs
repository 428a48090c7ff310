using Aios.Store.Runs;

namespace Aios.Tests.Flows;

/// <summary>Flows that are stopped, take too long, are begun again, or lose their daemon.</summary>
public sealed class FlowEndTests
{
    [Fact]
    public void A_flow_that_is_stopped_stops_what_runs_and_begins_nothing_but_what_cleans_up()
    {
        using var flow = new FlowRig(
            "{name: a, command: [x]}",
            "{name: b, command: [x], needs: a}",
            "{name: w, wait: 1h}",
            "{name: clean, command: [x], always: true, needs: [b, w]}"
        );
        flow.Start();
        flow.Stop();
        Assert.Equal("a running, w canceled", flow.Steps);
        Assert.Equal([StopRequest.Stop, StopRequest.Stop], flow.Daemon.Last.ToStop.Select(asked => asked.Request));
        flow.End("a", status: RunStatus.Canceled, reason: "stopped");
        Assert.Equal("blocked: the flow was canceled on request", flow.Step("b"));
        Assert.Equal("clean", flow.Running);
        flow.End("clean");
        Assert.Equal("canceled: was canceled on request", flow.Status);
        Assert.Equal("canceled", flow.Daemon.Runs(flow.Id));
    }

    [Fact]
    public void What_is_killed_is_killed()
    {
        using var flow = new FlowRig("{name: a, command: [x]}");
        flow.Start();
        flow.Stop(StopRequest.Kill);
        Assert.Equal([StopRequest.Kill, StopRequest.Kill], flow.Daemon.Last.ToStop.Select(asked => asked.Request));
    }

    [Fact]
    public void What_was_stopped_can_be_killed_and_what_cleans_up_begins_all_the_same()
    {
        using var flow = FlowRig.On(
            FlowRig.List("", "{name: a, job: inner}", "{name: b, command: [x], always: true}", "{name: c, command: [x], always: true}")
                + "- {name: inner, type: trigger, steps: [{name: one, command: [x]}]}\n"
        );
        flow.Start();
        flow.Stop();
        Assert.Equal(StopRequest.Stop, Asked(flow, "inner/one"));
        flow.Stop(StopRequest.Kill);
        Assert.Equal(StopRequest.Kill, Asked(flow, "inner/one"));
        flow.End("inner/one", status: RunStatus.Canceled, reason: "killed on request");
        Assert.Equal(("b", null), (flow.Running, Asked(flow, "f/b")));
        flow.Stop(StopRequest.Kill);
        Assert.Equal(StopRequest.Kill, Asked(flow, "f/b"));
        flow.End("b", status: RunStatus.Canceled, reason: "killed on request");
        Assert.Equal(("c", null), (flow.Running, Asked(flow, "f/c")));
        flow.End("c");
        Assert.Equal("canceled: was canceled on request", flow.Status);
    }

    [Fact]
    public void What_is_killed_at_once_cleans_up_too()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [x], always: true}");
        flow.Start();
        flow.Stop(StopRequest.Kill);
        Assert.Equal(StopRequest.Kill, Asked(flow, "f/a"));
        flow.End("a", status: RunStatus.Canceled, reason: "killed on request");
        Assert.Equal(("b", null), (flow.Running, Asked(flow, "f/b")));
    }

    [Fact]
    public void A_step_that_waits_in_line_or_for_its_next_attempt_is_withdrawn()
    {
        using var flow = new FlowRig(
            "{name: a, command: [x], needs: []}",
            "{name: b, command: [x], tags: [gpu]}",
            "{name: c, command: [x], needs: a}"
        );
        flow.Start();
        flow.Stop();
        flow.End("a", status: RunStatus.Canceled, reason: "stopped");
        Assert.Equal("canceled: was canceled on request", flow.Status);
        Assert.Equal("canceled: the flow was canceled on request", flow.Step("b"));
        Assert.Equal(0, flow.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE processed IS NULL"));
    }

    [Fact]
    public void Items_that_run_are_stopped_and_the_others_never_begin()
    {
        using var flow = new FlowRig("{name: a, each: [1, 2, 3], max_parallel: 1, command: [x]}");
        flow.Start();
        flow.Stop();
        flow.End("a", status: RunStatus.Canceled, reason: "stopped");
        Assert.Equal("", flow.Running);
        Assert.StartsWith("canceled", flow.Status, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_item_is_cleaned_up_also_in_a_flow_that_was_stopped()
    {
        using var flow = new FlowRig(
            "{name: a, command: [x]}",
            "{name: clean, each: [1, 2, 3], max_parallel: 1, command: [rm, '${item}'], always: true}"
        );
        flow.Start();
        flow.Stop();
        flow.End("a", status: RunStatus.Canceled, reason: "stopped");
        for (var item = 1; item <= 3; item++)
            flow.End("clean", $"{item}");
        Assert.Equal(("succeeded", "[1,2,3]"), (flow.Step("clean"), flow.ResultOf("clean")));
        Assert.StartsWith("canceled", flow.Status, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flow_that_takes_too_long_is_ended_and_cleans_up()
    {
        using var flow = FlowRig.On(
            FlowRig.List("timeout: 1h", "{name: a, command: [x]}", "{name: b, command: [x]}", "{name: clean, command: [x], always: true}")
        );
        flow.Start();
        flow.Pass(TimeSpan.FromMinutes(59));
        Assert.Empty(flow.Daemon.Last.ToStop);
        flow.Pass(TimeSpan.FromMinutes(1));
        Assert.Single(flow.Daemon.Last.ToStop);
        flow.End("a", status: RunStatus.Canceled, reason: "stopped");
        flow.End("clean");
        Assert.Equal("timed_out: took longer than its timeout", flow.Status);
    }

    [Fact]
    public void A_flow_that_is_restarted_goes_back_into_the_line_and_keeps_what_was_done()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [x]}");
        flow.Start();
        flow.End("a", "1");
        flow.Stop(StopRequest.Restart);
        flow.End("b", status: RunStatus.Canceled, reason: "stopped");
        Assert.Equal("b", flow.Running);
        flow.End("b");
        Assert.Equal("succeeded", flow.Status);
        Assert.Equal("canceled succeeded", flow.Daemon.Runs(flow.Id));
    }

    [Fact]
    public void Retries_of_the_flow_do_again_only_what_was_not_done()
    {
        using var flow = FlowRig.On(
            FlowRig.List(
                "retries: 1\n  backoff: 5s",
                "{name: a, command: [x], needs: []}",
                "{name: b, command: [x], needs: a}",
                "{name: c, command: [x], needs: b}",
                "{name: clean, command: [x], needs: c, always: true}"
            )
        );
        flow.Start();
        flow.End("a", "1");
        flow.Fail("b");
        flow.End("clean");
        Assert.StartsWith("waiting", flow.Status, StringComparison.Ordinal);
        flow.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal("b", flow.Running);
        flow.End("b");
        flow.End("c");
        flow.End("clean");
        Assert.Equal(("succeeded", "failed succeeded"), (flow.Status, flow.Daemon.Runs(flow.Id)));
    }

    [Fact]
    public void A_retry_begins_with_what_failed_and_follows_the_same_plan()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [old]}", "{name: c, command: [x]}");
        flow.Start();
        flow.End("a", "1");
        flow.Fail("b");
        flow.Change(FlowRig.List("", "{name: z, command: [new]}"));
        flow.Retry();
        Assert.Equal(["old"], ((CommandWork)flow.Take("b").Request.Job.Work).Command);
        Assert.Equal("a succeeded, b running", flow.Steps);
    }

    [Fact]
    public void A_retry_from_a_step_does_it_and_what_comes_after_it_again()
    {
        using var flow = new FlowRig(
            "{name: a, command: [x], needs: []}",
            "{name: b, command: [x], needs: a}",
            "{name: c, command: [x], needs: b}",
            "{name: beside, command: [x], needs: a}"
        );
        flow.Start();
        flow.End("a", "1");
        flow.End("b", "2");
        flow.End("beside", "4");
        flow.End("c", "3");
        Assert.Equal("succeeded", flow.Status);
        flow.Retry("b");
        Assert.Equal(("b", "a succeeded, b running, beside succeeded"), (flow.Running, flow.Steps));
        flow.End("b");
        flow.End("c");
        Assert.Equal("succeeded", flow.Status);
    }

    [Fact]
    public void A_flow_that_runs_is_not_begun_again()
    {
        using var flow = new FlowRig("{name: a, command: [x]}");
        flow.Start();
        Assert.False(flow.Daemon.Connection.Write(queue => queue.Flows.Reopen(flow.Id, null)));
        flow.Settle();
        Assert.Equal("a", flow.Running);
    }

    [Fact]
    public void A_run_that_was_lost_is_begun_again_and_is_no_failed_attempt()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [x]}");
        flow.Start();
        flow.End("a", "1");
        for (var kills = 0; kills < 5; kills++)
            flow.End("b", status: RunStatus.Lost, reason: "the daemon died");
        Assert.Equal("b", flow.Running);
        flow.End("b", "2");
        Assert.Equal(("succeeded", "2"), (flow.Status, flow.Result));
        Assert.Equal("succeeded", flow.Daemon.Runs(flow.Sql.Scalar<long>("SELECT trigger_id FROM steps WHERE step = 'a'")));
    }

    [Fact]
    public void A_step_that_takes_its_daemon_down_each_time_fails_in_the_end()
    {
        using var flow = new FlowRig("{name: a, command: [x]}");
        flow.Start();
        for (var kills = 0; kills < 100 && flow.Running == "a"; kills++)
            flow.End("a", status: RunStatus.Lost, reason: "the daemon died");
        Assert.Equal("failed: step a failed: the daemon died", flow.Status);
    }

    [Fact]
    public void A_run_that_a_stopped_daemon_interrupted_is_begun_again()
    {
        using var flow = new FlowRig("{name: a, command: [x]}");
        flow.Start();
        var run = flow.Take("a");
        flow.Settle(flow.Daemon.End(run, RunStatus.Canceled, "the daemon was stopped", returned: true));
        Assert.Equal("a", flow.Running);
    }

    [Fact]
    public void A_step_that_is_paused_with_its_flows_job_waits_and_goes_on()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [x]}");
        flow.Start();
        flow.Sql.Do("INSERT INTO holds (job_name, kind, since) VALUES ('f', 'paused', 1.0)");
        flow.End("a");
        Assert.Equal("", flow.Running);
        flow.Sql.Do("DELETE FROM holds");
        flow.Settle();
        flow.Settle();
        Assert.Equal("b", flow.Running);
    }

    [Fact]
    public void A_trigger_of_a_step_that_somebody_deletes_cancels_the_step()
    {
        using var flow = new FlowRig("{name: a, command: [x], tags: [gpu]}");
        flow.Start();
        flow.Sql.Do("DELETE FROM triggers WHERE flow_id IS NOT NULL");
        flow.Settle();
        Assert.Equal("canceled: its row was deleted", flow.Step("a"));
        Assert.StartsWith("failed: step a was canceled", flow.Status, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_has_ended_is_not_run_by_a_trigger_that_is_left_over()
    {
        using var flow = new FlowRig("{name: a, command: [x], tags: [gpu]}");
        flow.Start();
        flow.Sql.Do("UPDATE flows SET ended = 1.0");
        using var other = flow.Daemon.Beside("there", "gpu", [.. flow.Daemon.List.Jobs]);
        Assert.Empty(other.Tick());
        Assert.Contains("no flow", flow.Daemon.Trigger(flow.Sql.Scalar<long>("SELECT trigger_id FROM steps")), StringComparison.Ordinal);
    }

    // What its device is told to do with the run of a step.
    private static StopRequest? Asked(FlowRig flow, string job)
    {
        var run = flow.Sql.Scalar<long>("SELECT max(id) FROM runs WHERE job_name = ?1", job);
        return flow.Daemon.Last.ToStop.Where(asked => asked.RunId == run).Select(asked => (StopRequest?)asked.Request).FirstOrDefault();
    }
}
