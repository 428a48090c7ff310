namespace Aios.Jobs.Works;

/// <summary>What only a step of a flow can be: the flow itself does it, without a process of its own.</summary>
internal abstract record StepWork : JobWork
{
    /// <inheritdoc />
    public sealed override bool TakesSlot => false;

    /// <summary>Never: the flow does it.</summary>
    public sealed override TLaunch LaunchOn<TLaunch>(IWorkHost<TLaunch> host) =>
        throw new NotSupportedException($"A step with \"{Kind.Key.Name}\" has no process.");
}
