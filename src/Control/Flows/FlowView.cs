using System.Collections.Immutable;
using Aios.Flows;
using Aios.Jobs.Works;
using Aios.Store;
using Aios.Store.Flows;

namespace Aios.Control.Flows;

/// <summary>A flow with its steps in their order, those too that have not begun.</summary>
/// <param name="Details">The flow.</param>
/// <param name="Steps">In the order in which they run, without those that run only in place of another.</param>
internal sealed record FlowView(FlowDetails Details, ImmutableArray<StepView> Steps)
{
    public FlowSummary Summary => Details.Summary;

    /// <summary>Whether it is over, and not in the line again.</summary>
    public bool IsOver => Summary.Ended is not null && Summary.Status is not ("queued" or "waiting" or "running");

    /// <summary>Reads a flow; null if there is none.</summary>
    public static FlowView? Of(IStoreReader reader, long id) => reader.Flow(id) is { } details ? Of(details) : null;

    /// <summary>The same of what was read.</summary>
    public static FlowView Of(FlowDetails details)
    {
        var rows = details.Steps.ToDictionary(step => step.Step.Step, StringComparer.Ordinal);
        var plan = details.PlanJson is { } json ? FlowPlan.Read(json, details.PlanDigest) : null;
        // A plan of another version still has rows.
        if (plan is null)
            return new FlowView(details, [.. details.Steps.Select(step => new StepView(step.Step.Step, null, [], step))]);
        var graph = plan.Graph;
        return new FlowView(
            details,
            [
                .. graph.Order.Select(index => new StepView(
                    graph.Steps[index].Name,
                    graph.Steps[index],
                    [.. graph.NeedsOf(index).Select(needed => graph.Steps[needed].Name)],
                    rows.GetValueOrDefault(graph.Steps[index].Name)
                )),
            ]
        );
    }

    /// <summary>What it waits for or does now, a line each, with what would change it.</summary>
    public IEnumerable<Obstacle> Open() => Steps.Where(step => step.Row is { Step.IsOver: false }).SelectMany(OfStep);

    private IEnumerable<Obstacle> OfStep(StepView step)
    {
        var row = step.Row!;
        if (step.Detail is { Count: { } count } detail)
            yield return new Obstacle(
                $"step {step.Name} runs its items: {detail.Next - detail.Open} of {count} are over, {detail.Open} are open",
                null
            );
        else if (row.Step.Status == StepStatus.Waiting)
            yield return new Obstacle($"step {step.Name} {row.Step.Reason}", RemedyOf(row));
        else if (row.TriggerStatus == "running")
            yield return new Obstacle(
                row.IsFlow ? $"step {step.Name} runs as flow {row.Step.TriggerId}" : $"step {step.Name} is running as run {row.RunId}",
                row.IsFlow ? $"`aios why {row.Step.TriggerId}` says more" : null
            );
        else
            yield return new Obstacle(
                $"step {step.Name} is {row.TriggerStatus ?? "about to start"}{(row.TriggerReason is { } why ? $": {why}" : "")}",
                null
            );
    }

    private string? RemedyOf(StepSummary row) =>
        row.Step.Signal is { } signal ? $"`aios signal {signal} --flow {Summary.Id}` sends it"
        : row.Step.Due is null && row.ApprovalId is { } approval ? $"`aios approve {approval}` or `aios reject {approval} --reason TEXT`"
        : null;
}

/// <summary>A step of a flow.</summary>
/// <param name="Name">Unique in the flow.</param>
/// <param name="Definition">As the plan has it; null if this version does not understand the plan.</param>
/// <param name="Needs">The steps that must have ended before.</param>
/// <param name="Row">What has become of it; null if it has not begun.</param>
internal sealed record StepView(string Name, FlowStep? Definition, ImmutableArray<string> Needs, StepSummary? Row)
{
    /// <summary>How far its items have come, and what its ladder has tried.</summary>
    public StepDetail Detail { get; } = StepDetail.Read(Row?.Step.DetailJson);

    /// <summary>The status in a word; <c>pending</c> if it has not begun.</summary>
    public string Status => Row?.Step.Status.Name() ?? "pending";

    /// <summary>The kind of its work, as the job list calls it; null if nobody knows.</summary>
    public string? Kind => Definition?.Job.Work.Kind.Key.Name;

    /// <summary>How often it was tried, by the ladder and by retries of its job.</summary>
    public int Attempts => Row?.Attempts ?? 0;

    /// <summary>"37/100, 2 failed"; null if it has no items.</summary>
    public string? ItemsInWords =>
        Detail.Count is { } count ? $"{Detail.Next - Detail.Open}/{count}{(Detail.Failed > 0 ? $", {Detail.Failed} failed" : "")}" : null;
}
