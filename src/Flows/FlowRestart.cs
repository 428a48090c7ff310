using Aios.Expressions;
using Aios.Jobs.Works;
using Aios.Store.Flows;

namespace Aios.Flows;

/// <summary>Which steps a further attempt of a flow begins again.</summary>
internal static class FlowRestart
{
    /// <summary>Those that have not succeeded, the one that was named, and all that come after any of them.</summary>
    /// <param name="graph">The steps.</param>
    /// <param name="rows">Those that have begun.</param>
    /// <param name="from">A step that is begun again whatever it came to; null for none.</param>
    public static HashSet<int> Steps(FlowGraph graph, IEnumerable<StepRecord> rows, string? from)
    {
        var found = new HashSet<int>();
        foreach (var row in rows)
        {
            var index = graph.IndexOf(row.Step);
            if (index >= 0 && (row.Step == from || row.Status is not (StepStatus.Succeeded or StepStatus.Skipped)))
                found.UnionWith(graph.From(index));
        }

        return found;
    }

    /// <summary>
    /// Whether the items of a step that have succeeded stay: it is begun again for its own sake alone, so its list and all that its
    /// items refer to are the same.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="rows">The steps that have begun.</param>
    /// <param name="row">That step.</param>
    /// <param name="from">A step that is begun again whatever it came to; null for none.</param>
    public static bool KeepsItems(FlowPlan plan, IReadOnlyList<StepRecord> rows, StepRecord row, string? from)
    {
        var index = plan.Graph.IndexOf(row.Step);
        if (index < 0 || row.Step == from || StepDetail.Read(row.DetailJson).Count is null)
            return false;
        if (plan.Graph.Steps[index].Rules.EachJson is not { } each || plan.Template(each).References.Any(IsOfAttempt))
            return false;
        return !Steps(plan.Graph, rows.Where(other => other.Step != row.Step), from).Contains(index);
    }

    // It is another one each time.
    private static bool IsOfAttempt(Reference reference) =>
        reference.Root == "flow" && (reference.Path.IsEmpty || reference.Path[0] == "attempt");
}
