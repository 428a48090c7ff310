namespace Aios.Jobs.Works;

/// <summary>A job of the list.</summary>
internal sealed record JobCallWork(string JobName) : StepWork
{
    /// <inheritdoc/>
    public override WorkKind Kind => JobCallKind.Instance;
}
