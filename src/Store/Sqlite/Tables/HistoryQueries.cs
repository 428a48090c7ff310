using Aios.Store.Pruning;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Pruning;

namespace Aios.Store.Sqlite.Tables;

/// <summary>All that is over, across the tables.</summary>
internal sealed class HistoryQueries
{
    private readonly Statements _sql;

    internal HistoryQueries(Statements sql) => _sql = sql;

    /// <summary>How the file is filled.</summary>
    public StoredSpace Space() => FileSpace.Of(_sql);

    /// <summary>About when the oldest of it was written, UTC; null if there is none.</summary>
    public DateTimeOffset? Oldest() => _sql.Query(
        "SELECT min(coalesce((SELECT started FROM runs ORDER BY id LIMIT 1), 9e99), coalesce((SELECT timestamp FROM logs ORDER BY id LIMIT 1), 9e99))",
        row => row.GetDouble(0) < 9e99 ? UnixTime.ToInstant(row.GetDouble(0)) : (DateTimeOffset?)null)[0];

    /// <summary>Removes a little of it: see <see cref="Pruner"/>.</summary>
    public PruneResult Prune(PruneCutoffs cutoffs, PruneCursor place, TimeProvider clock) => new Pruner(_sql, cutoffs, clock).Step(place);
}
