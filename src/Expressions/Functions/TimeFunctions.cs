using System.Globalization;

namespace Aios.Expressions.Functions;

/// <summary>Methods of timestamps, in UTC or in a named time zone, and of durations.</summary>
internal static class TimeFunctions
{
    public static IEnumerable<Function> All =>
        [
            new("timestamp.getFullYear(zone)", 1, 2, call => OfTimestamp(call, time => time.Year)),
            new("timestamp.getMonth(zone)", 1, 2, call => OfTimestamp(call, time => time.Month - 1)),
            new("timestamp.getDate(zone)", 1, 2, call => OfTimestamp(call, time => time.Day)),
            new("timestamp.getDayOfMonth(zone)", 1, 2, call => OfTimestamp(call, time => time.Day - 1)),
            new("timestamp.getDayOfWeek(zone)", 1, 2, call => OfTimestamp(call, time => (int)time.DayOfWeek)),
            new("timestamp.getDayOfYear(zone)", 1, 2, call => OfTimestamp(call, time => time.DayOfYear - 1)),
            new("timestamp.getHours(zone)", 1, 2, call => OfBoth(call, time => time.Hour, span => span / (3600 * Duration.Second))),
            new("timestamp.getMinutes(zone)", 1, 2, call => OfBoth(call, time => time.Minute, span => span / (60 * Duration.Second))),
            new("timestamp.getSeconds(zone)", 1, 2, call => OfBoth(call, time => time.Second, span => span / Duration.Second)),
            new("timestamp.getMilliseconds(zone)", 1, 2, Milliseconds),
        ];

    private static Value Milliseconds(Call call) =>
        call[0].Kind == ValueKind.Timestamp
            ? Value.Of(call[0].AsTimestamp().Nanoseconds / 1_000_000L)
            : OfBoth(call, time => 0, span => span % Duration.Second / 1_000_000);

    private static Value OfBoth(Call call, Func<DateTime, int> field, Func<long, long> part) =>
        call[0].Kind == ValueKind.Duration && call.Count == 1 ? Value.Of(part(call[0].AsDuration().Nanoseconds)) : OfTimestamp(call, field);

    private static Value OfTimestamp(Call call, Func<DateTime, int> field)
    {
        if (call[0].Kind != ValueKind.Timestamp)
            return call.Fail(0, "a timestamp before it");
        if (call.Count > 1 && call[1].Kind != ValueKind.String)
            return call.Fail(1, "a time zone as a string");
        var second = call[0].AsTimestamp().Second;
        if (OffsetOf(call.Count > 1 ? call[1].AsString() : "UTC", second) is not { } offset)
            return call.Fail(1, "a time zone such as \"Europe/Berlin\" or \"+02:00\"");
        // The first and the last hours of all time are not in the calendar everywhere.
        var ticks = Math.Clamp(second.Ticks + offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return Value.Of((long)field(new DateTime(ticks)));
    }

    private static TimeSpan? OffsetOf(string zone, DateTimeOffset instant)
    {
        if (zone is "UTC" or "Z" or "")
            return TimeSpan.Zero;
        if (zone[0] is '+' or '-' || char.IsAsciiDigit(zone[0]))
            return FixedOffset(zone);
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.GetUtcOffset(instant) : null;
    }

    private static TimeSpan? FixedOffset(string zone)
    {
        var digits = zone.AsSpan(zone[0] is '+' or '-' ? 1 : 0);
        if (
            digits.Length != 5
            || digits[2] != ':'
            || !int.TryParse(digits[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(digits[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 23
            || minutes > 59
        )
            return null;
        var offset = new TimeSpan(hours, minutes, 0);
        return zone[0] == '-' ? -offset : offset;
    }
}
