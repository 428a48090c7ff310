namespace Aios.Jobs.Works;

/// <summary>
/// A step of a flow, as the list defines it. What it runs is a job of its own; <see cref="Job.Step"/> says when, how often and what
/// happens if it fails.
/// </summary>
/// <param name="Job">
/// What is known before it starts. A value with references that has another form than its field is missing in it.
/// </param>
/// <param name="Json">All that the list says of it, as JSON, in which the references are.</param>
/// <param name="IsDynamic">Whether fields of the job itself have references, beyond its arguments and its values.</param>
internal sealed record FlowStep(Job Job, string Json, bool IsDynamic)
{
    /// <summary>Unique in the flow.</summary>
    public string Name => Job.Name;

    /// <summary>When it starts, how often, and what happens if it fails.</summary>
    public StepRules Rules => Job.Step;
}
