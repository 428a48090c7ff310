using Aios.Scheduling;

namespace Aios.Jobs;

/// <summary>
/// The instant of a time on the wall, by the rules of <c>daily</c>: one that the clock skips is the first instant after the
/// gap, one that it shows twice is the first of the two.
/// </summary>
internal static class LocalTime
{
    /// <summary>The instant of a date and time, UTC.</summary>
    public static DateTimeOffset Of(DateTime wall, TimeZoneInfo zone) =>
        new(Math.Clamp(new WallClock(zone).FirstReaching(wall.Ticks), 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);

    /// <summary>The next instant at which the clock shows a time, UTC.</summary>
    public static DateTimeOffset Next(TimeOnly time, DateTimeOffset now, TimeZoneInfo zone) =>
        new DailySchedule(time, zone).Next(now)?.At ?? DateTimeOffset.MaxValue;

    /// <summary>The last instant at which the clock showed a time, UTC.</summary>
    public static DateTimeOffset Last(TimeOnly time, DateTimeOffset now, TimeZoneInfo zone) =>
        new DailySchedule(time, zone).Latest(DateTimeOffset.MinValue, now)?.At ?? DateTimeOffset.MinValue;
}
