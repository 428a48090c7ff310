namespace Aios.Jobs.Works;

/// <summary>Values, which are the result.</summary>
/// <param name="Json">With references.</param>
internal sealed record SetWork(string Json) : StepWork
{
    /// <inheritdoc/>
    public override WorkKind Kind => SetKind.Instance;
}
