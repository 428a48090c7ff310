using System.Globalization;
using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

/// <summary>One row of a table of cron expressions, instants in UTC.</summary>
internal static class CronCase
{
    public static void NextIs(string expression, string from, string? expected)
    {
        var cron = CronExpression.ParseAny(expression);

        Assert.Equal(expected, Text(cron.GetNextOccurrence(Utc(from))));
        if (expected is not null)
        {
            Assert.Equal(Utc(expected), cron.GetNextOccurrence(Utc(expected), inclusive: true));
            Assert.Equal(Utc(expected), cron.GetNextOccurrence(Utc(expected).AddTicks(-1)));
            Assert.Equal(Utc(expected), cron.GetPreviousOccurrence(Utc(expected).AddTicks(1)));
        }
    }

    public static void PreviousIs(string expression, string from, string? expected)
    {
        var cron = CronExpression.ParseAny(expression);

        Assert.Equal(expected, Text(cron.GetPreviousOccurrence(Utc(from))));
        if (expected is not null)
        {
            Assert.Equal(Utc(expected), cron.GetPreviousOccurrence(Utc(expected), inclusive: true));
        }
    }

    public static DateTime Utc(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    private static string? Text(DateTime? utc) => utc?.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
