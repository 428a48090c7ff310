using System.Collections.Immutable;
using System.Globalization;

namespace Aios.Scheduling;

/// <summary>
/// Decides which occurrences run, now that some time has passed. Pure: the caller keeps the cursor and reads the clock.
/// The cost is bounded by a few thousand questions to the schedule, however long nothing could run.
/// </summary>
/// <remarks>
/// An occurrence is on time if it is at most <see cref="OnTime"/> old. Older ones were missed, and the policy says what
/// becomes of them. Several that are on time together are one run, except under <see cref="CatchUp.All"/>.
/// </remarks>
internal static class OccurrencePlanner
{
    /// <summary>How old an occurrence may be and still count as in time.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromSeconds(60);

    /// <summary>How many occurrences <see cref="CatchUp.All"/> makes up for at most: the latest ones.</summary>
    public const int CatchUpLimit = 1000;

    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    /// <summary>The plan for the occurrences in (cursor, now].</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="cursor">
    /// The last instant considered. If the clock has stepped back behind it, planning goes on from now; occurrences
    /// that come a second time are told by their keys.
    /// </param>
    /// <param name="now">The present instant.</param>
    /// <param name="policy">What is done about missed occurrences.</param>
    public static OccurrencePlan Plan(ISchedule schedule, DateTimeOffset cursor, DateTimeOffset now, CatchUp policy)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var start = (cursor < now ? cursor : now).ToUniversalTime();
        var due = policy == CatchUp.All ? PlanEach(schedule, start, now) : PlanLatest(schedule, start, now, policy);
        var end = due.IsEmpty ? start : due[^1].Occurrence.At;
        return new OccurrencePlan(due, end, schedule.Next(end)?.At);
    }

    private static ImmutableArray<PlannedOccurrence> PlanLatest(
        ISchedule schedule,
        DateTimeOffset start,
        DateTimeOffset now,
        CatchUp policy
    )
    {
        if (schedule.Latest(start, now) is not { } latest)
        {
            return [];
        }

        var timetable = schedule.TimetableFrom(start);
        var missed = MissedOccurrences.Find(timetable, start, now - OnTime - Tick);
        var last = timetable.Latest(start, now)?.At ?? latest.At;
        var onTimeSince = missed is null ? start : now - OnTime - Tick;
        var together = MissedOccurrences.Find(timetable, onTimeSince, last - Tick);
        if (missed is null)
        {
            return [InTime(latest, together is { } others ? $"{WhyTogether(others)}." : null)];
        }

        if (policy == CatchUp.Once)
        {
            return [MakeUp(latest, $"Makes up for {missed}.{(together is { } more ? $" {WhyTogether(more)}." : "")}")];
        }

        var skip = SkipAll(missed.Value);
        return IsOnTime(last, now) ? [skip, InTime(latest, together is { } rest ? $"{WhyTogether(rest)}." : null)] : [skip];
    }

    private static ImmutableArray<PlannedOccurrence> PlanEach(ISchedule schedule, DateTimeOffset start, DateTimeOffset now)
    {
        var timetable = schedule.TimetableFrom(start);
        var due = LatestOnes(timetable, start, now).Select(occurrence => MakeUp(occurrence, WhyInTurn(occurrence, now))).ToList();
        if (due is [{ Occurrence: var only }] && IsOnTime(only.At, now))
        {
            return [InTime(only, null)];
        }

        if (due.Count == CatchUpLimit && MissedOccurrences.Find(timetable, start, due[0].Occurrence.At - Tick) is { } leftOut)
        {
            due[0] = due[0] with { Reason = $"{due[0].Reason} {WhyLeftOut(leftOut)}" };
        }

        return [.. due];
    }

    private static Stack<Occurrence> LatestOnes(ISchedule timetable, DateTimeOffset start, DateTimeOffset now)
    {
        var oldestOnTop = new Stack<Occurrence>();
        var upTo = now;
        while (oldestOnTop.Count < CatchUpLimit && timetable.Latest(start, upTo) is { } occurrence)
        {
            oldestOnTop.Push(occurrence);
            upTo = occurrence.At - Tick;
        }

        return oldestOnTop;
    }

    private static bool IsOnTime(DateTimeOffset occurrence, DateTimeOffset now) => now - occurrence <= OnTime;

    private static PlannedOccurrence InTime(Occurrence occurrence, string? note) => new(occurrence, Skip: false, note, IsCatchUp: false);

    private static PlannedOccurrence MakeUp(Occurrence occurrence, string reason) => new(occurrence, Skip: false, reason, IsCatchUp: true);

    private static PlannedOccurrence SkipAll(MissedOccurrences missed) =>
        new(missed.Last, Skip: true, $"Not run: {missed}, and catch_up is none.", IsCatchUp: false);

    private static string WhyTogether(MissedOccurrences others) => $"Runs also for {others.InWords("earlier ")}";

    private static string WhyInTurn(Occurrence occurrence, DateTimeOffset now) =>
        IsOnTime(occurrence.At, now)
            ? $"Due at {TimeWords.Of(occurrence.At)}, in its turn behind those before it."
            : $"Makes up for the occurrence missed at {TimeWords.Of(occurrence.At)}.";

    private static string WhyLeftOut(MissedOccurrences leftOut) =>
        string.Create(CultureInfo.InvariantCulture, $"Left out, as at most {CatchUpLimit:N0} are made up for: {leftOut}.");
}
