using System.Text;
using Aios.Jobs.Works;
using Aios.Store.Flows;
using Aios.Store.Results;

namespace Aios.Flows;

/// <summary>The items of steps with <c>each</c>, within one look at a flow.</summary>
/// <param name="state">The flow.</param>
/// <param name="lists">The lists that steps run through.</param>
/// <param name="starter">Begins an item.</param>
/// <param name="mayStart">Whether this look may begin one more; each answer counts.</param>
internal sealed class StepItems(FlowState state, ItemLists lists, StepStarter starter, Func<bool> mayStart)
{
    private const int ResultsAtOnce = 5000;
    private const int DefaultParallel = 10;

    /// <summary>How many a step has.</summary>
    /// <exception cref="StepException">Its list cannot be had.</exception>
    public int Count(FlowStep step) => state.ItemsOf(step, lists).Count;

    /// <summary>Writes the end of an item down.</summary>
    public void End(StepRecord row, FlowStep step)
    {
        state.Put(row);
        if (!row.IsOver || state.Find(row.Step) is not { IsOver: false } whole)
            return;
        var detail = StepDetail.Read(whole.DetailJson);
        detail = detail with { Open = detail.Open - 1 };
        if (row.Status != StepStatus.Succeeded)
            detail = detail with
            {
                Failed = detail.Failed + 1,
                FirstFailure = detail.FirstFailure ?? $"item {row.Item}: {row.Reason ?? row.Status.Name()}",
            };
        state.Put(whole with { DetailJson = detail.Write() });
    }

    /// <summary>Begins as many items as may run, and ends the step when all of them are over.</summary>
    public void Pump(FlowStep step)
    {
        if (state.Find(step.Name) is not { Status: StepStatus.Running, TriggerId: null } whole)
            return;
        try
        {
            var items = state.ItemsOf(step, lists);
            var most = step.Job.MaxParallel ?? DefaultParallel;
            var detail = StepDetail.Read(whole.DetailJson);
            if (detail.Count is null)
                throw new StepException("its row in the database does not say how far its items have come");
            if (detail.IsResumed && detail.Count != items.Count)
                (whole, detail) = Anew(whole, items.Count);
            while (detail.Next < items.Count && detail.Open < most && !StopsAt(detail, step) && mayStart())
            {
                var index = detail.Next;
                if (detail.IsResumed && IsFinished(step, index))
                {
                    detail = detail with { Next = index + 1 };
                    continue;
                }

                state.Item = (items[index], index);
                detail = detail with { Next = index + 1, Open = detail.Open + 1 };
                var item = new StepRecord(state.Flow.Id, step.Name, index) { Started = state.Now };
                whole = whole with { DetailJson = detail.Write() };
                state.Put(whole);
                End(starter.Start(item, step), step);
                whole = state.Find(step.Name)!;
                detail = StepDetail.Read(whole.DetailJson);
            }

            // Items that were finished already have moved it on alone.
            if (detail.IsResumed)
                state.Put(whole = whole with { DetailJson = detail.Write() });
            if (detail.Open == 0 && (detail.Next >= items.Count || StopsAt(detail, step)))
                EndAll(whole, step, detail, items.Count);
        }
        catch (StepException error)
        {
            state.Put(whole with { Status = StepStatus.Failed, Reason = error.Message });
        }
    }

    private bool IsFinished(FlowStep step, int item) =>
        state.Queue.Flows.Step(state.Flow.Id, step.Name, item) is { Status: StepStatus.Succeeded };

    // The list is not the one that a former attempt has gone through, so none of its items counts.
    private (StepRecord Whole, StepDetail Detail) Anew(StepRecord whole, int count)
    {
        var detail = new StepDetail { Count = count };
        whole = whole with { DetailJson = detail.Write() };
        state.Queue.Flows.Forget(whole.FlowId, whole.Step);
        state.Put(whole);
        return (whole, detail);
    }

    private static bool StopsAt(StepDetail detail, FlowStep step) =>
        detail.IsStopped || (detail.Failed > 0 && !step.Rules.ContinuesOnFailure);

    private void EndAll(StepRecord whole, FlowStep step, StepDetail detail, int count)
    {
        lists.Forget(state.Flow.Id, step.Name);
        var status =
            detail.Failed > 0 ? StepStatus.Failed
            : detail.IsStopped && detail.Next < count ? StepStatus.Canceled
            : StepStatus.Succeeded;
        var reason = status switch
        {
            StepStatus.Failed => $"{detail.Failed} of {count} items failed; {detail.FirstFailure}",
            StepStatus.Canceled => $"{detail.Next} of {count} items were run; the flow {state.Flow.Ending}",
            _ => null,
        };
        state.Put(WithResults(whole with { Status = status, Reason = reason }));
        // What comes after it may begin at once.
        state.Queue.Flows.Wake(state.Flow.Id);
    }

    private StepRecord WithResults(StepRecord whole)
    {
        try
        {
            return whole with { ResultJson = Results(whole.Step) };
        }
        catch (Exception error) when (error is ResultFileException or StepException)
        {
            return whole with { Status = StepStatus.Failed, Reason = error.Message };
        }
    }

    // An item that has not begun has no row, though one after it may have, of a former attempt.
    private string Results(string step)
    {
        var json = new StringBuilder("[");
        var next = 0;
        while (state.Queue.Flows.Results(state.Flow.Id, step, next, ResultsAtOnce) is { Count: > 0 } rows)
        {
            foreach (var (item, result, file) in rows)
            {
                for (; next < item; next++)
                    json.Append(next == 0 ? "null" : ",null");
                var row = new StepRecord(state.Flow.Id, step, item) { ResultJson = result, ResultFile = file };
                json.Append(item == 0 ? "" : ",").Append(state.ResultOf(row) ?? "null");
                if (json.Length > ResultFolder.Longest)
                    throw new StepException(ResultFolder.Long("the results of its items are too long together"));
                next = item + 1;
            }
        }

        return json.Append(']').ToString();
    }
}
