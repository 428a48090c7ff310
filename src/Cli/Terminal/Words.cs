using System.Globalization;
using Aios.Jobs.Formats;
using Aios.Store.Results;

namespace Aios.Cli;

/// <summary>Times and spans as people read them: local time, nothing finer than helps.</summary>
internal static class Words
{
    /// <summary>Local wall-clock time.</summary>
    public static string Local(DateTimeOffset? instant) =>
        instant is { } at
            ? TimeZoneInfo.ConvertTime(at, TimeZoneInfo.Local).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : "";

    /// <summary>Where a long result is.</summary>
    public static string OfFile(ResultReference file) => $"{Bytes(file.Bytes)} in {file.Path} beside the database (SHA-256 {file.Sha256})";

    /// <summary>The time where it is today's, else the date.</summary>
    public static string Short(DateTimeOffset? instant, DateTimeOffset now)
    {
        var (day, time) = (Local(now)[..10], Local(instant));
        return time.Length == 0 ? ""
            : time.StartsWith(day, StringComparison.Ordinal) ? time[11..]
            : time[..10];
    }

    /// <summary>The same with its offset from UTC, without which the hour that the clock shows twice has two times of one name.</summary>
    public static string LocalWithOffset(DateTimeOffset? instant) =>
        instant is { } at
            ? TimeZoneInfo.ConvertTime(at, TimeZoneInfo.Local).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)
            : "";

    /// <summary>"3 s", "4 min", "2 h", "5 d".</summary>
    public static string Span(TimeSpan span)
    {
        if (span < TimeSpan.FromMilliseconds(1))
            return "0 s";
        // Judged as it will be rounded, so that what is nearly a second is not called 1000 ms.
        if (span < TimeSpan.FromMilliseconds(999.5))
            return string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms");
        if (span < TimeSpan.FromSeconds(9.95))
            return string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s");
        if (span < TimeSpan.FromMinutes(2))
            return string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s");
        if (span < TimeSpan.FromHours(2))
            return string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min");
        return span < TimeSpan.FromDays(2)
            ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h")
            : string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} d");
    }

    /// <summary>"40 % 4 of 10 files"; empty where nothing is said.</summary>
    public static string Progress(double? fraction, string? text)
    {
        if (fraction is not { } part || !double.IsFinite(part))
            return text ?? "";
        // Rounded down: what is not done yet is not 100 %.
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Math.Round(Math.Clamp(part, 0, 1) * 100, 6)):0} % {text}")
            .TrimEnd();
    }

    /// <summary>"81M", "1.2G"; nothing for null.</summary>
    public static string Bytes(long? bytes) => bytes is { } known ? ByteSize.About(known) : "";

    /// <summary>"1 job", "3 jobs".</summary>
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>"3 s"; "3 s ago" for what is over.</summary>
    public static string Ahead(TimeSpan span) => span >= TimeSpan.Zero ? Span(span) : $"{Span(-span)} ago";

    /// <summary>"in 3 s", "2 h ago".</summary>
    public static string Relative(DateTimeOffset instant, DateTimeOffset now) =>
        instant >= now ? $"in {Span(instant - now)}" : $"{Span(now - instant)} ago";
}
