using Aios.Flows;
using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Runs;

namespace Aios.Daemon.Ticks;

/// <summary>Moves flows on within a tick, and hands on the ends of those that are over.</summary>
internal sealed class FlowSteps(FlowPlans plans, IStoreTransaction queue, RowGuard guard, Settlement settlement, DateTimeOffset now)
{
    // A transaction stays short whatever number of flows is woken at once.
    private const int FlowsAtOnce = 200;
    private const int ApprovalsAtOnce = 200;

    private readonly FlowEngine _engine = new(plans, queue, now);
    private readonly FlowCalendar _calendar = queue.Flows.Calendar();
    private bool _hasBegun;

    /// <summary>Whether flows are left to be looked at.</summary>
    public bool HasMore => !IsIdle && queue.Flows.Calendar().IsWoken;

    /// <summary>When a flow is to be looked at next, UTC; null if time moves none on.</summary>
    public DateTimeOffset? NextDue => IsIdle ? null : queue.Flows.Calendar().Due;

    // Where there are no flows, nothing is asked of the database.
    private bool IsIdle => !_hasBegun && _calendar is { IsWoken: false, Due: null };

    /// <summary>Looks at all flows that something may move on.</summary>
    public void Advance()
    {
        if (_calendar.IsWoken || _calendar.Due <= now)
            MoveOn();
    }

    /// <summary>Begins a flow.</summary>
    public void Begin(Jobs.Job job, FlowRecord flow)
    {
        _hasBegun = true;
        if (_engine.Begin(job, flow) is { } end)
            End(end);
    }

    /// <summary>Looks at flows that were woken meanwhile; true if it did.</summary>
    public bool AdvanceWoken()
    {
        if (!_hasBegun || !HasMore)
            return false;
        MoveOn();
        return true;
    }

    private void MoveOn()
    {
        _hasBegun = true;
        guard.Each("approvals", queue.Approvals.Overdue(now, ApprovalsAtOnce), approval => approval.Id, Expire);
        foreach (var id in queue.Flows.Woken(now, FlowsAtOnce))
            guard.Do("flows", id, () => Advance(id), reason => GiveUp(id, reason));
    }

    private void Advance(long id)
    {
        if (_engine.Advance(id) is { } end)
            End(end);
    }

    private void Expire(ApprovalRecord approval) => ApprovalExpiry.Apply(queue.Approvals, approval, now);

    private void GiveUp(long id, string reason)
    {
        queue.Flows.TakeWakes(id);
        if (queue.Flows.Find(id) is not { Ended: null } flow)
            return;
        queue.Flows.End(id, now);
        End(new FlowEnd(flow, RunStatus.Failed, reason, null, null));
    }

    private void End(FlowEnd end)
    {
        var run = new RunKey(end.Flow.RunId, end.Flow.Id, end.Flow.JobName, end.Flow.Attempt);
        var ended = new RunEnd(end.Status, now) { Reason = end.Reason, ResultJson = end.ResultJson };
        settlement.Settle(new EndedRun(run, end.Flow.Started, ended, end.Job) { Returned = end.Returned, Began = true });
    }
}
