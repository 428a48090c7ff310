using System.Globalization;
using System.Text.RegularExpressions;
using Aios.Jobs;

namespace Aios.Cli;

/// <summary>An instant as people type it.</summary>
internal static partial class PointInTime
{
    /// <summary>A wait ("10m"), a time of day ("18:30", the next one), a date and time, or Unix seconds.</summary>
    /// <exception cref="CommandLineException">It is none of these.</exception>
    public static DateTimeOffset Parse(string text, DateTimeOffset now, TimeZoneInfo zone, string option = "--at")
    {
        if (Wait().Match(text) is { Success: true } wait)
            return now + Span(wait);
        if (IsTime(text, out var time))
            return LocalTime.Next(time, now, zone);
        return Instant(text, zone)
            ?? throw OtherUnit(text, option)
                ?? new CommandLineException(
                    $"{option}: found \"{text}\", expected a time (18:30), a date and time (2026-12-24T18:30), a wait (10m, 2h) or "
                        + $"Unix seconds."
                );
    }

    /// <summary>A span ("10m", so long ago), a time of day ("18:30", the last one), a date and time, or Unix seconds.</summary>
    /// <exception cref="CommandLineException">It is none of these.</exception>
    public static DateTimeOffset ParsePast(string text, DateTimeOffset now, TimeZoneInfo zone, string option = "--since")
    {
        if (Wait().Match(text) is { Success: true } ago)
            return now - Span(ago);
        if (IsTime(text, out var time))
            return LocalTime.Last(time, now, zone);
        return Instant(text, zone)
            ?? throw OtherUnit(text, option)
                ?? new CommandLineException(
                    $"{option}: found \"{text}\", expected a span (10m, 2h: that long ago), a time (18:30), a date and time "
                        + $"(2026-12-24T18:30) or Unix seconds."
                );
    }

    private static CommandLineException? OtherUnit(string text, string option) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && Aios.Store.UnixTime.OtherUnit(number) is { } other
            ? new(
                $"{option}: found \"{text}\", which looks like {other.Unit}; in Unix seconds that is "
                    + $"{Math.Floor(other.Seconds).ToString("F0", CultureInfo.InvariantCulture)}."
            )
            : null;

    private static bool IsTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, ["H:mm", "H:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static DateTimeOffset? Instant(string text, TimeZoneInfo zone)
    {
        if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 1e8 and < Aios.Store.UnixTime.LeastOfOtherUnits
        )
            return Aios.Store.UnixTime.ToInstant(seconds);
        if (HasOffset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
            return instant.ToUniversalTime();
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) ? LocalTime.Of(wall, zone) : null;
    }

    private static TimeSpan Span(Match wait)
    {
        var amount = double.Parse(wait.Groups["amount"].Value, CultureInfo.InvariantCulture);
        return wait.Groups["unit"].Value switch
        {
            "s" => TimeSpan.FromSeconds(amount),
            "m" => TimeSpan.FromMinutes(amount),
            "h" => TimeSpan.FromHours(amount),
            _ => TimeSpan.FromDays(amount),
        };
    }

    [GeneratedRegex(@"^\+?(?<amount>\d{1,7}(\.\d+)?)(?<unit>[smhd])$")]
    private static partial Regex Wait();

    [GeneratedRegex(@"(Z|[+-]\d\d:?\d\d)$")]
    private static partial Regex HasOffset();
}
