using Aios.Daemon.Claiming;
using Aios.Daemon.Ticks;
using Aios.Jobs;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Tests.Daemon;

/// <summary>What a model asked for ends with the run that asked.</summary>
public sealed class ToolTriggerTests : IDisposable
{
    private readonly DaemonRig _rig;

    public ToolTriggerTests()
    {
        var asks = DaemonRig.Job("asks") with { Work = (LlmWork)LlmKind.Instance.Blank, Retries = 3, Backoff = Backoff.Default };
        _rig = new DaemonRig(asks, DaemonRig.Job("tool") with { Retries = 3 }, DaemonRig.Job("other"));
    }

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("lost")]
    [InlineData("timed_out")]
    [InlineData("canceled")]
    [InlineData("failed")]
    public void A_tool_in_line_is_canceled_when_its_run_ends_and_not_that_of_another(string ended)
    {
        var status = Enum.GetValues<RunStatus>().Single(status => status.Name() == ended);
        var asking = Ask();
        var (tool, others) = (Tool(asking.Request.RunId), Tool(asking.Request.RunId + 1000));
        _rig.Tick(freeSlots: 0, ended: _rig.End(asking, status));

        Assert.Equal($"canceled: run {asking.Request.RunId}, which asked for it, has ended: {status.Name()}", _rig.Trigger(tool));
        Assert.NotEqual(_rig.Trigger(tool), _rig.Trigger(others));
    }

    [Fact]
    public void So_is_one_that_waits()
    {
        var asking = Ask();
        var tool = Tool(asking.Request.RunId);
        _rig.Connection.Write(queue => Done(() => queue.Triggers.Hold(tool, "paused")));
        _rig.Tick(ended: _rig.End(asking, RunStatus.Lost));
        Assert.StartsWith("canceled", _rig.Trigger(tool), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_running_is_stopped()
    {
        var asking = Ask();
        var tool = Tool(asking.Request.RunId);
        var running = Assert.Single(_rig.Tick());
        _rig.Tick(ended: _rig.End(asking, RunStatus.TimedOut));
        Assert.Equal("stop", _rig.Sql.Scalar<string>("SELECT stop_request FROM runs WHERE id = ?1", running.Request.RunId));
        _rig.Tick(ended: _rig.End(running, RunStatus.Canceled, "stopped"));
        Assert.Equal("canceled: stopped", _rig.Trigger(tool));
    }

    // A daemon that dies loses both at once; whichever is recorded first, the tool does not run again.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_that_was_lost_with_its_run_is_not_repeated(bool isToolFirst)
    {
        var asking = Ask();
        var tool = Tool(asking.Request.RunId);
        EndedRun[] lost = [_rig.End(asking, RunStatus.Lost), _rig.End(Assert.Single(_rig.Tick()), RunStatus.Lost)];
        _rig.Tick(ended: isToolFirst ? [.. lost.Reverse()] : lost);
        Assert.NotNull(_rig.Sql.Scalar<double?>("SELECT processed FROM triggers WHERE id = ?1", tool));
        Assert.StartsWith("waiting: attempt 1 lost", _rig.Trigger(asking.Request.TriggerId), StringComparison.Ordinal);
    }

    [Fact]
    public void One_whose_run_a_dead_daemon_of_this_device_left_does_not_start_before_that_is_recorded()
    {
        var asking = Ask();
        var tool = Tool(asking.Request.RunId);
        _rig.Sql.Do("UPDATE runs SET boot_id = 'former' WHERE id = ?1", asking.Request.RunId);
        Assert.Empty(_rig.Tick());
        Assert.Equal("queued", _rig.Trigger(tool));
        _rig.Tick(ended: _rig.End(asking, RunStatus.Lost));
        Assert.StartsWith("canceled", _rig.Trigger(tool), StringComparison.Ordinal);
    }

    [Fact]
    public void One_whose_run_is_over_does_not_start()
    {
        var tool = Tool(4711);
        Assert.Empty(_rig.Tick());
        Assert.Equal("canceled: run 4711, which asked for it, is over", _rig.Trigger(tool));
    }

    [Fact]
    public void What_would_fail_again_is_not_tried_again()
    {
        var asking = Ask();
        _rig.Tick(ended: _rig.End(asking, RunStatus.Failed, "llm: no value") with { IsFinal = true });
        Assert.Equal("failed: llm: no value", _rig.Trigger(asking.Request.TriggerId));
    }

    private ClaimedRun Ask()
    {
        _rig.Sql.Trigger("asks");
        return Assert.Single(_rig.Tick());
    }

    private long Tool(long parent) =>
        _rig
            .Connection.Write(queue =>
                queue.Triggers.Add(new NewTrigger("tool", TriggerSource.Tool, _rig.Clock.GetUtcNow()) { ParentRunId = parent })
            )!
            .Value;

    private static bool Done(Action action)
    {
        action();
        return true;
    }
}
