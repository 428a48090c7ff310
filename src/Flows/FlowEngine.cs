using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Runs;

namespace Aios.Flows;

/// <summary>Begins flows and moves them on, within a transaction of the daemon.</summary>
internal sealed class FlowEngine(FlowPlans plans, IStoreTransaction queue, DateTimeOffset now)
{
    /// <summary>How triggers of steps ended that were closed within this transaction.</summary>
    public required IReadOnlyDictionary<long, TriggerEnd> Ends { get; init; }

    /// <summary>What people were asked when a flow was looked at last.</summary>
    public IReadOnlyList<ApprovalRecord> Asked { get; private set; } = [];

    /// <summary>What it has put into the line then.</summary>
    public IReadOnlyList<MadeTrigger> Made { get; private set; } = [];

    /// <summary>Begins a flow, or a further attempt of it, in which what has succeeded stays.</summary>
    /// <param name="job">Its job as the list has it now.</param>
    /// <param name="flow">The flow as its trigger says.</param>
    public FlowEnd? Begin(Job job, FlowRecord flow)
    {
        if (queue.Flows.Find(flow.Id) is { } former)
            flow = Again(former, flow);
        else
            flow = flow with { PlanId = Store(job), Depth = DepthOf(flow.Id) };
        queue.Flows.Put(flow with { Due = job.Timeout is { } timeout ? now + timeout : null });
        return Advance(flow.Id);
    }

    /// <summary>Looks at a flow; the answer is its end, or null while it goes on.</summary>
    /// <param name="id">Its trigger.</param>
    /// <param name="ended">Its triggers that are over; null if nobody has taken them yet.</param>
    public FlowEnd? Advance(long id, IReadOnlyList<long>? ended = null)
    {
        (Asked, Made) = ([], []);
        ended ??= queue.Flows.TakeWakes(id);
        if (queue.Flows.Find(id) is not { Ended: null } flow)
        {
            queue.Flows.Abandon(id, "its flow is over", now);
            return null;
        }

        if (plans.Find(queue, flow) is { } plan)
        {
            var state = new FlowState(flow, plan, queue, plans.Results, now) { Ends = Ends };
            (Asked, Made) = (state.Asked, state.Made);
            return new FlowTurn(state, plans).Run(ended, queue.Flows.StopRequest(flow.RunId));
        }

        return Abandon(flow, "its plan cannot be read by this version of AIOS; trigger the job again");
    }

    /// <summary>Ends a flow that cannot go on, with all that it has open.</summary>
    public FlowEnd Abandon(FlowRecord flow, string reason)
    {
        foreach (var trigger in queue.Flows.Open(flow.Id, int.MaxValue).Select(row => row.TriggerId).OfType<long>())
        {
            if (!queue.Triggers.Cancel(trigger, reason, now))
                queue.Runs.RequestStopOfTrigger(trigger, StopRequest.Stop);
        }

        queue.Flows.Abandon(flow.Id, reason, now);
        queue.Flows.End(flow.Id, now);
        return new FlowEnd(flow, RunStatus.Failed, reason, null, null);
    }

    private long Store(Job job)
    {
        var (plan, json) = FlowPlan.From(job);
        return queue.Flows.StorePlan(plan.Digest, json, now);
    }

    private int DepthOf(long triggerId) =>
        queue.Flows.FlowOf(triggerId) is { } parent && queue.Flows.Find(parent) is { } above ? above.Depth + 1 : 0;

    private FlowRecord Again(FlowRecord former, FlowRecord flow)
    {
        flow = flow with
        {
            PlanId = former.PlanId,
            Depth = former.Depth,
            Started = former.Started,
            ArgsJson = former.ArgsJson,
            KwargsJson = former.KwargsJson,
        };
        if (plans.Find(queue, former) is not { } plan)
            return flow;
        var rows = queue.Flows.Steps(former.Id);
        foreach (var index in FlowRestart.Steps(plan.Graph, rows, former.RestartFrom))
        {
            var step = plan.Graph.Steps[index].Name;
            plans.Items.Forget(former.Id, step);
            if (rows.FirstOrDefault(row => row.Step == step) is { } row && FlowRestart.KeepsItems(plan, rows, row, former.RestartFrom))
                Resume(row);
            else
                queue.Flows.Forget(former.Id, step);
        }

        return flow;
    }

    // Its items are gone through once more; those that have succeeded are not begun.
    private void Resume(StepRecord row)
    {
        queue.Flows.ForgetUnfinishedItems(row.FlowId, row.Step);
        queue.Flows.Put(
            row with
            {
                Status = StepStatus.Running,
                Attempt = row.Attempt + 1,
                Reason = null,
                ResultJson = null,
                ResultFile = null,
                Started = now,
                Ended = null,
                DetailJson = new StepDetail { Count = StepDetail.Read(row.DetailJson).Count, IsResumed = true }.Write(),
            }
        );
    }
}
