using Aios.Store.Runs;

namespace Aios.Tests.Kinds.Nowhere;

/// <summary>Nothing is started: a run ends at once, as its job says.</summary>
internal sealed record NowherePlace : JobPlace
{
    public override PlaceKind Kind => NowhereKind.Instance;

    public RunStatus Outcome { get; init; } = RunStatus.Succeeded;
}
