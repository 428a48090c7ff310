using Aios.Scheduling;

namespace Aios.Tests.Kinds.WorkingDays;

/// <summary>On every nth working day (Monday to Friday, counted from 0001-01-01) at a time on the wall.</summary>
internal sealed class WorkingDaysSchedule(int every, TimeOnly at, TimeZoneInfo zone) : ISchedule
{
    private const int DaysInWeek = 7;
    private const int WorkingDaysInWeek = 5;

    private readonly WallClock _clock = new(zone);

    public string Identity => $"every {every} working days at {TimeWords.Of(at)} ({zone.Id})";

    public Occurrence? Next(DateTimeOffset after)
    {
        var day = DayShownAt(after) - 1;
        while (!Names(day) || InstantOf(day) <= after)
            day++;
        return On(day);
    }

    public Occurrence? Latest(DateTimeOffset after, DateTimeOffset upTo)
    {
        var day = DayShownAt(upTo) + 1;
        while (!Names(day) || InstantOf(day) > upTo)
            day--;
        return InstantOf(day) > after ? On(day) : null;
    }

    public override string ToString() => $"on every {every}. working day at {TimeWords.Of(at)} ({zone.Id})";

    // 0001-01-01 was a Monday.
    private bool Names(int day)
    {
        var (week, weekday) = Math.DivRem(day, DaysInWeek);
        return weekday < WorkingDaysInWeek && (week * WorkingDaysInWeek + weekday) % every == 0;
    }

    private int DayShownAt(DateTimeOffset instant) => (int)(_clock.At(instant.UtcTicks) / TimeSpan.TicksPerDay);

    private DateTimeOffset InstantOf(int day) => new(_clock.FirstReaching(DateOnly.FromDayNumber(day).ToDateTime(at).Ticks), TimeSpan.Zero);

    private Occurrence On(int day) => Occurrence.OnDate(InstantOf(day), DateOnly.FromDayNumber(day));
}
