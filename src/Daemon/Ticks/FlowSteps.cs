using Aios.Daemon.Alarms;
using Aios.Flows;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Runs;

namespace Aios.Daemon.Ticks;

/// <summary>Moves flows on within a tick, and hands on the ends of those that are over.</summary>
internal sealed class FlowSteps(
    FlowPlans plans,
    IStoreTransaction queue,
    RowGuard guard,
    Settlement settlement,
    ApprovalNotices notices,
    DateTimeOffset now
)
{
    // A transaction stays short whatever number of flows is woken at once.
    private const int FlowsAtOnce = 200;
    private const int ApprovalsAtOnce = 200;

    private readonly FlowEngine _engine = new(plans, queue, now) { Ends = settlement.StepEnds };
    private readonly FlowCalendar _calendar = queue.Flows.Calendar();
    private readonly Dictionary<long, Job> _jobs = [];
    private List<MadeTrigger> _made = [];
    private bool _hasBegun;
    private bool _isStuck;

    /// <summary>Whether flows are left to be looked at.</summary>
    public bool HasMore => !IsIdle && !_isStuck && queue.Flows.IsAnyWoken();

    /// <summary>When a flow is to be looked at next, UTC; null if time moves none on.</summary>
    public DateTimeOffset? NextDue => IsIdle ? null : NotBeforeTrial(queue.Flows.Calendar().Due);

    // Where there are no flows, nothing is asked of the database.
    private bool IsIdle => !_hasBegun && _calendar is { IsWoken: false, Due: null };

    /// <summary>The jobs of steps that this tick has put into the line, by their triggers.</summary>
    public IReadOnlyDictionary<long, Job> Jobs => _jobs;

    /// <summary>Takes the triggers that flows have put into the line since the last time.</summary>
    public IReadOnlyList<MadeTrigger> TakeMade()
    {
        var made = _made;
        _made = [];
        return made;
    }

    /// <summary>Looks at all flows that something may move on.</summary>
    public void Advance()
    {
        if (_calendar.IsWoken || _calendar.Due <= now)
            MoveOn();
    }

    /// <summary>Begins a flow.</summary>
    public void Begin(Job job, FlowRecord flow)
    {
        _hasBegun = true;
        Follow(_engine.Begin(job, flow));
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
        var isDue = _calendar.Due <= now;
        if (isDue)
        {
            var overdue = queue.Approvals.Overdue(now, ApprovalsAtOnce + guard.LeftOut("approvals"));
            guard.Each("approvals", overdue, approval => approval.Id, Expire);
        }

        var most = FlowsAtOnce + guard.LeftOut("flows");
        // With care, what woke a flow is taken back with all that it did.
        var wakes = guard.IsNeeded ? null : queue.Flows.TakeFirstWakes(most);
        IEnumerable<long> flows = wakes is null ? queue.Flows.Woken(most) : wakes.Keys;
        if (isDue && flows.Count() is var count && count < most)
            flows = [.. flows.Union(queue.Flows.Due(now, most - count))];
        var hasMoved = false;
        foreach (var id in flows)
            hasMoved |= guard.Do("flows", id, () => Advance(id, wakes?.GetValueOrDefault(id)), reason => GiveUp(id, reason));
        _isStuck = !hasMoved;
    }

    // What is left out stays due until it is tried again.
    private DateTimeOffset? NotBeforeTrial(DateTimeOffset? due)
    {
        var earliest = now + TimeSpan.FromSeconds(1);
        return due < earliest && guard.LeftOut("flows") + guard.LeftOut("approvals") + guard.Found.Count > 0 ? earliest : due;
    }

    private void Advance(long id, IReadOnlyList<long>? ended) => Follow(_engine.Advance(id, ended));

    private void Follow(FlowEnd? end)
    {
        foreach (var approval in _engine.Asked)
            notices.Tell(approval);
        Remember(_engine.Made);
        if (end is not null)
            End(end);
    }

    // With care, rows are taken back one by one, and others get their numbers.
    private void Remember(IReadOnlyList<MadeTrigger> made)
    {
        if (guard.IsNeeded)
            return;
        _made.AddRange(made);
        foreach (var trigger in made)
        {
            if (trigger.StepJob is { } job)
                _jobs[trigger.Id] = job;
        }
    }

    // Whoever may decide after it was escalated is told as if it had been asked now.
    private void Expire(ApprovalRecord approval)
    {
        ApprovalExpiry.Apply(queue.Approvals, approval, now);
        if (queue.Approvals.Find(approval.Id) is { Status: ApprovalStatus.Waiting } escalated)
            notices.Tell(escalated);
    }

    private void GiveUp(long id, string reason)
    {
        queue.Flows.TakeWakes(id);
        if (queue.Flows.Find(id) is { Ended: null } flow)
            End(_engine.Abandon(flow, reason));
    }

    private void End(FlowEnd end)
    {
        var run = new RunKey(end.Flow.RunId, end.Flow.Id, end.Flow.JobName, end.Flow.Attempt);
        var ended = new RunEnd(end.Status, now)
        {
            Reason = end.Reason,
            ResultJson = end.ResultJson,
            ResultFile = end.ResultFile,
        };
        settlement.Settle(new EndedRun(run, end.Flow.Started, ended, end.Job) { Returned = end.Returned, Began = true });
    }
}
