using Aios.Cli;
using Aios.Scheduling;
using Aios.Tests.Scheduling;

namespace Aios.Tests.Jobs;

/// <summary>A time that somebody names for a trigger is the instant at which a <c>daily</c> job of that time runs.</summary>
public sealed class LocalTimeTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T02:30", "2026-03-29 01:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-29T03:00", "2026-03-29 01:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30", "2026-10-25 00:30:00Z")]
    [InlineData("Europe/Dublin", "2026-03-29T01:30", "2026-03-29 01:00:00Z")]
    [InlineData("Europe/Dublin", "2026-10-25T01:30", "2026-10-25 00:30:00Z")]
    [InlineData("America/New_York", "2026-03-08T02:15", "2026-03-08 07:00:00Z")]
    [InlineData("America/New_York", "2026-11-01T01:30", "2026-11-01 05:30:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-03 15:30:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04 14:45:00Z")]
    [InlineData("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15 01:30:00Z")]
    [InlineData("Asia/Kathmandu", "2026-02-15T02:30", "2026-02-14 20:45:00Z")]
    [InlineData("UTC", "2026-03-29T02:30", "2026-03-29 02:30:00Z")]
    public void The_hour_that_is_skipped_or_repeated_is_that_of_daily(string zoneId, string written, string instant)
    {
        var (zone, at) = (CronCase.Zone(zoneId), CronCase.Instant(instant));

        Assert.Equal(at, PointInTime.Parse(written, at.AddDays(-2), zone));

        var wall = DateTime.Parse(written, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(at, new DailySchedule(TimeOnly.FromDateTime(wall), zone).Next(at.AddHours(-3))?.At);
        Assert.Equal(at, PointInTime.Parse($"{wall:HH:mm}", at.AddHours(-3), zone));
        Assert.Equal(at, PointInTime.ParsePast($"{wall:HH:mm}", at.AddHours(3), zone));
    }

    [Theory]
    [InlineData("0001-01-01T00:00")]
    [InlineData("9999-12-31T23:59")]
    public void The_ends_of_time_are_safe(string written) =>
        Assert.Equal(
            written[..4],
            PointInTime
                .Parse(written, CronCase.Instant("2026-01-01 00:00:00Z"), TimeZoneInfo.Utc)
                .Year.ToString("0000", System.Globalization.CultureInfo.InvariantCulture)
        );
}
