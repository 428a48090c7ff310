using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>What the steps of a flow must be to one another.</summary>
internal static class FlowRules
{
    /// <summary>Tells all that is wrong; true if nothing is.</summary>
    /// <param name="graph">The steps.</param>
    /// <param name="list">Where they are written, in the same order.</param>
    /// <param name="report">That of the flow's job.</param>
    public static bool Check(FlowGraph graph, YamlList list, Reporter report)
    {
        var before = report.Problems.Count;
        var maps = list.Items.Cast<YamlMap>().ToArray();
        CheckNames(graph, maps, report);
        CheckNeeds(graph, maps, report);
        CheckFallbacks(graph, maps, report);
        if (report.Problems.Count == before)
            CheckCircles(graph, list, report);
        if (report.Problems.Count == before)
            CheckReferences(graph, maps, report);
        return report.Problems.Count == before;
    }

    private static Reporter For(FlowStep step, string field, Reporter report) => report.ForJob($"{report.Job}/{step.Name}").ForField(field);

    private static YamlNode Place(YamlMap map, string field) => (YamlNode?)map.Find(field)?.Value ?? map;

    private static void CheckNames(FlowGraph graph, YamlMap[] maps, Reporter report)
    {
        for (var i = 0; i < maps.Length; i++)
        {
            var step = graph.Steps[i];
            if (graph.IndexOf(step.Name) is var first && first != i)
                For(step, "name", report)
                    .Error(
                        Place(maps[i], "name"),
                        $"used twice; the first is on line {maps[first].Line}. Give one of the two another name",
                        YamlScalar.Quoted(step.Name)
                    );
        }
    }

    private static void CheckNeeds(FlowGraph graph, YamlMap[] maps, Reporter report)
    {
        for (var i = 0; i < maps.Length; i++)
        {
            foreach (var name in graph.Steps[i].Rules.Needs)
            {
                if (graph.IndexOf(name) is var needed && needed < 0)
                    TellUnknown(graph, i, name, "needs", maps, report);
                else if (needed == i)
                    For(graph.Steps[i], "needs", report).Error(Place(maps[i], "needs"), "names the step itself; remove it");
                else if (graph.IsFallback(needed))
                    For(graph.Steps[i], "needs", report)
                        .Error(
                            Place(maps[i], "needs"),
                            $"names {YamlScalar.Quoted(name)}, which runs only in place of a step that has failed; name that step"
                        );
            }
        }
    }

    private static void TellUnknown(FlowGraph graph, int index, string name, string field, YamlMap[] maps, Reporter report) =>
        For(graph.Steps[index], field, report)
            .Error(
                Place(maps[index], field),
                $"the flow has no step named {YamlScalar.Quoted(name)}",
                null,
                report.Nearest(name, graph.Steps.Select(step => step.Name))
            );

    private static void CheckFallbacks(FlowGraph graph, YamlMap[] maps, Reporter report)
    {
        for (var i = 0; i < maps.Length; i++)
        {
            var step = graph.Steps[i];
            foreach (var other in step.Rules.Recover.OfType<RecoveryRung.Other>())
            {
                if (graph.IndexOf(other.StepName) < 0)
                    TellUnknown(graph, i, other.StepName, "recover", maps, report);
                else if (other.StepName == step.Name)
                    For(step, "recover", report).Error(Place(maps[i], "recover"), "names the step itself; write retry for the same again");
            }

            if (graph.IsFallback(i) && (step.Rules.Needs.Length > 0 || step.Rules.EachJson is not null || step.Rules.IsAlways))
                For(step, "needs", report)
                    .Error(maps[i], "runs only in place of a step that has failed, so it can have neither needs, each nor always");
            if (step.Rules.EachJson is not null && (step.Rules.Recover.Length > 0 || step.Job.Work is ApprovalWork))
                For(step, "each", report)
                    .Error(
                        Place(maps[i], "each"),
                        "goes with neither recover nor approval; put the step into a job of its own, and let each item run that (job: NAME)"
                    );
        }
    }

    private static void CheckCircles(FlowGraph graph, YamlList list, Reporter report)
    {
        if (graph.FindCircle() is { Length: > 0 } circle)
            report.Error(list, $"the steps need each other in a circle ({string.Join(" → ", circle)}); remove one of these needs");
    }

    private static void CheckReferences(FlowGraph graph, YamlMap[] maps, Reporter report)
    {
        for (var i = 0; i < maps.Length; i++)
            new StepReferenceCheck(graph, i, For(graph.Steps[i], "", report)).Check(maps[i]);
    }
}
