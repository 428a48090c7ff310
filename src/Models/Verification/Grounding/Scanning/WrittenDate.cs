using System.Collections.Immutable;

namespace Aios.Models.Verification.Grounding.Scanning;

/// <summary>A date as a text writes it: a day, a month, a quarter, a week.</summary>
/// <param name="Readings">What it may mean: 3/4/2026 is in March or in April.</param>
internal sealed record WrittenDate(ImmutableArray<DateParts> Readings)
{
    /// <summary>The weekday that the text gives it.</summary>
    public DayOfWeek? Weekday { get; init; }

    /// <summary>It begins or ends a range.</summary>
    public bool IsInRange { get; init; }
}

/// <summary>What a date says; what is null is not said.</summary>
internal sealed record DateParts(
    int? Year = null,
    int? Month = null,
    int? Day = null,
    int? Quarter = null,
    int? Week = null,
    int? Half = null
)
{
    /// <summary>The day, if all of it is said and there is such a day.</summary>
    public DateOnly? Exact =>
        Year is { } year && Month is { } month && Day is { } day && IsPossible ? new DateOnly(year, month, day) : null;

    /// <summary>Whether there can be such a date.</summary>
    public bool IsPossible =>
        Year is null or (>= 1 and <= 9999)
        && Month is null or (>= 1 and <= 12)
        && Week is null or (>= 1 and <= 53)
        && (Day is null || (Day >= 1 && Day <= (Month is { } month ? DateTime.DaysInMonth(Year ?? 2000, month) : 31)));

    /// <summary>Whether a day is in what this says.</summary>
    public bool Covers(DateOnly day)
    {
        if (Week is { } week)
            return Calendar.WeekOf(day) is var (year, number) && number == week && (Year is null || Year == year);
        return (Year is null || Year == day.Year)
            && (Month is null || Month == day.Month)
            && (Day is null || Day == day.Day)
            && (Quarter is null || Quarter == (day.Month + 2) / 3)
            && (Half is null || Half == (day.Month + 5) / 6);
    }

    /// <summary>Whether what another date says includes all that this says.</summary>
    public bool IsPartOf(DateParts other) =>
        (Year is null || Year == other.Year)
        && (Month is null || Month == other.Month)
        && (Day is null || Day == other.Day)
        && (Quarter is null || Quarter == (other.Quarter ?? ((other.Month + 2) / 3)))
        && (Half is null || Half == (other.Half ?? (((other.Month ?? (other.Quarter * 3)) + 5) / 6)))
        && (Week is null || Week == other.Week);
}

/// <summary>A time of day as a text writes it.</summary>
internal sealed record WrittenTime(int Hour, int? Minute, int? Second)
{
    /// <summary>Whether a time of the source is this one.</summary>
    public bool Covers(WrittenTime other) =>
        Hour == other.Hour && (Minute is null || Minute == other.Minute) && (Second is null or 0 || Second == other.Second);
}
