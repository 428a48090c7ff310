namespace Aios.Scheduling;

/// <summary>
/// Finds the occurrence nearest to an instant, in either direction, in a time zone. Which instants are occurrences
/// does not depend on the direction, so that the previous of the next is never later than where one began.
/// </summary>
/// <remarks>The daylight-saving rules are those of Cronos' README, section "Daylight Saving Time".</remarks>
internal static class CronSearch
{
    public const long None = -1;

    /// <summary>
    /// The occurrence of an expression that names times of day ("at 02:30"): each wall time counts once, when the
    /// clock first shows it or, if it never does, when it first shows something later.
    /// </summary>
    public static long FixedTimes(CronCalendar calendar, WallClock clock, long start, Direction direction)
    {
        var wall =
            direction == Direction.Forward
                ? calendar.Nearest(clock.LatestShown(start - 1) + 1, direction)
                : calendar.Nearest(clock.LatestShown(start), direction);
        return wall == CronCalendar.None ? None : clock.FirstReaching(wall);
    }

    /// <summary>
    /// The occurrence of an expression that names a rhythm ("every 5 minutes"): every instant at which the clock
    /// shows a matching time. So a repeated hour has its occurrences twice and a skipped one has none.
    /// </summary>
    public static long EveryShowing(CronCalendar calendar, WallClock clock, long start, Direction direction)
    {
        var reach = (long)direction * WallClock.Reach;
        while (true)
        {
            var offset = clock.OffsetAt(start);
            var wall = calendar.Nearest(start + offset, direction);
            if (wall == CronCalendar.None)
            {
                return None;
            }

            // The candidate holds if the offset stays as it is on the way. Else the search begins anew at the change.
            var candidate = wall - offset;
            var isNear = Math.Abs(candidate - start) <= WallClock.Reach;
            if (clock.TryFindChange(start, offset, isNear ? candidate : start + reach, out var change))
            {
                start = change;
            }
            else if (isNear)
            {
                return candidate;
            }
            else
            {
                // A change far from both ends cannot bring back a time that matches: it moves the clock less than Reach.
                start = candidate - reach;
            }
        }
    }
}
