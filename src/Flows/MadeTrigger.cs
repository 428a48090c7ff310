using Aios.Jobs;

namespace Aios.Flows;

/// <summary>A trigger that a flow has put into the line.</summary>
/// <param name="Id">Its row.</param>
/// <param name="JobName">What it runs.</param>
/// <param name="StepJob">The job of the step, with the references in its fields followed; null for a job of the list.</param>
internal sealed record MadeTrigger(long Id, string JobName, Job? StepJob);
