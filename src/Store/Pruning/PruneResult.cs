namespace Aios.Store.Pruning;

/// <summary>What one step did.</summary>
/// <param name="Place">Where the next one goes on.</param>
/// <param name="Triggers">Removed triggers.</param>
/// <param name="Runs">Removed runs.</param>
/// <param name="Lines">Removed log lines.</param>
internal sealed record PruneResult(PruneCursor Place, long Triggers, long Runs, long Lines)
{
    /// <summary>Rows that may not be removed, and stay.</summary>
    public required IReadOnlyList<PruneRefusal> Refused { get; init; }

    /// <summary>How the file is filled, after the step.</summary>
    public required StoredSpace Space { get; init; }
}
