using Aios.Store.Pruning;
using Aios.Store.Results;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Pruning;
using Dapper;

namespace Aios.Store.Sqlite.Tables;

/// <inheritdoc />
internal sealed class HistoryQueries : IHistory
{
    private readonly Statements _sql;

    internal HistoryQueries(Statements sql) => _sql = sql;

    /// <inheritdoc />
    public StoredSpace Space() => FileSpace.Of(_sql.Database);

    /// <inheritdoc />
    public DateTimeOffset? Oldest() =>
        _sql.Database.QueryFirst<double>(
            """
            SELECT CAST(min(coalesce((SELECT started FROM runs ORDER BY id LIMIT 1), 9e99),
                coalesce((SELECT timestamp FROM logs ORDER BY id LIMIT 1), 9e99)) AS REAL)
            """
        )
            is < 9e99
                and var seconds
            ? UnixTime.ToInstant(seconds)
            : null;

    /// <inheritdoc />
    public IReadOnlySet<string> ResultFiles() =>
        _sql.Query(
                """
                SELECT CAST(result_file AS TEXT) FROM runs INDEXED BY runs_with_file WHERE result_file IS NOT NULL
                UNION SELECT CAST(result_file AS TEXT) FROM steps INDEXED BY steps_with_file WHERE result_file IS NOT NULL
                """,
                row => ResultReference.Read(row.GetString(0))!.Path
            )
            .ToHashSet(StringComparer.Ordinal);

    /// <inheritdoc />
    public PruneResult Prune(PruneCutoffs cutoffs, PruneCursor place, TimeProvider clock) => new Pruner(_sql, cutoffs, clock).Step(place);
}
