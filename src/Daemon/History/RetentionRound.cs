using Aios.Store.Pruning;

namespace Aios.Daemon.History;

/// <summary>
/// How far a round of pruning has come. It goes over the database once by the limits of age and number; if that leaves
/// more than the size allows, again and again with an ever shorter age, so that the oldest goes first.
/// </summary>
internal sealed record RetentionRound(PruneCutoffs Cutoffs, PruneCursor Place)
{
    // Younger than this nothing goes for want of space.
    private static readonly TimeSpan LeastAge = TimeSpan.FromHours(1);
    private const double ShorterEachTime = 0.9;

    // Once it is too large it is brought well below, not to the edge.
    private const double ShareToReach = 0.95;

    private TimeSpan? Age { get; init; }

    /// <summary>The first step of a round.</summary>
    public static RetentionRound Begin(RetentionLimits limits, DateTimeOffset now) => new(PruneCutoffs.Of(limits, now), PruneCursor.Start);

    /// <summary>The same step, without a row that may not be removed.</summary>
    public RetentionRound Without(PruneRefusal row) =>
        this with
        {
            Cutoffs = Cutoffs with { Skipped = Cutoffs.Skipped.Add((row.Table, row.Id)) },
        };

    /// <summary>What comes after a step; null if the round is over.</summary>
    /// <param name="result">What the step did.</param>
    /// <param name="oldest">When the oldest that is left was written, UTC.</param>
    /// <param name="limits">What is kept.</param>
    /// <param name="now">The present instant.</param>
    public RetentionRound? After(PruneResult result, DateTimeOffset? oldest, RetentionLimits limits, DateTimeOffset now)
    {
        if (result.Place.Stage != PruneStage.Done)
            return this with { Place = result.Place };
        if (limits.Bytes is not { } most || oldest is not { } since)
            return null;
        var toReach = (long)(most * ShareToReach);
        if (result.Space.UsedBytes <= (Age is null ? most : toReach))
            return null;
        var age = (Age ?? now - since) * ShorterEachTime;
        return age < LeastAge
            ? null
            : new RetentionRound(PruneCutoffs.ForSize(limits, now, age, toReach) with { Skipped = Cutoffs.Skipped }, PruneCursor.Start)
            {
                Age = age,
            };
    }
}
