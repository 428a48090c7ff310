using Aios.Daemon.Claiming;
using Aios.Daemon.Ticks;
using Aios.Store.Runs;

namespace Aios.Tests.Flows;

/// <summary>What one tick does for a flow: it settles a step, moves the flow on and claims the next step, in one transaction.</summary>
public sealed class FlowTickTests
{
    private static readonly string[] TwoSteps = ["{name: a, command: [x]}", "{name: b, command: [x]}"];

    [Fact]
    public void The_tick_that_settles_a_step_claims_the_next_with_one_commit()
    {
        using var flow = new FlowRig(TwoSteps);
        flow.Start();
        var commits = Commits(flow);
        var claimed = flow.Daemon.Tick(ended: EndOf(flow, "a"));
        Assert.Equal("f/b", Assert.Single(claimed).Request.Job.Name);
        Assert.Equal(commits + 1, Commits(flow));
        Assert.False(flow.Daemon.Last.HasMore);
        Assert.Equal("a succeeded, b running", flow.Steps);
    }

    [Fact]
    public void A_crash_before_that_commit_leaves_the_step_running_and_begins_no_other()
    {
        using var flow = new FlowRig(TwoSteps);
        flow.Start();
        var end = EndOf(flow, "a");
        flow.Daemon.DiesBeforeCommit = true;
        Assert.Throws<InvalidOperationException>(() => flow.Daemon.Tick(ended: end));
        Assert.Equal("a running", flow.Steps);
        Assert.Equal(["f/a running"], OpenTriggers(flow));
        Assert.Equal(["f running", "f/a running"], flow.Sql.Column("SELECT job_name || ' ' || status FROM runs ORDER BY id"));

        flow.Daemon.DiesBeforeCommit = false;
        var claimed = flow.Daemon.Tick(ended: end);
        Assert.Equal("f/b", Assert.Single(claimed).Request.Job.Name);
        Assert.Empty(flow.Daemon.Tick(ended: end));
        Assert.Equal("a succeeded, b running", flow.Steps);
        Assert.Equal(
            ["f running", "f/a succeeded", "f/b running"],
            flow.Sql.Column("SELECT job_name || ' ' || status FROM runs ORDER BY id")
        );
    }

    [Fact]
    public void What_a_flow_puts_into_the_line_is_no_newcomer_to_the_next_tick()
    {
        using var flow = new FlowRig(TwoSteps);
        flow.Start();
        Assert.Equal(Newest(flow), flow.Daemon.Last.SeenId);
        flow.Daemon.Tick(freeSlots: 0, ended: EndOf(flow, "a"));
        Assert.Equal(["f/b queued"], OpenTriggers(flow));
        Assert.Equal(Newest(flow), flow.Daemon.Last.SeenId);
        Assert.Equal("f/b", Assert.Single(flow.Daemon.Tick()).Request.Job.Name);
    }

    [Fact]
    public void Rows_of_others_are_looked_at_beside_those_that_a_flow_has_made()
    {
        using var flow = new FlowRig(TwoSteps);
        flow.Start();
        var bad = flow.Sql.Trigger("f", args: "{");
        flow.Daemon.Tick(freeSlots: 0, ended: EndOf(flow, "a"));
        Assert.StartsWith("failed: args: not JSON", flow.Daemon.Trigger(bad), StringComparison.Ordinal);
        Assert.Equal("a succeeded, b running", flow.Steps);
        Assert.Equal(Newest(flow), flow.Daemon.Last.SeenId);
    }

    [Fact]
    public void A_step_that_no_device_can_run_says_so_while_all_slots_are_taken()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [x], tags: gpu}");
        flow.Start();
        flow.Daemon.Tick(freeSlots: 0, ended: EndOf(flow, "a"));
        Assert.StartsWith("waiting: ", Trigger(flow, "f/b"), StringComparison.Ordinal);
        Assert.Contains("gpu", Trigger(flow, "f/b"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_of_the_list_has_its_own_priority_and_fails_at_once_if_there_is_none()
    {
        using var flow = FlowRig.On(
            FlowRig.List("", "{name: a, command: [x]}", "{name: b, job: urgent, needs: a}", "{name: c, job: '${args[0]}', needs: a}")
                + "- {name: urgent, type: trigger, command: [x], priority: 7}\n"
        );
        flow.Start("[\"nowhere\"]");
        flow.Daemon.Tick(freeSlots: 0, ended: EndOf(flow, "a"));
        Assert.Equal(7, flow.Sql.Scalar<long>("SELECT priority FROM triggers WHERE job_name = 'urgent'"));
        Assert.StartsWith("failed: no device has a job named \"nowhere\"", Trigger(flow, "nowhere"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_whose_fields_have_references_is_claimed_as_it_was_evaluated()
    {
        using var flow = new FlowRig("{name: a, command: [x]}", "{name: b, command: [x], timeout: '${steps.a.result}s'}");
        flow.Start();
        var claimed = flow.Daemon.Tick(ended: EndOf(flow, "a", "30"));
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.Single(claimed).Request.Job.Timeout);
    }

    private static EndedRun EndOf(FlowRig flow, string step, string? result = null)
    {
        var run = flow.Take(step);
        var end = new RunEnd(RunStatus.Succeeded, flow.Daemon.Clock.GetUtcNow()) { ResultJson = result };
        return new EndedRun(run.Key, run.At, end, run.Request.Job) { Began = true };
    }

    // A file with a rollback journal counts its commits in its header.
    private static uint Commits(FlowRig flow)
    {
        using var file = new FileStream(flow.Daemon.DatabasePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> header = stackalloc byte[28];
        file.ReadExactly(header);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(header[24..]);
    }

    private static long Newest(FlowRig flow) => flow.Sql.Scalar<long>("SELECT max(id) FROM triggers");

    private static List<string> OpenTriggers(FlowRig flow) =>
        flow.Sql.Column("SELECT job_name || ' ' || status FROM triggers WHERE processed IS NULL AND job_name LIKE 'f/%' ORDER BY id");

    private static string Trigger(FlowRig flow, string job) =>
        flow.Daemon.Trigger(flow.Sql.Scalar<long>("SELECT max(id) FROM triggers WHERE job_name = ?1", job));
}
