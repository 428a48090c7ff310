using System.Collections.Immutable;

namespace Aios.Jobs.Works;

/// <summary>Steps, each of which runs on its own.</summary>
/// <param name="Graph">The steps and their order.</param>
internal sealed record FlowWork(FlowGraph Graph) : JobWork
{
    /// <inheritdoc/>
    public override WorkKind Kind => FlowKind.Instance;

    /// <summary>Its steps take them.</summary>
    public override bool TakesSlot => false;

    /// <summary>In the order of the list.</summary>
    public ImmutableArray<FlowStep> Steps => Graph.Steps;

    /// <summary>A flow is never launched: its steps are.</summary>
    public override TLaunch LaunchOn<TLaunch>(IWorkHost<TLaunch> host) => throw new NotSupportedException("A flow has no process.");
}
