namespace Aios.Scheduling;

/// <summary>The wall times that a cron expression names, without regard to any time zone.</summary>
internal readonly record struct CronCalendar(CronTimes Times, CronDays Days)
{
    public const long None = -1;

    /// <summary>
    /// The matching wall time nearest to <paramref name="from"/>, at it or beyond it, in ticks since 0001-01-01, or
    /// None. Matching times are whole seconds; <paramref name="from"/> need not be one.
    /// </summary>
    public long Nearest(long from, Direction direction)
    {
        // Towards the search: a fraction of a second is rounded up on the way forward and down on the way back.
        var start = direction == Direction.Forward ? from + (TimeSpan.TicksPerSecond - 1) : from;
        start = direction == Direction.Forward ? Math.Max(start, 0) : Math.Min(start, DateTime.MaxValue.Ticks);
        if (start < 0 || start > DateTime.MaxValue.Ticks)
        {
            return None;
        }

        var startDay = (int)(start / TimeSpan.TicksPerDay);
        var day = Days.Nearest(startDay, direction);
        if (day == startDay)
        {
            var time = Times.Nearest((int)(start % TimeSpan.TicksPerDay / TimeSpan.TicksPerSecond), direction);
            if (time != CronTimes.None)
            {
                return Ticks(day, time);
            }

            day = Days.Nearest(startDay + (int)direction, direction);
        }

        return day == CronDays.None ? None : Ticks(day, Times.First(direction));
    }

    private static long Ticks(int day, int time) => day * TimeSpan.TicksPerDay + time * TimeSpan.TicksPerSecond;
}
