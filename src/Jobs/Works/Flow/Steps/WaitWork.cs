namespace Aios.Jobs.Works;

/// <summary>A wait, for a time or for a signal.</summary>
/// <param name="Time">A duration or an instant, perhaps with references; null for a signal.</param>
/// <param name="Signal">The name of the signal, perhaps with references; null for a time.</param>
internal sealed record WaitWork(string? Time, string? Signal) : StepWork
{
    /// <inheritdoc/>
    public override WorkKind Kind => WaitKind.Instance;
}
