using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

/// <summary>Where wall time and real time part.</summary>
public sealed class WallClockTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-06-01 12:00", "2026-06-01 10:00:00")]
    [InlineData("Europe/Berlin", "2026-03-29 01:59:59", "2026-03-29 00:59:59")]
    [InlineData("Europe/Berlin", "2026-03-29 02:00", "2026-03-29 01:00:00")]
    [InlineData("Europe/Berlin", "2026-03-29 02:59:59", "2026-03-29 01:00:00")]
    [InlineData("Europe/Berlin", "2026-03-29 03:00", "2026-03-29 01:00:00")]
    [InlineData("Europe/Berlin", "2026-03-29 03:00:01", "2026-03-29 01:00:01")]
    [InlineData("Europe/Berlin", "2026-10-25 02:00", "2026-10-25 00:00:00")]
    [InlineData("Europe/Berlin", "2026-10-25 02:59:59", "2026-10-25 00:59:59")]
    [InlineData("Europe/Berlin", "2026-10-25 03:00", "2026-10-25 02:00:00")]
    [InlineData("Europe/Dublin", "2026-03-29 01:30", "2026-03-29 01:00:00")]
    [InlineData("Europe/Dublin", "2026-10-25 01:30", "2026-10-25 00:30:00")]
    [InlineData("Africa/Casablanca", "2026-02-15 02:30", "2026-02-15 01:30:00")]
    [InlineData("Africa/Casablanca", "2026-03-22 02:30", "2026-03-22 02:00:00")]
    [InlineData("Africa/Casablanca", "2025-04-06 02:30", "2025-04-06 02:00:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45:00")]
    [InlineData("America/Sao_Paulo", "2017-10-15 00:00", "2017-10-15 03:00:00")]
    [InlineData("America/Sao_Paulo", "2018-11-04 00:30", "2018-11-04 03:00:00")]
    [InlineData("America/Sao_Paulo", "2018-02-17 23:30", "2018-02-18 01:30:00")]
    [InlineData("Pacific/Apia", "2011-12-30 00:00", "2011-12-30 10:00:00")]
    [InlineData("Pacific/Apia", "2011-12-30 23:59", "2011-12-30 10:00:00")]
    [InlineData("Pacific/Apia", "2011-12-31 00:00", "2011-12-30 10:00:00")]
    [InlineData("Pacific/Apia", "2011-12-29 23:59", "2011-12-30 09:59:00")]
    [InlineData("Europe/Moscow", "2011-03-27 02:30", "2011-03-26 23:00:00")]
    [InlineData("Europe/Moscow", "2014-10-26 01:30", "2014-10-25 21:30:00")]
    [InlineData("Asia/Amman", "2017-03-31 00:30", "2017-03-30 22:00:00")]
    [InlineData("Asia/Kathmandu", "2026-01-01 00:00", "2025-12-31 18:15:00")]
    public void A_wall_time_is_reached_at(string zone, string wall, string utc)
    {
        var clock = new WallClock(CronCase.Zone(zone));
        var instant = clock.FirstReaching(CronCase.Utc(wall).Ticks);

        Assert.Equal(CronCase.Utc(utc), new DateTime(instant, DateTimeKind.Utc));
        Assert.True(clock.At(instant) >= CronCase.Utc(wall).Ticks);
        Assert.True(clock.LatestShown(instant - 1) < CronCase.Utc(wall).Ticks);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-10-25 00:59:59", "2026-10-25 02:59:59")]
    [InlineData("Europe/Berlin", "2026-10-25 01:00:00", "2026-10-25 02:59:59.9999999")]
    [InlineData("Europe/Berlin", "2026-10-25 01:59:59", "2026-10-25 02:59:59.9999999")]
    [InlineData("Europe/Berlin", "2026-10-25 02:00:00", "2026-10-25 03:00:00")]
    [InlineData("Europe/Berlin", "2026-03-29 00:59:59", "2026-03-29 01:59:59")]
    [InlineData("Europe/Berlin", "2026-03-29 01:00:00", "2026-03-29 03:00:00")]
    [InlineData("Pacific/Apia", "2011-12-30 10:00:00", "2011-12-31 00:00:00")]
    public void The_latest_time_shown_stands_still_while_an_hour_repeats(string zone, string utc, string wall) =>
        Assert.Equal(
            CronCase.Utc(wall),
            new DateTime(new WallClock(CronCase.Zone(zone)).LatestShown(CronCase.Utc(utc).Ticks), DateTimeKind.Utc)
        );

    [Theory]
    [InlineData("2026-03-28 12:00:00", "2026-03-29 12:00:00", "2026-03-29 01:00:00")]
    [InlineData("2026-03-29 12:00:00", "2026-03-28 12:00:00", "2026-03-29 00:59:59.9999999")]
    [InlineData("2026-03-29 00:59:59.9", "2026-03-29 01:00:00", "2026-03-29 01:00:00")]
    [InlineData("2026-03-29 01:00:00", "2026-03-29 00:59:59.9", "2026-03-29 00:59:59.9999999")]
    [InlineData("2026-03-29 01:00:00", "2026-03-31 01:00:00", null)]
    [InlineData("2026-03-29 00:59:59", "2026-03-27 12:00:00", null)]
    public void A_change_is_the_first_instant_with_another_offset(string start, string end, string? expected)
    {
        var clock = new WallClock(CronCase.Zone("Europe/Berlin"));
        var from = CronCase.Utc(start).Ticks;

        var found = clock.TryFindChange(from, clock.OffsetAt(from), CronCase.Utc(end).Ticks, out var change);

        Assert.Equal(expected is not null, found);
        if (expected is not null)
        {
            Assert.Equal(CronCase.Utc(expected), new DateTime(change, DateTimeKind.Utc));
        }
    }

    // The one thing WallClock takes for granted about zones.
    [Fact]
    public void No_zone_changes_twice_within_reach()
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            var clock = new WallClock(zone);
            var last = long.MinValue;
            var offset = clock.OffsetAt(CronCase.Utc("1970-01-01").Ticks);
            for (var at = CronCase.Utc("1970-01-01"); at.Year < 2050; at = at.AddHours(24))
            {
                if (clock.OffsetAt(at.Ticks) is var now && now != offset)
                {
                    Assert.True(clock.TryFindChange(at.AddHours(-24).Ticks, offset, at.Ticks, out var change));
                    Assert.True(
                        last == long.MinValue || change - last > 2 * WallClock.Reach - TimeSpan.TicksPerHour,
                        $"{zone.Id} near {at:u}"
                    );
                    (last, offset) = (change, now);
                }
            }
        }
    }
}
