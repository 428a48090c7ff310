using System.Collections.Immutable;
using System.Text.Json;
using Aios.Expressions;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Platform;
using Aios.Store.Flows;

namespace Aios.Flows;

/// <summary>Follows the plan of a flow without running anything, with results that somebody gives.</summary>
/// <param name="job">A job with steps.</param>
/// <param name="argsJson">Its positional arguments.</param>
/// <param name="kwargsJson">Its named arguments.</param>
/// <param name="results">Results of steps, JSON, by name.</param>
/// <param name="now">UTC.</param>
internal sealed class FlowDryRun(
    Job job,
    string argsJson,
    string kwargsJson,
    IReadOnlyDictionary<string, string> results,
    DateTimeOffset now
)
{
    private readonly FlowPlan _plan = FlowPlan.From(job).Plan;
    private readonly FlowRecord _flow = new(0, 0, job.Name, 0, argsJson, kwargsJson) { Started = now };
    private readonly Dictionary<string, StepRecord> _rows = new(StringComparer.Ordinal);

    // Steps whose results, and those of which even the ends, only a run can tell.
    private readonly HashSet<string> _unknownResults = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknownEnds = new(StringComparer.Ordinal);

    /// <summary>The steps in their order.</summary>
    public ImmutableArray<DryStep> Run() => [.. _plan.Graph.Order.Select(Follow)];

    private DryStep Follow(int index)
    {
        var step = _plan.Graph.Steps[index];
        var needs = _plan.Graph.NeedsOf(index).Select(needed => _plan.Graph.Steps[needed]).ToList();
        var dry = new DryStep(step.Name, step.Job.Work.Kind.Key.Name, [.. needs.Select(need => need.Name)]);
        if (!step.Rules.IsAlways && needs.Find(StopsOthers) is { } failed)
            return End(dry with { Outcome = DryOutcome.Blocked, Problem = $"step {failed.Name} would not succeed" }, StepStatus.Blocked);
        try
        {
            return Begin(dry, step);
        }
        catch (Exception error) when (error is ExpressionException or StepException)
        {
            return End(dry with { Outcome = DryOutcome.Fails, Problem = error.Message }, StepStatus.Failed);
        }
    }

    private DryStep Begin(DryStep dry, FlowStep step)
    {
        if (step.Rules.When is { } condition)
        {
            var expression = _plan.Condition(condition);
            dry = dry with { When = condition, WhenNeeds = Unknown(expression.References) };
            if (dry.WhenNeeds.IsEmpty && !expression.Evaluate(Scope(expression.References, null)).AsCondition())
                return End(dry with { Outcome = DryOutcome.Skipped }, StepStatus.Skipped);
        }

        (string, int)? item = null;
        var lacksItem = false;
        if (step.Rules.EachJson is { } each)
        {
            var (list, needs) = Evaluate("each", each, TemplateKind.Plain, null);
            var items = list is null ? null : ItemLists.Split(list);
            dry = dry with { Items = items?.Count, ItemsNeed = needs };
            item = items is { Count: > 0 } ? (items[0], 0) : null;
            lacksItem = item is null;
        }

        // Without an item nothing can be told that depends on it.
        dry = dry with { Does = [.. Members(step).Select(member => Do(member, step, item, lacksItem))] };
        CheckStep(step, dry, item, lacksItem);
        if (!dry.WhenNeeds.IsEmpty)
            _unknownEnds.Add(step.Name);
        NoteResult(step, dry);
        return End(dry with { Outcome = dry.WhenNeeds.IsEmpty ? DryOutcome.Runs : DryOutcome.Unknown }, StepStatus.Succeeded);
    }

    private DryField Do((string Name, string Json) member, FlowStep step, (string, int)? item, bool lacksItem)
    {
        var kind = KindOf(member.Name, step);
        if (lacksItem && _plan.Template(member.Json, kind).References.Any(reference => reference.Root is "item" or "index"))
            return new DryField(member.Name, null, ["item"]);
        var (json, needs) =
            member.Name == ShellKind.Instance.Key.Name
                ? EvaluateLine(((ShellWork)step.Job.Work).Line, item)
                : Evaluate(member.Name, member.Json, kind, item);
        return new DryField(member.Name, json, needs);
    }

    private (string? Json, ImmutableArray<string> Needs) EvaluateLine(string text, (string, int)? item)
    {
        try
        {
            var line = _plan.Line(text);
            var needs = Unknown(line.References);
            return (needs.IsEmpty ? JsonText.Write(json => json.WriteStringValue(line.Shown(Scope(line.References, item)))) : null, needs);
        }
        catch (ExpressionException error)
        {
            throw new StepException($"{ShellKind.Instance.Key.Name}: {error.Message}");
        }
    }

    // What comes of the references must be what the fields take.
    private void CheckStep(FlowStep step, DryStep dry, (string, int)? item, bool lacksItem)
    {
        if (!step.IsDynamic || lacksItem || dry.Does.Any(field => field.Json is null))
            return;
        var kind = step.Job.Work is ShellWork ? TemplateKind.Shell : TemplateKind.Plain;
        if (
            Evaluate("step", StepFields.WithoutRules(step.Json), kind, item).Json is { } json
            && StepReader.ReadEvaluated(json, out var error) is null
        )
            throw new StepException(error!);
    }

    private void NoteResult(FlowStep step, DryStep dry)
    {
        if (results.ContainsKey(step.Name))
            return;
        var isKnown = step.Job.Work switch
        {
            SetWork => step.Rules.EachJson is null && dry.Does.All(field => field.Json is not null),
            WaitWork { Signal: null } => true,
            _ => false,
        };
        if (!isKnown)
            _unknownResults.Add(step.Name);
    }

    private DryStep End(DryStep dry, StepStatus status)
    {
        var result = results.GetValueOrDefault(dry.Name)
            ?? (dry.Kind == SetKind.Instance.Key.Name && dry.Does is [{ Json: { } set }] ? set : null);
        _rows[dry.Name] = new StepRecord(0, dry.Name, StepRecord.Whole)
        {
            Status = status,
            Reason = dry.Problem,
            Attempt = status is StepStatus.Succeeded or StepStatus.Failed ? 1 : 0,
            ResultJson = status == StepStatus.Succeeded ? result : null,
        };
        return dry;
    }

    private bool StopsOthers(FlowStep step) =>
        _rows[step.Name].Status is StepStatus.Blocked || (_rows[step.Name].Status == StepStatus.Failed && !step.Rules.ContinuesOnFailure);

    private (string? Json, ImmutableArray<string> Needs) Evaluate(string field, string json, TemplateKind kind, (string, int)? item)
    {
        try
        {
            var template = _plan.Template(json, kind);
            var needs = Unknown(template.References);
            return needs.IsEmpty
                ? (template.HasReferences ? template.Evaluate(Scope(template.References, item)) : json, needs)
                : (null, needs);
        }
        catch (ExpressionException error)
        {
            throw new StepException($"{field}: {error.Message}");
        }
    }

    private ImmutableArray<string> Unknown(IEnumerable<Reference> references) =>
        [
            .. references
                .Where(reference => reference.Root == "steps")
                .SelectMany(reference => reference.Path.IsEmpty ? _unknownResults.Union(_unknownEnds) : OfStep(reference))
                .Distinct(),
        ];

    private IEnumerable<string> OfStep(Reference reference)
    {
        var name = reference.Path[0];
        var isOfResult = reference.Path.Length == 1 || reference.Path[1] == "result";
        return _unknownEnds.Contains(name) || (isOfResult && _unknownResults.Contains(name)) ? [name] : [];
    }

    private FlowScope Scope(IEnumerable<Reference> references, (string, int)? item) =>
        new(_flow, _rows, FlowScope.StepsIn(references)) { Item = item };

    private static TemplateKind KindOf(string field, FlowStep step) =>
        step.Job.Work is ShellWork && field is not ("args" or "kwargs") ? TemplateKind.Shell : TemplateKind.Plain;

    // What a person wants to see of it; never a secret.
    private static List<(string Name, string Json)> Members(FlowStep step)
    {
        using var document = JsonDocument.Parse(step.Json, DeepJson.Options);
        return
        [
            .. document
                .RootElement.EnumerateObject()
                .Where(member => StepFields.Instance.Find(member.Name) is { IsSecret: false } field && StepFields.TakesReferences(field))
                .Select(member =>
                    (member.Name, step.Job.Work is ApprovalWork work && member.Name == "show" ? work.ShowJson : member.Value.GetRawText())
                ),
        ];
    }
}

/// <summary>What would become of a step.</summary>
/// <param name="Name">The step.</param>
/// <param name="Kind">The kind of its work, as the job list calls it.</param>
/// <param name="Needs">The steps before it.</param>
internal sealed record DryStep(string Name, string Kind, ImmutableArray<string> Needs)
{
    public DryOutcome Outcome { get; init; }

    /// <summary>Why it would fail or not run.</summary>
    public string? Problem { get; init; }

    /// <summary>Its condition.</summary>
    public string? When { get; init; }

    /// <summary>The steps whose results the condition needs, and that nobody gave.</summary>
    public ImmutableArray<string> WhenNeeds { get; init; } = [];

    /// <summary>How many items it would have.</summary>
    public int? Items { get; init; }

    /// <summary>The steps whose results the list of items needs.</summary>
    public ImmutableArray<string> ItemsNeed { get; init; } = [];

    /// <summary>Its fields with the references followed; those of the first item.</summary>
    public ImmutableArray<DryField> Does { get; init; } = [];
}

/// <summary>A field of such a step.</summary>
/// <param name="Name">As the job list calls it.</param>
/// <param name="Json">Its value; null if it cannot be known.</param>
/// <param name="Needs">The steps whose results it needs.</param>
internal sealed record DryField(string Name, string? Json, ImmutableArray<string> Needs);

/// <summary>What would become of a step.</summary>
internal enum DryOutcome
{
    Runs,

    /// <summary>Its condition needs results that nobody gave.</summary>
    Unknown,

    Skipped,
    Blocked,
    Fails,
}
