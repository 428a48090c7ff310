using Aios.Expressions;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>Holds the references of one step to what there is before it starts.</summary>
internal sealed class StepReferenceCheck
{
    private static readonly string[] OfAll = ["args", "kwargs", "steps", "flow"];
    private static readonly string[] OfItems = ["item", "index"];
    private static readonly string[] OfStep = ["status", "result", "reason", "attempt"];
    private static readonly string[] OfFlow = ["id", "job", "started", "attempt"];
    private static readonly string[] Plain = ["name", "needs", "always", "on_failure", "max_parallel"];

    private readonly FlowGraph _graph;
    private readonly FlowStep _step;
    private readonly HashSet<string> _before;
    private readonly Reporter _report;

    public StepReferenceCheck(FlowGraph graph, int index, Reporter report)
    {
        _graph = graph;
        _step = graph.Steps[index];
        _before = graph.Before(index).Select(before => graph.Steps[before].Name).ToHashSet(StringComparer.Ordinal);
        _report = report;
    }

    /// <summary>Tells each that is wrong.</summary>
    public void Check(YamlMap map)
    {
        foreach (var entry in map.Entries)
        {
            var report = _report.ForField(entry.Name);
            if (entry.Name == "when")
                CheckCondition(entry.Value, report);
            else if (entry is { Name: "show", Value: YamlList list })
                CheckShown(list, report);
            else if (!Plain.Contains(entry.Name))
                CheckIn(entry.Value, entry.Name == ShellKind.Instance.Key.Name, hasItem: entry.Name != "each", report);
        }
    }

    private void CheckCondition(YamlNode node, Reporter report)
    {
        if (_step.Rules.When is { } text && Expression.TryParse(text, out var condition, out _))
            Check(condition!.References, node, hasItem: false, report);
    }

    // In a list of what is shown, a text is a reference also without ${ around it.
    private void CheckShown(YamlList list, Reporter report)
    {
        foreach (var item in list.Items.OfType<YamlScalar>())
        {
            if (StepReferences.MayBeIn(item.Text))
                CheckIn(item, isShell: false, hasItem: false, report);
            else if (!Expression.TryParse(item.Text, out var reference, out var error))
                report.Error(item, error!.Message);
            else
                Check(reference!.References, item, hasItem: false, report);
        }
    }

    private void CheckIn(YamlNode node, bool isShell, bool hasItem, Reporter report)
    {
        switch (node)
        {
            case YamlScalar scalar when StepReferences.MayBeIn(scalar.Text):
                CheckText(scalar, isShell, hasItem, report);
                break;
            case YamlList list:
                foreach (var item in list.Items)
                    CheckIn(item, isShell, hasItem, report);
                break;
            case YamlMap map:
                foreach (var entry in map.Entries)
                    CheckIn(entry.Value, isShell || entry.Name == ShellKind.Instance.Key.Name, hasItem, report);
                break;
        }
    }

    private void CheckText(YamlScalar scalar, bool isShell, bool hasItem, Reporter report)
    {
        try
        {
            var references = isShell ? ShellLine.Parse(scalar.Text).References : Template.Parse(scalar.Text).References;
            Check(references, scalar, hasItem, report);
        }
        catch (ExpressionException error)
        {
            report.Error(scalar, error.Message);
        }
    }

    private void Check(IReadOnlyList<Reference> references, YamlNode node, bool hasItem, Reporter report)
    {
        foreach (var reference in references)
            Check(reference, node, hasItem && _step.Rules.EachJson is not null, report);
    }

    private void Check(Reference reference, YamlNode node, bool hasItem, Reporter report)
    {
        if (reference.Root == "steps")
            CheckStep(reference, node, report);
        else if (reference.Root == "flow")
            CheckMember(reference, OfFlow, 0, node, report);
        else if (OfItems.Contains(reference.Root) && !hasItem)
            report.Error(node, $"there is no \"{reference.Root}\" here; a step that runs for each item has it (each: [...])");
        else if (!OfAll.Contains(reference.Root) && !OfItems.Contains(reference.Root))
            report.Error(
                node,
                $"nothing is called {YamlScalar.Quoted(reference.Root)}; there are {string.Join(", ", OfAll)}",
                null,
                report.Nearest(reference.Root, [.. OfAll, .. OfItems])
            );
    }

    private void CheckStep(Reference reference, YamlNode node, Reporter report)
    {
        if (reference.Path.IsEmpty)
            return;
        var name = reference.Path[0];
        if (_graph.IndexOf(name) < 0)
            report.Error(
                node,
                $"the flow has no step named {YamlScalar.Quoted(name)}",
                null,
                report.Nearest(name, _graph.Steps.Select(step => step.Name))
            );
        else if (!_before.Contains(name))
            report.Error(
                node,
                name == _step.Name
                    ? "a step cannot refer to itself"
                    : $"step {YamlScalar.Quoted(name)} is not over when this one starts; add it to \"needs\""
            );
        else
            CheckMember(reference, OfStep, 1, node, report);
    }

    private static void CheckMember(Reference reference, string[] members, int at, YamlNode node, Reporter report)
    {
        if (reference.Path.Length > at && !members.Contains(reference.Path[at]))
            report.Error(
                node,
                $"{string.Join('.', reference.Path.Take(at).Prepend(reference.Root))} has no {YamlScalar.Quoted(reference.Path[at])}; "
                    + $"it has {string.Join(", ", members)}",
                null,
                report.Nearest(reference.Path[at], members)
            );
    }
}
