namespace Aios.Jobs.Places;

/// <summary>Processes of the machine that the daemon is on.</summary>
internal sealed record MachinePlace : JobPlace
{
    /// <inheritdoc/>
    public override PlaceKind Kind => MachineKind.Instance;
}
