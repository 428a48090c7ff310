using System.Collections.Immutable;

namespace Aios.Scheduling;

/// <summary>What is due of a schedule at some instant.</summary>
/// <param name="Due">What is to be run or recorded as skipped, oldest first.</param>
/// <param name="Cursor">The last instant considered, UTC: where the next plan begins. Never later than now.</param>
/// <param name="Next">When there will be more, UTC, or null for never.</param>
internal sealed record OccurrencePlan(ImmutableArray<PlannedOccurrence> Due, DateTimeOffset Cursor, DateTimeOffset? Next);
