using Aios.Store.Sqlite.Pruning;

namespace Aios.Store.Pruning;

/// <summary>All that is over, across the tables.</summary>
internal interface IHistory
{
    /// <summary>How the file is filled.</summary>
    StoredSpace Space();

    /// <summary>About when the oldest of it was written, UTC; null if there is none.</summary>
    DateTimeOffset? Oldest();

    /// <summary>Removes a little of it: see <see cref="Pruner"/>.</summary>
    PruneResult Prune(PruneCutoffs cutoffs, PruneCursor place, TimeProvider clock);
}
