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
        if (queue.Flows.PlaceOf(triggerId) is not { } place || plans.Find(queue, place.PlanId, place.PlanDigest) is not { } plan)
            return null;
        if (plan.Graph.Find(place.Step) is not { } step)
            return null;
        var acting = Ladder.Acting(plan.Graph, step, place.Rung);
        if (!acting.IsDynamic)
            return plan.JobOf(acting);
        var state = new FlowState(queue.Flows.Find(place.FlowId)!, plan, queue, plans.Results, now);
        if (place.Item != StepRecord.Whole)
            state.Item = (state.ItemsOf(step, plans.Items)[place.Item], place.Item);
        return Under(plan, Evaluate(state, acting, place.Item), acting);
    }

    /// <summary>The job of a step, with the references in its fields followed.</summary>
    /// <exception cref="StepException">They cannot be, or what comes of them is not what the field must be.</exception>
    public static Job Evaluate(FlowState state, FlowStep step, int item)
    {
        var kind = step.Job.Work is ShellWork ? TemplateKind.Shell : TemplateKind.Plain;
        var json = state.Evaluate("step", StepFields.WithoutRules(step.Json), item, kind);
        var job = StepReader.ReadEvaluated(json, out var error) ?? throw new StepException(error!);
        return step.Job.Work is ShellWork work ? job with { Work = state.Evaluate(work, item) } : job;
    }

    /// <summary>
    /// The job of a step within its flow: what the flow's job says counts for each step that does not say it itself. Arguments are
    /// the trigger's.
    /// </summary>
    public static Job Under(FlowPlan plan, Job job, FlowStep step)
    {
        var flow = plan.Job;
        return job with
        {
            Name = NameOf(flow.Name, step.Name),
            Work = job.Work.Evaluated(),
            ArgsJson = "[]",
            KwargsJson = "{}",
            Workdir = job.Workdir ?? flow.Workdir,
            Env = flow.Env.SetItems(job.Env),
            EnvFiles = [.. flow.EnvFiles, .. job.EnvFiles],
            Secrets = [.. flow.Secrets.Union(job.Secrets)],
            Tags = flow.Tags.Union(job.Tags),
            Limits = job.Limits == JobLimits.None ? flow.Limits : job.Limits,
            MaxParallel = null,
            Overlap = Jobs.Overlap.Parallel,
        };
    }
}
