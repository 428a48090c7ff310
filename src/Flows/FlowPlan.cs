using System.Text;
using Aios.Expressions;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Platform;

namespace Aios.Flows;

/// <summary>What a flow follows: its job as it was when the flow began.</summary>
internal sealed class FlowPlan
{
    private readonly Dictionary<string, JsonTemplate> _templates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShellLine> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Expression> _conditions = new(StringComparer.Ordinal);
    private readonly Dictionary<FlowStep, Job> _jobs = new(ReferenceEqualityComparer.Instance);

    private FlowPlan(Job job, string digest)
    {
        Job = job;
        Digest = digest;
        Graph = ((FlowWork)job.Work).Graph;
    }

    /// <summary>The job.</summary>
    public Job Job { get; }

    /// <summary>The SHA-256 of the plan, in hexadecimal.</summary>
    public string Digest { get; }

    /// <summary>Its steps and their order.</summary>
    public FlowGraph Graph { get; }

    /// <summary>The plan that a job makes, and its text.</summary>
    public static (FlowPlan Plan, string Json) From(Job job)
    {
        var json = JobJson.Write(job);
        return (new FlowPlan(job, Convert.ToHexStringLower(Sha256.Of(Encoding.UTF8.GetBytes(json)))), json);
    }

    /// <summary>The plan of a text; null if this program does not understand it.</summary>
    public static FlowPlan? Read(string json, string digest)
    {
        var list = JobListLoader.Parse($"[{json}]", "plan");
        return list.Jobs is [{ Work: FlowWork } job] ? new FlowPlan(job, digest) : null;
    }

    /// <summary>The job of a step whose fields refer to nothing, put together once.</summary>
    public Job JobOf(FlowStep step)
    {
        if (!_jobs.TryGetValue(step, out var job))
            _jobs[step] = job = StepJobs.Under(this, step.Job, step);
        return job;
    }

    /// <summary>A JSON text in which references are followed, parsed once.</summary>
    public JsonTemplate Template(string json, TemplateKind kind = TemplateKind.Plain)
    {
        if (!_templates.TryGetValue(json, out var template))
            _templates[json] = template = JsonTemplate.Parse(json, kind);
        return template;
    }

    /// <summary>A command line, parsed once.</summary>
    public ShellLine Line(string text)
    {
        if (!_lines.TryGetValue(text, out var line))
            _lines[text] = line = ShellLine.Parse(text);
        return line;
    }

    /// <summary>A condition, parsed once.</summary>
    public Expression Condition(string text)
    {
        if (!_conditions.TryGetValue(text, out var condition))
            _conditions[text] = condition = Expression.Parse(text);
        return condition;
    }
}
