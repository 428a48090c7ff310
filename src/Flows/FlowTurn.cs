using Aios.Jobs.Works;
using Aios.Store.Flows;
using Aios.Store.Runs;

namespace Aios.Flows;

/// <summary>
/// One look at a flow, within one transaction: records what has ended, begins what may begin, and finds whether it is over. It
/// is bounded: what is left is done in the next transaction.
/// </summary>
internal sealed class FlowTurn
{
    private const int MostStarts = 500;

    private readonly FlowState _state;
    private readonly StepItems _items;
    private readonly Approvals _approvals;
    private readonly StepStarter _starter;
    private int _starts;
    private bool _hasMore;

    public FlowTurn(FlowState state, FlowPlans plans)
    {
        _state = state;
        _approvals = new Approvals(state, plans.Pictures);
        _starter = new StepStarter(state, _approvals);
        _items = new StepItems(state, plans.Items, _starter, MayStart);
    }

    /// <summary>Does it; the answer is the end of the flow, or null while it goes on.</summary>
    /// <param name="ended">Triggers that are over.</param>
    /// <param name="stop">What somebody asked of its run; null for nothing.</param>
    public FlowEnd? Run(IReadOnlyList<long> ended, StopRequest? stop)
    {
        foreach (var trigger in ended)
            EndTrigger(trigger);
        if (stop is { } request && _state.Flow.Ending is null)
            BeginEnding(request == StopRequest.Restart ? FlowEndings.Restarted : FlowEndings.Stopped, request);
        else if (_state.Flow.Due <= _state.Now && _state.Flow.Ending is null)
            BeginEnding(FlowEndings.TimedOut, StopRequest.Stop);
        else if (stop == StopRequest.Kill)
            KillGoing();
        if (stop == StopRequest.Kill)
            _state.Queue.Flows.NoteKill(_state.Flow.RunId);
        if (_state.MayWait)
        {
            foreach (var row in _state.Queue.Flows.Waiting(_state.Flow.Id, _state.Now))
                LookAtWait(row);
        }

        var graph = _state.Plan.Graph;
        foreach (var index in graph.Order)
            Consider(index);
        foreach (var step in graph.Steps.Where(step => step.Rules.EachJson is not null))
            _items.Pump(step);
        if (_hasMore)
            _state.Queue.Flows.Wake(_state.Flow.Id);
        foreach (var index in graph.Order)
        {
            if (!IsOver(graph.Steps[index]))
                return null;
        }

        return End();
    }

    private bool IsOver(FlowStep step) => _state.StatusOf(step.Name) is { } status && status.IsOver();

    // At most so many steps are begun at once, for a transaction stays short.
    private bool MayStart()
    {
        if (_starts < MostStarts)
        {
            _starts++;
            return true;
        }

        _hasMore = true;
        return false;
    }

    private void Consider(int index)
    {
        var (graph, step) = (_state.Plan.Graph, _state.Plan.Graph.Steps[index]);
        if (_state.StatusOf(step.Name) is not null)
            return;
        foreach (var needed in graph.NeedsOf(index))
        {
            if (!IsOver(graph.Steps[needed]))
                return;
        }

        if (!MayStart())
            return;
        var row = new StepRecord(_state.Flow.Id, step.Name, StepRecord.Whole) { Started = _state.Now };
        if (!step.Rules.IsAlways && WhyBlocked(index) is { } why)
            _state.Put(row with { Status = StepStatus.Blocked, Reason = why });
        else
            Begin(row, step);
    }

    private string? WhyBlocked(int index)
    {
        if (_state.Flow.Ending is { } ending)
            return $"the flow {ending}";
        var graph = _state.Plan.Graph;
        foreach (var step in graph.NeedsOf(index).Select(needed => graph.Steps[needed]))
        {
            var status = _state.StatusOf(step.Name)!.Value;
            if (status is StepStatus.Succeeded or StepStatus.Skipped)
                continue;
            if (status == StepStatus.Blocked || !step.Rules.ContinuesOnFailure)
                return $"step {step.Name} {Words(status)}";
        }

        return null;
    }

    private static string Words(StepStatus status) =>
        status switch
        {
            StepStatus.Blocked => "did not run",
            StepStatus.TimedOut => "timed out",
            StepStatus.Canceled => "was canceled",
            _ => status.Name(),
        };

    private void Begin(StepRecord row, FlowStep step)
    {
        try
        {
            if (step.Rules.When is { } condition && !_state.IsTrue(condition))
            {
                _state.Put(row with { Status = StepStatus.Skipped, Reason = $"when is false: {condition}" });
                return;
            }

            if (step.Rules.EachJson is not null)
            {
                var count = _items.Count(step);
                _state.Put(row with { Status = StepStatus.Running, Attempt = 1, DetailJson = new StepDetail { Count = count }.Write() });
                return;
            }
        }
        catch (StepException error)
        {
            Settle(row with { Status = StepStatus.Failed, Reason = error.Message }, step);
            return;
        }

        Settle(_starter.Start(row, step), step);
    }

    // Writes down how a step is; one that has failed goes up its ladder.
    private void Settle(StepRecord row, FlowStep step)
    {
        while (row.Status is StepStatus.Failed or StepStatus.TimedOut && row.Item == StepRecord.Whole && _state.Flow.Ending is null)
        {
            var rungs = Ladder.Of(step);
            if (row.Rung >= rungs.Length)
                break;
            row = Climb(row, step, rungs[row.Rung]);
        }

        _state.Put(row);
    }

    private StepRecord Climb(StepRecord row, FlowStep step, LadderRung rung)
    {
        var reason = row.Reason ?? row.Status.Name();
        var detail = StepDetail.Read(row.DetailJson);
        var tried = new TriedRung(rung.Recovery.Word, reason, Store.UnixTime.Of(_state.Now));
        row = row with { Rung = row.Rung + 1, DetailJson = (detail with { Tried = detail.Tried.Add(tried) }).Write() };
        if (rung.Recovery is RecoveryRung.Person person)
            return _approvals.AskAfterFailure(row, person.Question, reason);
        var acting = Ladder.Acting(_state.Plan.Graph, step, row.Rung);
        return _starter.Start(row, acting, rung.Wait, $"recover: {rung.Recovery.Word} in {rung.Wait.TotalSeconds:0.###} s ({reason})");
    }

    private void EndTrigger(long triggerId)
    {
        if (_state.OfTrigger(triggerId) is not { IsOver: false } row || row.FlowId != _state.Flow.Id)
            return;
        if (_state.EndOf(triggerId) is not { } end || _state.Plan.Graph.Find(row.Step) is not { } step)
            return;
        var status = end.Status switch
        {
            "succeeded" => StepStatus.Succeeded,
            "canceled" => StepStatus.Canceled,
            "timed_out" => StepStatus.TimedOut,
            _ => StepStatus.Failed,
        };
        row = row with
        {
            Status = status,
            Reason = status == StepStatus.Succeeded ? null : end.Reason,
            ResultJson = end.ResultJson,
            ResultFile = end.File,
        };
        if (row.Item == StepRecord.Whole)
            Settle(row, step);
        else
            _items.End(row, step);
    }

    private void LookAtWait(StepRecord row)
    {
        if (_state.Plan.Graph.Find(row.Step) is not { } step)
        {
            _state.Put(row with { Status = StepStatus.Canceled, Reason = "the plan of the flow has no such step" });
            return;
        }

        var acting = Ladder.Acting(_state.Plan.Graph, step, row.Rung);
        var after =
            row.Signal is not null ? AfterSignal(row)
            : row.Due is { } due ? (due <= _state.Now ? row with { Status = StepStatus.Succeeded, Reason = null } : row)
            : AfterDecision(row, step, acting);
        if (after == row)
            return;
        if (row.Item == StepRecord.Whole)
            Settle(after, step);
        else
            _items.End(after, step);
    }

    private StepRecord AfterSignal(StepRecord row)
    {
        var after = _starter.TakeSignal(row);
        return after == row && row.Due <= _state.Now
            ? row with
            {
                Status = StepStatus.TimedOut,
                Reason = $"the signal {row.Signal} did not come in time",
            }
            : after;
    }

    private StepRecord AfterDecision(StepRecord row, FlowStep step, FlowStep acting)
    {
        StepRecord after;
        try
        {
            after = _approvals.TakeDecision(row, acting);
        }
        catch (StepException error)
        {
            return row with { Status = StepStatus.Failed, Reason = error.Message };
        }

        var isRecovery = row.Rung > 0 && Ladder.Of(step)[row.Rung - 1].Recovery is RecoveryRung.Person;
        if (!isRecovery || after.Status != StepStatus.Succeeded)
            return after;
        var (again, skips, value) = Approvals.AnswerOf(after.ResultJson);
        if (again)
            // The person is asked again if that fails, too.
            return _starter.Start(row with { Rung = row.Rung - 1 }, acting);
        return skips
            ? after with
            {
                ResultJson = value ?? "null",
                Reason = after.Reason,
            }
            : after with
            {
                Status = StepStatus.Failed,
                ResultJson = null,
                ResultFile = null,
                Reason = $"{LastFailure(row)}; given up ({after.Reason})",
            };
    }

    private static string LastFailure(StepRecord row) => StepDetail.Read(row.DetailJson).Tried is [.., var last] ? last.Reason : "failed";

    // Whatever waits or runs for it is ended, also by steps that run always; those begin after that.
    private void BeginEnding(string reason, StopRequest request)
    {
        _state.SetEnding(reason);
        foreach (var row in _state.Queue.Flows.Open(_state.Flow.Id, int.MaxValue))
        {
            if (row.TriggerId is { } trigger)
            {
                if (!_state.Queue.Triggers.Cancel(trigger, $"the flow {reason}", _state.Now))
                    _state.Queue.Runs.RequestStopOfTrigger(trigger, request == StopRequest.Kill ? request : StopRequest.Stop);
            }
            else if (row.Status == StepStatus.Waiting)
            {
                if (_state.Queue.Approvals.Latest(row.FlowId, row.Step) is { Status: ApprovalStatus.Waiting } approval)
                    _state.Queue.Approvals.End(approval.Id, ApprovalStatus.Void, $"the flow {reason}", _state.Now);
                var ended = row with { Status = StepStatus.Canceled, Reason = $"the flow {reason}" };
                if (row.Item == StepRecord.Whole)
                    _state.Put(ended);
                else if (_state.Plan.Graph.Find(row.Step) is { } step)
                    _items.End(ended, step);
            }
            else if (_state.Find(row.Step) is { } whole)
            {
                _state.Put(whole with { DetailJson = (StepDetail.Read(whole.DetailJson) with { IsStopped = true }).Write() });
            }
        }
    }

    // It is being ended already. What cleans up after that begins all the same.
    private void KillGoing()
    {
        foreach (var trigger in _state.Queue.Flows.Open(_state.Flow.Id, int.MaxValue).Select(row => row.TriggerId).OfType<long>())
            _state.Queue.Runs.RequestStopOfTrigger(trigger, StopRequest.Kill);
    }

    private FlowEnd End()
    {
        var graph = _state.Plan.Graph;
        _state.Queue.Flows.End(_state.Flow.Id, _state.Now);
        var failed = graph
            .Order.Select(index => graph.Steps[index])
            .FirstOrDefault(step =>
                _state.StatusOf(step.Name) is StepStatus.Failed or StepStatus.TimedOut or StepStatus.Canceled
                && !step.Rules.ContinuesOnFailure
            );
        var (status, reason) = _state.Flow.Ending switch
        {
            FlowEndings.TimedOut => (RunStatus.TimedOut, FlowEndings.TimedOut),
            { } ending => (RunStatus.Canceled, ending),
            null when failed is not null && _state.Find(failed.Name) is { } row => (
                RunStatus.Failed,
                $"step {row.Step} {Words(row.Status)}{(row.Reason is { } why ? $": {why}" : "")}"
            ),
            null => (RunStatus.Succeeded, (string?)null),
        };
        var last = status == RunStatus.Succeeded ? Last() : null;
        return new FlowEnd(_state.Flow, status, reason, last?.ResultJson, _state.Plan.Job)
        {
            ResultFile = last?.ResultFile,
            Returned = _state.Flow.Ending == FlowEndings.Restarted,
        };
    }

    // Its result is that of the flow.
    private StepRecord? Last()
    {
        var last = _state.Plan.Graph.Steps.LastOrDefault(step => !step.Rules.IsAlways && _state.StatusOf(step.Name) is not null);
        return last is null ? null : _state.Find(last.Name);
    }
}
