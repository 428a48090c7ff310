using System.Collections.Immutable;
using Aios.Store.Triggers;

namespace Aios.Daemon.Claiming;

/// <summary>How far work on rows in line has come that is done in slices, for of one job there may be a million.</summary>
internal sealed record LinePlaces
{
    /// <summary>All is done.</summary>
    public static readonly LinePlaces Done = new();

    /// <summary>Jobs whose rows still have to take their job's priority, and the last row that was looked at.</summary>
    public ImmutableSortedDictionary<string, long> Ranking { get; init; } =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>Up to where waits still have to be judged by a clock that went back; null if they need not.</summary>
    public WaitingPlace? Rewinding { get; init; }

    /// <summary>Whether nothing is left to do.</summary>
    public bool IsDone => Ranking.Count == 0 && Rewinding is null;
}
