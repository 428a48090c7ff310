using System.Globalization;

namespace Aios.Scheduling;

/// <summary>Times and durations as a person would write them.</summary>
internal static class TimeWords
{
    private static readonly (long Ticks, string Name)[] Units =
    [
        (TimeSpan.TicksPerDay, "d"),
        (TimeSpan.TicksPerHour, "h"),
        (TimeSpan.TicksPerMinute, "min"),
        (TimeSpan.TicksPerSecond, "s"),
        (TimeSpan.TicksPerMillisecond, "ms"),
    ];

    /// <summary><c>09:00</c>, with seconds and their fraction if there are any.</summary>
    public static string Of(TimeOnly time)
    {
        var format = time.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss.FFFFFFF";
        return time.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary><c>1 h 30 min</c>; less than a millisecond is left out.</summary>
    public static string Of(TimeSpan duration)
    {
        var parts = new List<string>();
        var rest = duration.Ticks;
        foreach (var (ticks, name) in Units)
        {
            if (rest >= ticks)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rest / ticks} {name}"));
                rest %= ticks;
            }
        }

        return parts.Count == 0 ? "0 ms" : string.Join(' ', parts);
    }

    /// <summary><c>2026-03-29 01:00:00 UTC</c>.</summary>
    public static string Of(DateTimeOffset instant)
    {
        // "u" ends with Z, and .NET formats it several times faster than a pattern: each row that waits for a time says it.
        Span<char> text = stackalloc char[20];
        _ = instant.TryFormat(text, out _, "u", CultureInfo.InvariantCulture);
        return string.Concat(text[..19], " UTC");
    }
}
