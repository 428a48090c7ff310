namespace Aios.Scheduling;

/// <summary>
/// What a clock on the wall in a time zone shows at which instant. Instants are ticks of UTC, wall times are ticks
/// of local time, both since 0001-01-01. Either may lie outside the range of <see cref="DateTime"/>.
/// </summary>
/// <remarks>
/// Only offsets of UTC instants are asked of the platform: its <c>IsInvalidTime</c> and <c>IsAmbiguousTime</c> miss
/// changes in zones with negative daylight saving (Dublin, Casablanca) or a moved standard time (Amman, Moscow).
/// A change is seen by comparing two offsets at most <see cref="Reach"/> apart. Two changes that undo each other
/// within that time would go unnoticed; in the tz database no two changes of a zone are closer than 95 hours.
/// </remarks>
internal readonly struct WallClock(TimeZoneInfo zone)
{
    /// <summary>Longer than any change of offset, and shorter than the time between any two of them.</summary>
    public const long Reach = 2 * TimeSpan.TicksPerDay;

    private const long LargestOffset = 14 * TimeSpan.TicksPerHour;

    /// <summary>Local time less UTC.</summary>
    public long OffsetAt(long instant)
    {
        var utc = new DateTime(Math.Clamp(instant, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
        return zone.GetUtcOffset(utc).Ticks;
    }

    /// <summary>What the clock shows at an instant.</summary>
    public long At(long instant) => instant + OffsetAt(instant);

    /// <summary>
    /// The first instant at which the clock shows <paramref name="wall"/> or later. So a time that the clock never
    /// shows gives the first instant after the gap, and one that it shows twice gives the first of the two.
    /// </summary>
    public long FirstReaching(long wall)
    {
        var (before, after) = (wall - LargestOffset, wall + LargestOffset);
        var (offsetBefore, offsetAfter) = (OffsetAt(before), OffsetAt(after));
        var instant = wall - offsetBefore;
        if (offsetBefore == offsetAfter)
        {
            return instant;
        }

        var change = Bisect(before, offsetBefore, after);
        return instant < change ? instant : Math.Max(change, wall - offsetAfter);
    }

    /// <summary>
    /// The latest time the clock has shown up to and including an instant. While an hour is repeated this is the end
    /// of its first showing. It is the inverse of <see cref="FirstReaching"/>: an instant is later than t exactly if
    /// its wall time is later than what has been shown up to t.
    /// </summary>
    public long LatestShown(long instant)
    {
        var offset = OffsetAt(instant);
        var before = instant - Reach;
        var offsetBefore = OffsetAt(before);
        if (offsetBefore <= offset)
        {
            return instant + offset;
        }

        var change = Bisect(before, offsetBefore, instant);
        return Math.Max(instant + offset, change - 1 + offsetBefore);
    }

    /// <summary>
    /// The first instant on the way from <paramref name="start"/> to <paramref name="end"/> (at most
    /// <see cref="Reach"/> apart, in either direction) with an offset other than that of <paramref name="start"/>.
    /// </summary>
    public bool TryFindChange(long start, long offsetAtStart, long end, out long change)
    {
        var changed = OffsetAt(end) != offsetAtStart;
        change = changed ? Bisect(start, offsetAtStart, end) : 0;
        return changed;
    }

    // Changes happen at whole seconds. So the offset at an instant is that of the second it lies in, and seconds
    // are all that need be searched.
    private long Bisect(long same, long offset, long other)
    {
        (same, other) = (Seconds(same), Seconds(other));
        while (Math.Abs(other - same) > 1)
        {
            var middle = same + (other - same) / 2;
            if (OffsetAt(middle * TimeSpan.TicksPerSecond) == offset)
            {
                same = middle;
            }
            else
            {
                other = middle;
            }
        }

        // On the way back the second found ends, rather than begins, with the last tick before the change.
        return other > same ? other * TimeSpan.TicksPerSecond : same * TimeSpan.TicksPerSecond - 1;
    }

    // Beyond the range of DateTime there are no changes.
    private static long Seconds(long instant) => Math.Clamp(instant, 0, DateTime.MaxValue.Ticks) / TimeSpan.TicksPerSecond;
}
