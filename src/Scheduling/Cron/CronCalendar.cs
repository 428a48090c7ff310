namespace Aios.Scheduling;

/// <summary>The wall times that a cron expression names, without regard to any time zone. Cronos finds them.</summary>
/// <param name="Days">What the expression names; the first half of it, where either day field is enough.</param>
/// <param name="Weekdays">The other half, if there is one.</param>
internal sealed record CronCalendar(Cronos.CronExpression Days, Cronos.CronExpression? Weekdays)
{
    public const long None = -1;

    /// <summary>
    /// Whether it names no day that any year has, such as the 30th of February. Cronos looks through every year to find out:
    /// here, once.
    /// </summary>
    public bool IsEmpty { get; } = IsEmptyHalf(Days) && (Weekdays is null || IsEmptyHalf(Weekdays));

    /// <summary>
    /// The matching wall time nearest to <paramref name="from"/>, at it or beyond it, in ticks since 0001-01-01, or
    /// None. Matching times are whole seconds; <paramref name="from"/> need not be one.
    /// </summary>
    public long Nearest(long from, Direction direction)
    {
        var start = direction == Direction.Forward ? Math.Max(from, 0) : Math.Min(from, DateTime.MaxValue.Ticks);
        if (IsEmpty || start < 0 || start > DateTime.MaxValue.Ticks)
            return None;

        var wall = new DateTime(start, DateTimeKind.Utc);
        var found = Find(Days, wall, direction);
        return Weekdays is null ? found : Nearer(found, Find(Weekdays, wall, direction), direction);
    }

    private static long Nearer(long one, long other, Direction direction)
    {
        if (one == None || other == None)
            return Math.Max(one, other);
        return direction == Direction.Forward ? Math.Min(one, other) : Math.Max(one, other);
    }

    // A wall time is given to Cronos as if it were UTC, where no hour is skipped and none is repeated.
    private static long Find(Cronos.CronExpression half, DateTime wall, Direction direction) =>
        (direction == Direction.Forward ? half.GetNextOccurrence(wall, inclusive: true) : Previous(half, wall))?.Ticks ?? None;

    // On its way back Cronos 0.13 counts days that a month has not (29W and L-30 in February). Its way forward knows better.
    private static DateTime? Previous(Cronos.CronExpression half, DateTime wall)
    {
        var found = half.GetPreviousOccurrence(wall, inclusive: true);
        while (found is { } at && half.GetNextOccurrence(at, inclusive: true) != at)
            found = half.GetPreviousOccurrence(at);
        return found;
    }

    private static bool IsEmptyHalf(Cronos.CronExpression half) =>
        Find(half, DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), Direction.Forward) == None;
}
