namespace Aios.Scheduling;

/// <summary>The day-of-month field.</summary>
/// <param name="Bits">The days, bits 1 to 31; without meaning if <paramref name="Last"/>.</param>
/// <param name="Restricted">The field does not begin with <c>*</c> or <c>?</c>.</param>
/// <param name="Last"><c>L</c>: the month's last day, less <paramref name="Offset"/>.</param>
/// <param name="Offset">The 3 of <c>L-3</c>.</param>
/// <param name="NearestWeekday"><c>W</c>: the weekday nearest to the one day named, within the same month.</param>
internal readonly record struct CronDaysOfMonth(
    ulong Bits, bool Restricted, bool Last = false, int Offset = 0, bool NearestWeekday = false)
{
    /// <summary>The matching days of a month, bits 1 to 31.</summary>
    public ulong In(CronMonth month)
    {
        var days = (Last ? LastDay(month) : Bits) & month.AllDays;
        return NearestWeekday && days != 0
            ? 1UL << ToWeekday(BitField.First(days, Direction.Forward), month)
            : days;
    }

    private ulong LastDay(CronMonth month) => Offset < month.Length ? 1UL << (month.Length - Offset) : 0;

    private static int ToWeekday(int day, CronMonth month) => month.DayOfWeek(day) switch
    {
        6 => day == 1 ? 3 : day - 1,
        0 => day == month.Length ? day - 2 : day + 1,
        _ => day,
    };
}
