using System.Collections.Immutable;

namespace Aios.Store.Pruning;

/// <summary>How far a round has come. It is kept in memory only: a new round finds by itself what is left.</summary>
internal sealed record PruneCursor(PruneStage Stage)
{
    /// <summary>Where a round begins.</summary>
    public static PruneCursor Start { get; } = new(PruneStage.Triggers);

    /// <summary>The job being looked at, as its column holds it; null before the first.</summary>
    internal object? Job { get; init; }

    /// <summary>Which of the job's groups: 0, or 1 for triggers with a dedup key.</summary>
    internal int Group { get; init; }

    /// <summary>Rows up to here have been judged.</summary>
    internal long AfterId { get; init; } = long.MinValue;

    /// <summary>Rows up to here exceed the number that is kept; null while they are still being counted.</summary>
    internal long? SurplusUpTo { get; init; }

    /// <summary>While counting from the newest: how far that has come, and how many rows that were.</summary>
    internal (long Id, long Rows) Counted { get; init; } = (long.MaxValue, 0);

    /// <summary>The first line of each run that goes on which is kept whatever its age.</summary>
    internal ImmutableDictionary<long, long> KeptFrom { get; init; } = ImmutableDictionary<long, long>.Empty;

    /// <summary>The same stage, at another group.</summary>
    internal PruneCursor At(object? job, int group) => new(Stage) { Job = job, Group = group };
}
