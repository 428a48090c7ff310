namespace Aios.Scheduling;

/// <summary>The calendar days that a cron expression names.</summary>
internal readonly record struct CronDays(CronDaysOfMonth DaysOfMonth, ulong Months, CronDaysOfWeek DaysOfWeek)
{
    public const int None = -1;

    // The Gregorian calendar, weekdays included, repeats after this many months: what is not there is nowhere.
    private const int MonthsInCycle = 400 * 12;

    /// <summary>
    /// The matching day nearest to <paramref name="from"/>, at it or beyond it, in days since 0001-01-01, or None.
    /// </summary>
    public int Nearest(int from, Direction direction)
    {
        if (from < 0 || from > DateOnly.MaxValue.DayNumber)
        {
            return None;
        }

        var (year, month, day) = DateOnly.FromDayNumber(from);
        for (var searched = 0; searched <= MonthsInCycle; searched++)
        {
            var found = NearestInMonth(year, month, day, direction);
            if (found != None)
            {
                return found;
            }

            day = direction == Direction.Forward ? 1 : 31;
            if (!Step(ref year, ref month, direction))
            {
                return None;
            }
        }

        return None;
    }

    private int NearestInMonth(int year, int month, int from, Direction direction)
    {
        if ((Months & 1UL << month) == 0)
        {
            return None;
        }

        var days = new CronMonth(year, month);
        var day = BitField.Nearest(In(days), from, direction);
        return day == BitField.None ? None : days.FirstDayNumber + day - 1;
    }

    // Vixie's rule: https://manpages.debian.org/bookworm/cron/crontab.5.en.html
    private ulong In(CronMonth month)
    {
        var byMonth = DaysOfMonth.In(month);
        var byWeek = DaysOfWeek.In(month);
        return DaysOfMonth.Restricted && DaysOfWeek.Restricted ? byMonth | byWeek : byMonth & byWeek;
    }

    private static bool Step(ref int year, ref int month, Direction direction)
    {
        month += (int)direction;
        if (month is >= 1 and <= 12)
        {
            return true;
        }

        year += (int)direction;
        month = direction == Direction.Forward ? 1 : 12;
        return year >= DateTime.MinValue.Year && year <= DateTime.MaxValue.Year;
    }
}
