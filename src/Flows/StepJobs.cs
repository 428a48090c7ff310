using System.Collections.Immutable;
using Aios.Expressions;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Store;
using Aios.Store.Flows;

namespace Aios.Flows;

/// <summary>
/// What runs for a step: a job that no list has. Its name is that of the flow's job and that of the step, with a slash between
/// them, which no name in a list can have.
/// </summary>
internal static class StepJobs
{
    private const char Separator = '/';

    /// <summary>The name of a step's job.</summary>
    public static string NameOf(string flowJob, string step) => $"{flowJob}{Separator}{step}";

    /// <summary>Whether a job of that name is that of a step.</summary>
    public static bool IsStep(string jobName) => jobName.Contains(Separator);

    /// <summary>The job of the flow that a step is of.</summary>
    public static string FlowJobOf(string jobName) => jobName[..jobName.IndexOf(Separator)];

    /// <summary>The job of the step for which a trigger is; null if it is for none that goes on.</summary>
    /// <exception cref="StepException">Its fields cannot be evaluated.</exception>
    public static Job? Find(FlowPlans plans, IStoreTransaction queue, long triggerId, DateTimeOffset now)
    {
        if (queue.Flows.StepOf(triggerId) is not { IsOver: false } row || queue.Flows.Find(row.FlowId) is not { Ended: null } flow)
            return null;
        if (plans.Find(queue, flow) is not { } plan || plan.Graph.Find(row.Step) is not { } step)
            return null;
        var acting = Ladder.Acting(plan.Graph, step, row.Rung);
        var job = acting.Job;
        if (acting.IsDynamic)
        {
            var state = new FlowState(flow, plan, queue, plans.Results, now);
            if (row.Item != StepRecord.Whole)
                state.Item = (state.ItemsOf(step, plans.Items)[row.Item], row.Item);
            job = Evaluate(state, acting, row.Item);
        }

        return Under(plan.Job, job, NameOf(flow.JobName, acting.Name));
    }

    /// <summary>The job of a step, with the references in its fields followed.</summary>
    /// <exception cref="StepException">They cannot be, or what comes of them is not what the field must be.</exception>
    public static Job Evaluate(FlowState state, FlowStep step, int item)
    {
        var kind = step.Job.Work is ShellWork ? TemplateKind.Shell : TemplateKind.Plain;
        var json = state.Evaluate("step", StepFields.WithoutRules(step.Json), item, kind);
        return StepReader.ReadEvaluated(json, out var error) ?? throw new StepException(error!);
    }

    // What the flow's job says counts for each step that does not say it itself. Arguments are the trigger's.
    private static Job Under(Job flow, Job step, string name) =>
        step with
        {
            Name = name,
            ArgsJson = "[]",
            KwargsJson = "{}",
            Workdir = step.Workdir ?? flow.Workdir,
            Env = flow.Env.SetItems(step.Env),
            EnvFiles = [.. flow.EnvFiles, .. step.EnvFiles],
            Secrets = [.. flow.Secrets.Union(step.Secrets)],
            Tags = flow.Tags.Union(step.Tags),
            Limits = step.Limits == JobLimits.None ? flow.Limits : step.Limits,
            MaxParallel = null,
            Overlap = Jobs.Overlap.Parallel,
        };
}
