namespace Aios.Control;

/// <summary>What came of an order to end something.</summary>
/// <param name="Runs">The runs that were asked to end.</param>
/// <param name="CanceledTriggers">Number of triggers that were canceled before they started.</param>
internal sealed record StopOutcome(IReadOnlyList<long> Runs, int CanceledTriggers)
{
    /// <summary>Which triggers of the job are still queued, for the next transaction; null if nothing does.</summary>
    public StopRest? Rest { get; init; }

    /// <summary>Whether there was nothing to end.</summary>
    public bool IsNothing => Runs.Count == 0 && CanceledTriggers == 0;
}
