namespace Aios.Scheduling;

/// <summary>What the day rules need to know of one month: how long it is and on which weekday it begins.</summary>
internal readonly struct CronMonth
{
    public CronMonth(int year, int month)
    {
        FirstDayNumber = new DateOnly(year, month, 1).DayNumber;
        Length = DateTime.DaysInMonth(year, month);
    }

    /// <summary>Days from 0001-01-01 to the first of the month.</summary>
    public int FirstDayNumber { get; }

    public int Length { get; }

    /// <summary>Bits 1 to <see cref="Length"/>.</summary>
    public ulong AllDays => BitField.Range(1, Length);

    /// <summary>The weekday of the first, Sunday being 0. 0001-01-01 was a Monday.</summary>
    public int FirstDayOfWeek => (FirstDayNumber + 1) % 7;

    /// <summary>The weekday of a day of this month, Sunday being 0.</summary>
    public int DayOfWeek(int day) => (FirstDayNumber + day) % 7;
}
