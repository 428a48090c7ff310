namespace Aios.Scheduling;

/// <summary>The day-of-week field.</summary>
/// <param name="Bits">The weekdays, bits 0 (Sunday) to 6.</param>
/// <param name="Restricted">The field does not begin with <c>*</c> or <c>?</c>.</param>
/// <param name="Nth">The 2 of <c>MON#2</c>, or 0.</param>
/// <param name="Last"><c>FRIL</c>: the last one of the month.</param>
internal readonly record struct CronDaysOfWeek(ulong Bits, bool Restricted, int Nth = 0, bool Last = false)
{
    private const ulong Week = 0b111_1111;

    // A week's pattern times this is the pattern five times over.
    private const ulong FiveWeeks = 1 | 1UL << 7 | 1UL << 14 | 1UL << 21 | 1UL << 28;

    /// <summary>The matching days of a month, bits 1 to 31.</summary>
    public ulong In(CronMonth month)
    {
        var fromFirst = ((Bits | Bits << 7) >> month.FirstDayOfWeek) & Week;
        return (fromFirst * FiveWeeks << 1) & Weeks(month);
    }

    private ulong Weeks(CronMonth month)
    {
        if (Last)
        {
            return BitField.Range(month.Length - 6, month.Length);
        }

        return Nth == 0 ? month.AllDays : month.AllDays & BitField.Range(Nth * 7 - 6, Nth * 7);
    }
}
