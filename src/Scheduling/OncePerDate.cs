namespace Aios.Scheduling;

/// <summary>The searches of a schedule that has one occurrence for each local date.</summary>
/// <param name="clock">The clock whose dates they are.</param>
/// <param name="instantOf">
/// The instant for a date, in ticks of UTC. It never decreases from one date to the next, and lies between the first
/// instants of that date and of the second date after it.
/// </param>
internal sealed class OncePerDate(WallClock clock, Func<DateOnly, long> instantOf)
{
    // A skipped date's instant may be that of the date after it. Both searches then give the later date, so that one
    // instant is one occurrence.
    public Occurrence? Next(DateTimeOffset after)
    {
        for (var day = DayShownAt(after) - 1; day <= DateOnly.MaxValue.DayNumber; day++)
        {
            if (InstantOf(day) > after.UtcTicks && InstantOf(day + 1) != InstantOf(day))
            {
                return OccurrenceOn(day);
            }
        }

        return null;
    }

    public Occurrence? Latest(DateTimeOffset after, DateTimeOffset upTo)
    {
        for (var day = DayShownAt(upTo) + 2; day >= 0; day--)
        {
            var instant = InstantOf(day);
            if (instant <= upTo.UtcTicks)
            {
                return instant > after.UtcTicks ? OccurrenceOn(day) : null;
            }
        }

        return null;
    }

    private int DayShownAt(DateTimeOffset instant) => (int)(clock.At(instant.UtcTicks) / TimeSpan.TicksPerDay);

    private long InstantOf(int day)
    {
        if (day < 0)
        {
            return long.MinValue;
        }

        return day > DateOnly.MaxValue.DayNumber ? long.MaxValue : instantOf(DateOnly.FromDayNumber(day));
    }

    private Occurrence? OccurrenceOn(int day)
    {
        var instant = InstantOf(day);
        return instant < 0 || instant > DateTime.MaxValue.Ticks
            ? null
            : Occurrence.OnDate(new DateTimeOffset(instant, TimeSpan.Zero), DateOnly.FromDayNumber(day));
    }
}
