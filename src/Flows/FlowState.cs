using System.Collections.Immutable;
using Aios.Expressions;
using Aios.Jobs.Schedules;
using Aios.Jobs.Works;
using Aios.Store;
using Aios.Store.Flows;
using Aios.Store.Results;

namespace Aios.Flows;

/// <summary>A flow as one look at it finds and leaves it.</summary>
internal sealed class FlowState
{
    private readonly Dictionary<string, StepStanding> _begun;
    private readonly Dictionary<string, StepRecord> _steps = new(StringComparer.Ordinal);
    private readonly ResultFolder _results;

    public FlowState(FlowRecord flow, FlowPlan plan, IStoreTransaction queue, ResultFolder results, DateTimeOffset now)
    {
        _results = results;
        Flow = flow;
        Plan = plan;
        Queue = queue;
        Now = now;
        _begun = queue.Flows.Begun(flow.Id).ToDictionary(step => step.Step, StringComparer.Ordinal);
    }

    public FlowRecord Flow { get; private set; }

    public FlowPlan Plan { get; }

    public IStoreTransaction Queue { get; }

    public DateTimeOffset Now { get; }

    /// <summary>Where a time without an offset is on the wall: that of its job's schedule, or of the machine.</summary>
    public TimeZoneInfo Zone => Plan.Job.Schedule is WallSchedule wall ? wall.TimeZone : TimeZoneInfo.Local;

    /// <summary>What people were asked in this look.</summary>
    public List<ApprovalRecord> Asked { get; } = [];

    /// <summary>The triggers that this look has put into the line.</summary>
    public List<MadeTrigger> Made { get; } = [];

    /// <summary>How triggers ended that were closed within this transaction.</summary>
    public IReadOnlyDictionary<long, TriggerEnd> Ends { get; init; } = ImmutableDictionary<long, TriggerEnd>.Empty;

    /// <summary>How a step is now, or null if it has not begun.</summary>
    public StepStatus? StatusOf(string step) => _begun.TryGetValue(step, out var standing) ? standing.Status : null;

    /// <summary>A step as it is now, or null if it has not begun.</summary>
    public StepRecord? Find(string step)
    {
        if (_steps.TryGetValue(step, out var row) || !_begun.ContainsKey(step))
            return row;
        return _steps[step] = Queue.Flows.Step(Flow.Id, step, StepRecord.Whole)!;
    }

    /// <summary>The step or item that a trigger is for; null if it is for none.</summary>
    public StepRecord? OfTrigger(long triggerId)
    {
        foreach (var standing in _begun.Values)
        {
            if (standing.TriggerId == triggerId)
                return Find(standing.Step);
        }

        return Queue.Flows.StepOf(triggerId);
    }

    /// <summary>How a trigger ended; null while it is open.</summary>
    public TriggerEnd? EndOf(long triggerId) => Ends.GetValueOrDefault(triggerId) ?? Queue.Flows.EndOf(triggerId);

    /// <summary>Whether a step, or an item of one, may be waiting for something.</summary>
    public bool MayWait =>
        _begun.Values.Any(step => step.Status == StepStatus.Waiting || step is { Status: StepStatus.Running, TriggerId: null });

    /// <summary>Writes a step or an item down.</summary>
    public void Put(StepRecord row)
    {
        if (row.IsOver && row.Ended is null)
            row = row with { Ended = Now, Due = null, Signal = null };
        if (row.ResultJson is not null && _results.Keep(row.ResultJson) is { File: { } file })
            row = row with { ResultJson = null, ResultFile = file };
        if (row.Item == StepRecord.Whole && _steps.TryGetValue(row.Step, out var former) && HasOnlyEnded(former, row))
            Queue.Flows.End(row);
        else
            Queue.Flows.Put(row);
        if (row.Item == StepRecord.Whole)
            (_steps[row.Step], _begun[row.Step]) = (row, new StepStanding(row.Step, row.Status, row.TriggerId));
    }

    private static bool HasOnlyEnded(StepRecord former, StepRecord row) =>
        row.Ended is not null
        && row == former with { Status = row.Status, Reason = row.Reason, ResultJson = row.ResultJson, Ended = row.Ended };

    /// <summary>The flow goes to its end.</summary>
    public void SetEnding(string reason)
    {
        Queue.Flows.SetEnding(Flow.Id, reason);
        Flow = Flow with { Ending = reason, Due = null };
    }

    /// <summary>A JSON text with its references followed.</summary>
    /// <exception cref="StepException">That is not possible. The message says where and why.</exception>
    public string Evaluate(string field, string json, int item, TemplateKind kind = TemplateKind.Plain)
    {
        try
        {
            var template = Plan.Template(json, kind);
            return template.HasReferences ? template.Evaluate(Scope(template.References, item)) : json;
        }
        catch (Exception error) when (error is ExpressionException or ResultFileException)
        {
            throw new StepException($"{field}: {error.Message}");
        }
    }

    /// <summary>The command line of a step, with its references in the environment.</summary>
    /// <exception cref="StepException">That is not possible. The message says why.</exception>
    public ShellWork Evaluate(ShellWork work, int item)
    {
        try
        {
            var line = Plan.Line(work.Line);
            return new ShellWork(line.Command) { Values = line.Variables(Scope(line.References, item)) };
        }
        catch (Exception error) when (error is ExpressionException or ResultFileException)
        {
            throw new StepException($"{ShellKind.Instance.Key.Name}: {error.Message}");
        }
    }

    /// <summary>Whether a condition is true.</summary>
    /// <exception cref="StepException">Nobody can tell. The message says why.</exception>
    public bool IsTrue(string condition)
    {
        try
        {
            var expression = Plan.Condition(condition);
            return expression.Evaluate(Scope(expression.References, StepRecord.Whole)).AsCondition();
        }
        catch (Exception error) when (error is ExpressionException or ResultFileException)
        {
            throw new StepException($"when: {error.Message}");
        }
    }

    /// <summary>The items of a step as JSON.</summary>
    public IReadOnlyList<string> ItemsOf(FlowStep step, ItemLists lists) =>
        lists.Get(Flow.Id, step.Name, () => Evaluate("each", step.Rules.EachJson!, StepRecord.Whole));

    /// <summary>The item that is being run, for references.</summary>
    public (string Json, int Index)? Item { get; set; }

    /// <summary>The result of a step or an item, wherever it is.</summary>
    /// <exception cref="ResultFileException">Its file is missing, or has changed. The message says what to do.</exception>
    public string? ResultOf(StepRecord row)
    {
        if (row.ResultFile is not { } file)
            return row.ResultJson;
        try
        {
            return _results.Read(file);
        }
        catch (ResultFileException error)
        {
            throw new ResultFileException(
                $"the result of step {row.Step}: {error.Message}; restore the file, or run the step again with `aios flow retry "
                    + $"{row.FlowId} --from {row.Step}`"
            );
        }
    }

    private FlowScope Scope(IReadOnlyCollection<Reference> references, int item)
    {
        var names = FlowScope.StepsIn(references);
        foreach (var name in _begun.Keys)
        {
            if (names?.Contains(name) != false)
                Find(name);
        }

        return new(Flow, _steps, names)
        {
            Item = item == StepRecord.Whole ? null : Item,
            ResultOf = ResultOf,
            WithResult = FlowScope.ResultsIn(references),
        };
    }
}
