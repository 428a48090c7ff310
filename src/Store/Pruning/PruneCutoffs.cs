using System.Collections.Immutable;

namespace Aios.Store.Pruning;

/// <summary>What a round of pruning removes. Instants are UTC.</summary>
/// <param name="Before">What ended before goes; null: age does not matter.</param>
/// <param name="KeysBefore">A trigger with a dedup key goes only if it was closed before.</param>
/// <param name="Rows">How many rows of each job stay; null: any number.</param>
/// <param name="LogLines">How many newer lines make a line go; null: any number.</param>
internal sealed record PruneCutoffs(DateTimeOffset? Before, DateTimeOffset KeysBefore, long? Rows, long? LogLines)
{
    /// <summary>Ends the round as soon as the database holds no more than this; null: when everything has been looked at.</summary>
    public long? UntilBytes { get; init; }

    /// <summary>Rows that are known to stay whatever is asked for.</summary>
    public ImmutableHashSet<(string Table, long Id)> Skipped { get; init; } = [];

    /// <summary>What the limits mean now.</summary>
    public static PruneCutoffs Of(RetentionLimits limits, DateTimeOffset now) =>
        new(limits.Age is { } age ? Earlier(now, age) : null, Earlier(now, limits.Keys), limits.Rows, limits.LogLines);

    /// <summary>For a database that is too large: all that is older than <paramref name="age"/>, until it is small enough.</summary>
    public static PruneCutoffs ForSize(RetentionLimits limits, DateTimeOffset now, TimeSpan age, long bytes) =>
        new(Earlier(now, age), Earlier(now, limits.Keys), null, null) { UntilBytes = bytes };

    private static DateTimeOffset Earlier(DateTimeOffset now, TimeSpan span) =>
        span < now - DateTimeOffset.MinValue ? now - span : DateTimeOffset.MinValue;
}
