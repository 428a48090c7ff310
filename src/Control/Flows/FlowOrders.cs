using System.Text.Json;
using Aios.Flows;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Audit;
using Aios.Store.Flows;
using Aios.Store.Runs;

namespace Aios.Control.Flows;

/// <summary>
/// What people's orders do to flows, within one transaction with the audit. Null if it was done; the daemon notices by the
/// commit.
/// </summary>
internal static class FlowOrders
{
    private const int LongestSignal = 1024 * 1024;
    private const int LongestSignalName = 1024;

    /// <summary>Begins a flow that is over again: what has not succeeded, or all from a step on.</summary>
    public static Refusal? RetryFlow(this IStoreTransaction queue, long id, string? from, Actor by, DateTimeOffset now)
    {
        if (queue.Flows.Find(id) is not { } flow)
            return Missing(id);
        if (flow.Ended is null)
            return Conflict($"Flow {id} is not over. Wait for its end, or cancel it first (`aios flow cancel {id}`).");
        if (PlanOf(queue, flow) is not { } plan)
            return Conflict($"The plan of flow {id} cannot be read by this version of AIOS. Trigger the job \"{flow.JobName}\" again.");
        if (from is not null && RefuseStep(plan.Graph, from) is { } refusal)
            return refusal;
        if (FlowRestart.Steps(plan.Graph, queue.Flows.Steps(id), from).Count == 0)
            return Conflict($"All steps of flow {id} have succeeded. Name the step from which it begins again.");
        if (!queue.Flows.Reopen(id, from))
            return Conflict($"Flow {id} cannot begin again: it waits to begin again already, or its trigger is not kept any more.");
        queue.Audit.Append(Entry(AuditActions.FlowRetry, flow, by, now) with { AfterJson = from is null ? null : One("from", from) });
        return null;
    }

    /// <summary>Ends a flow; what cleans up still runs.</summary>
    public static Refusal? CancelFlow(this IStoreTransaction queue, long id, Actor by, DateTimeOffset now)
    {
        if (queue.Flows.Find(id) is not { } flow)
            return Missing(id);
        var isDone = flow.Ended is null
            ? queue.Runs.RequestStopOfTrigger(id, StopRequest.Stop).Count > 0
            : queue.Triggers.Cancel(id, "canceled on request", now);
        if (!isDone)
            return Conflict($"Flow {id} is over.");
        queue.Audit.Append(Entry(AuditActions.FlowCancel, flow, by, now));
        return null;
    }

    /// <summary>The same for several; the answer has those that are being ended, and why others are not.</summary>
    public static (IReadOnlyList<long> Canceled, IReadOnlyList<(long Id, Refusal Why)> Refused) CancelFlows(
        this IStoreTransaction queue,
        IEnumerable<long> ids,
        Actor by,
        DateTimeOffset now
    )
    {
        var (canceled, refused) = (new List<long>(), new List<(long, Refusal)>());
        foreach (var id in ids.Distinct())
        {
            if (queue.CancelFlow(id, by, now) is { } refusal)
                refused.Add((id, refusal));
            else
                canceled.Add(id);
        }

        return (canceled, refused);
    }

    /// <summary>Gives a flow that goes on the plan that its job has now, if what has begun fits it.</summary>
    /// <param name="queue">The transaction.</param>
    /// <param name="id">The flow.</param>
    /// <param name="find">Finds a job of the list that is in force.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="now">UTC.</param>
    public static Refusal? UpdateFlow(this IStoreTransaction queue, long id, Func<string, Job?> find, Actor by, DateTimeOffset now)
    {
        if (queue.Flows.Find(id) is not { } flow)
            return Missing(id);
        if (flow.Ended is not null)
            return Conflict($"Flow {id} is over, so its plan does not change any more. Trigger the job \"{flow.JobName}\" again.");
        if (find(flow.JobName) is not { Work: FlowWork } job)
            return Conflict($"The job list has no job \"{flow.JobName}\" with steps, so there is no plan to follow.");
        var (plan, json) = FlowPlan.From(job);
        if (flow.PlanDigest == plan.Digest)
            return Conflict($"Flow {id} follows the current plan already.");
        if (PlanMisfit(queue, flow, plan.Graph) is { } misfit)
            return Conflict($"Flow {id} keeps its plan: {misfit}");
        var before = flow.PlanDigest;
        queue.Flows.SetPlan(id, queue.Flows.StorePlan(plan.Digest, json, now));
        foreach (var approval in queue.Approvals.WaitingOf(id))
            queue.Approvals.End(approval.Id, ApprovalStatus.Void, "the plan of its flow was changed", now);
        queue.Flows.Wake(id);
        queue.Audit.Append(
            Entry(AuditActions.FlowUpdate, flow, by, now) with
            {
                BeforeJson = before is null ? null : One("plan", before),
                AfterJson = One("plan", plan.Digest),
            }
        );
        return null;
    }

    /// <summary>Sends a signal; the number of flows that waited for it goes to <paramref name="waited"/>.</summary>
    public static Refusal? SendSignal(
        this IStoreTransaction queue,
        string name,
        long? flowId,
        string dataJson,
        Actor by,
        DateTimeOffset now,
        out (long Id, int Flows) waited
    )
    {
        waited = default;
        if (name.Length is 0 or > LongestSignalName)
            return new Refusal(RefusalKind.Invalid, $"The name of a signal has from 1 to {LongestSignalName} characters.");
        if (dataJson.Length > LongestSignal)
            return new Refusal(
                RefusalKind.Invalid,
                $"The data of a signal have at most {LongestSignal} characters; found {dataJson.Length}."
            );
        FlowRecord? flow = null;
        if (flowId is { } id && (flow = queue.Flows.Find(id)) is null)
            return Missing(id);
        if (flow?.Ended is not null)
            return Conflict($"Flow {flowId} is over, so it waits for no signal.");
        var count = queue.Flows.CountWaiting(name, flowId);
        waited = (queue.Flows.Send(name, flowId, dataJson, now), count);
        queue.Audit.Append(
            new AuditEntry(now, by, AuditActions.SignalSend)
            {
                JobName = flow?.JobName,
                Subject = $"signal {AuditValue.Cut(name)}{(flowId is null ? "" : $" for flow {flowId}")}",
                AfterJson = JsonText.Write(json =>
                {
                    json.WriteStartObject();
                    json.WriteNumber("flows_waiting", count);
                    json.WriteEndObject();
                }),
            }
        );
        return null;
    }

    /// <summary>There is no such flow.</summary>
    public static Refusal Missing(long id) => new(RefusalKind.Unknown, $"There is no flow {id}. `aios flow list` lists the latest.");

    private static Refusal? RefuseStep(FlowGraph graph, string name)
    {
        if (graph.IndexOf(name) is var index && index < 0)
            return new Refusal(
                RefusalKind.Invalid,
                $"The flow has no step named \"{name}\".{NearestName.Hint(name, graph.Steps.Select(step => step.Name))}"
            );
        return graph.IsFallback(index)
            ? new Refusal(RefusalKind.Invalid, $"Step \"{name}\" runs only in place of a step that has failed. Name that step.")
            : null;
    }

    // Null if all that has begun is in the new plan as it was.
    private static string? PlanMisfit(IStoreTransaction queue, FlowRecord flow, FlowGraph next)
    {
        var before = PlanOf(queue, flow)?.Graph;
        foreach (var row in queue.Flows.Steps(flow.Id))
        {
            var how = row.IsOver ? "is over" : "has begun";
            if (next.Find(row.Step) is not { } step || next.IsFallback(next.IndexOf(row.Step)))
                return $"step \"{row.Step}\" {how}, and the new plan has no such step."
                    + NearestName.Hint(row.Step, next.Steps.Select(other => other.Name));
            if (before?.Find(row.Step) is not { } former)
                continue;
            if (former.Job.Work.Kind != step.Job.Work.Kind)
                return $"step \"{row.Step}\" {how} as \"{former.Job.Work.Kind.Key.Name}\", and the new plan has "
                    + $"\"{step.Job.Work.Kind.Key.Name}\" there. Give the new step another name.";
            if (!row.IsOver && former.Rules.EachJson != step.Rules.EachJson)
                return $"step \"{row.Step}\" runs its items, and the new plan has another list (each).";
        }

        return null;
    }

    private static FlowPlan? PlanOf(IStoreTransaction queue, FlowRecord flow) =>
        queue.Flows.Plan(flow.PlanId) is { } json ? FlowPlan.Read(json, flow.PlanDigest!) : null;

    private static AuditEntry Entry(string action, FlowRecord flow, Actor by, DateTimeOffset now) =>
        new(now, by, action) { JobName = flow.JobName, Subject = $"flow {flow.Id}" };

    private static Refusal Conflict(string words) => new(RefusalKind.Conflict, words);

    private static string One(string name, string value) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString(name, value);
            json.WriteEndObject();
        });
}
