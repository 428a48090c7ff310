namespace Aios.Store.Pruning;

/// <summary>
/// A refusal that undid the whole transaction (<c>RAISE(ROLLBACK, ...)</c>): the step must be done again without the row.
/// </summary>
internal sealed class PruneRefusedException(PruneRefusal refusal, Exception error) : Exception(refusal.Why, error)
{
    /// <summary>The row.</summary>
    public PruneRefusal Refusal { get; } = refusal;
}
