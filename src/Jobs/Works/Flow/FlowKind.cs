using System.Collections.Immutable;
using Aios.Expressions;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary><c>steps: [...]</c></summary>
internal sealed class FlowKind : WorkKind
{
    // What a process has, and a flow has not: its steps have it.
    private static readonly string[] OfProcesses = ["args", "success_codes", "image"];

    // What the references of its steps read.
    private static readonly string[] OfFlow = ["args", "kwargs"];

    public static readonly FlowKind Instance = new();

    public override JobField Key { get; } =
        new JobField<ImmutableArray<FlowStep>>("steps", new StepsFormat())
        {
            Description = "The steps of a flow, in place of a program.",
            Example = "[{name: check, file: check.py}, {name: ask, approval: \"Send it?\"}, {name: send, shell: ./send.sh}]",
            OneOf = OneOfKeys,
            Get = job => (job.Work as FlowWork)?.Steps ?? [],
            Set = (job, value) => job.Doing<FlowWork>(work => work with { Graph = new FlowGraph(value) }),
        };

    public override JobWork Blank { get; } = new FlowWork(new FlowGraph([]));

    internal override void Check(Job job, GivenFields given, Reporter report)
    {
        if (job.Work is not FlowWork)
            return;
        foreach (var name in OfProcesses.Where(name => name != "args"))
        {
            if (given.Entry(name) is { } entry)
                report
                    .ForField(name)
                    .Error(entry.Key, "belongs to what runs in a process or container, and this job has steps; give it to a step");
        }

        foreach (var name in OfFlow)
        {
            if (given.Entry(name) is { } entry)
                CheckPlain(entry.Value, report.ForField(name));
        }

        if (job.IsKeptRunning && given.Entry("type") is { } type)
            report.ForField("type").Error(type.Key, "a flow ends, so it cannot be of type always; use interval, or a trigger");
    }

    // Nothing is there yet that a reference could name.
    private static void CheckPlain(YamlNode node, Reporter report)
    {
        foreach (var scalar in StepReferences.TextsIn(node).Where(scalar => HasReferences(scalar.Text)))
            report.Error(
                scalar,
                "has a reference, and only steps have references; give the value itself here, and let a step refer to it "
                    + "(${kwargs.NAME}, ${args[0]})"
            );
    }

    private static bool HasReferences(string text)
    {
        try
        {
            return Template.Parse(text).HasReferences;
        }
        catch (ExpressionException)
        {
            return false;
        }
    }
}
