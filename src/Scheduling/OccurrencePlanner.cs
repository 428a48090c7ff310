using System.Collections.Immutable;
using System.Globalization;

namespace Aios.Scheduling;

/// <summary>
/// Decides which occurrences run, now that some time has passed. Pure: the caller keeps the cursor and reads the clock.
/// The cost is bounded by a few thousand questions to the schedule, however long nothing could run.
/// </summary>
/// <remarks>
/// The latest occurrence is in time if it is at most <see cref="OnTime"/> old, and then runs under every policy. All
/// others that are due were missed, and the policy says what becomes of them.
/// </remarks>
public static class OccurrencePlanner
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
        ISchedule schedule, DateTimeOffset start, DateTimeOffset now, CatchUp policy)
    {
        if (schedule.Latest(start, now) is not { } latest)
        {
            return [];
        }

        var isOnTime = IsOnTime(latest, now);
        if (FindMissed(schedule, start, latest, isOnTime) is not { } missed)
        {
            return [InTime(latest)];
        }

        if (policy == CatchUp.Once)
        {
            return [MakeUp(latest, $"Makes up for {missed}.")];
        }

        return isOnTime ? [SkipAll(missed), InTime(latest)] : [SkipAll(missed)];
    }

    // An interval's latest occurrence may start later than its time; the one whose place it takes is not missed.
    private static MissedOccurrences? FindMissed(
        ISchedule schedule, DateTimeOffset start, Occurrence latest, bool isOnTime)
    {
        var timetable = TimetableOf(schedule, start);
        var last = timetable.Latest(start, latest.At)?.At ?? latest.At;
        return MissedOccurrences.Find(timetable, start, isOnTime ? last - Tick : last);
    }

    private static ImmutableArray<PlannedOccurrence> PlanEach(
        ISchedule schedule, DateTimeOffset start, DateTimeOffset now)
    {
        var timetable = TimetableOf(schedule, start);
        var due = ImmutableArray.CreateBuilder<PlannedOccurrence>();
        foreach (var occurrence in LatestOnes(timetable, start, now))
        {
            due.Add(MakeUp(occurrence, $"Makes up for the occurrence missed at {TimeWords.Of(occurrence.At)}."));
        }

        if (due.Count > 0 && IsOnTime(due[^1].Occurrence, now))
        {
            due[^1] = InTime(due[^1].Occurrence);
        }

        if (due.Count == CatchUpLimit
            && MissedOccurrences.Find(timetable, start, due[0].Occurrence.At - Tick) is { } leftOut)
        {
            due[0] = due[0] with { Reason = $"{due[0].Reason} {WhyLeftOut(leftOut)}" };
        }

        return due.ToImmutable();
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

    // When intervals would have begun, had each begun in time.
    private static ISchedule TimetableOf(ISchedule schedule, DateTimeOffset start) =>
        schedule is IntervalSchedule interval ? interval.AnchoredAt(start) : schedule;

    private static bool IsOnTime(Occurrence occurrence, DateTimeOffset now) => now - occurrence.At <= OnTime;

    private static PlannedOccurrence InTime(Occurrence occurrence) =>
        new(occurrence, Skip: false, Reason: null, IsCatchUp: false);

    private static PlannedOccurrence MakeUp(Occurrence occurrence, string reason) =>
        new(occurrence, Skip: false, reason, IsCatchUp: true);

    private static PlannedOccurrence SkipAll(MissedOccurrences missed) =>
        new(missed.Last, Skip: true, $"Not run: {missed}, and catch_up is none.", IsCatchUp: false);

    private static string WhyLeftOut(MissedOccurrences leftOut) =>
        string.Create(CultureInfo.InvariantCulture, $"Left out, as at most {CatchUpLimit:N0} are made up for: {leftOut}.");
}
