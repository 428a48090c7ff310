namespace Aios.Store.Pruning;

/// <summary>All that is over, across the tables.</summary>
internal interface IHistory
{
    /// <summary>How the file is filled.</summary>
    StoredSpace Space();

    /// <summary>About when the oldest of it was written, UTC; null if there is none.</summary>
    DateTimeOffset? Oldest();

    /// <summary>The paths of all results that are in files.</summary>
    IReadOnlySet<string> ResultFiles();

    /// <summary>Removes a little of it, in a step that costs a few milliseconds at most.</summary>
    PruneResult Prune(PruneCutoffs cutoffs, PruneCursor place, TimeProvider clock);
}
