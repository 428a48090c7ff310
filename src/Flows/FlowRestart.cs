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
}
