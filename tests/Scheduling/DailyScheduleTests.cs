using System.Globalization;
using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

public sealed class DailyScheduleTests
{
    [Theory]
    [InlineData("Europe/Berlin", "09:00", "2026-06-01 06:59:59Z", "2026-06-01 07:00:00Z", "2026-06-01")]
    [InlineData("Europe/Berlin", "09:00", "2026-06-01 07:00:00Z", "2026-06-02 07:00:00Z", "2026-06-02")]
    [InlineData("Europe/Berlin", "09:00", "2026-12-01 07:00:00Z", "2026-12-01 08:00:00Z", "2026-12-01")]
    [InlineData("Europe/Berlin", "02:30", "2026-03-29 00:00:00Z", "2026-03-29 01:00:00Z", "2026-03-29")]
    [InlineData("Europe/Berlin", "02:30", "2026-03-29 01:00:00Z", "2026-03-30 00:30:00Z", "2026-03-30")]
    [InlineData("Europe/Berlin", "02:30", "2026-10-25 00:00:00Z", "2026-10-25 00:30:00Z", "2026-10-25")]
    [InlineData("Europe/Berlin", "02:30", "2026-10-25 00:30:00Z", "2026-10-26 01:30:00Z", "2026-10-26")]
    [InlineData("Europe/Berlin", "02:30", "2026-10-25 01:15:00Z", "2026-10-26 01:30:00Z", "2026-10-26")]
    [InlineData("America/Sao_Paulo", "00:00", "2017-10-14 12:00:00Z", "2017-10-15 03:00:00Z", "2017-10-15")]
    [InlineData("America/Sao_Paulo", "23:30", "2018-02-18 01:00:00Z", "2018-02-18 01:30:00Z", "2018-02-17")]
    [InlineData("America/Sao_Paulo", "23:30", "2018-02-18 01:30:00Z", "2018-02-19 02:30:00Z", "2018-02-18")]
    [InlineData("Australia/Lord_Howe", "02:15", "2026-10-03 12:00:00Z", "2026-10-03 15:30:00Z", "2026-10-04")]
    [InlineData("Australia/Lord_Howe", "01:45", "2026-04-04 12:00:00Z", "2026-04-04 14:45:00Z", "2026-04-05")]
    [InlineData("Australia/Lord_Howe", "01:45", "2026-04-04 14:45:00Z", "2026-04-05 15:15:00Z", "2026-04-06")]
    [InlineData("Pacific/Apia", "09:00", "2011-12-29 19:00:00Z", "2011-12-30 10:00:00Z", "2011-12-30")]
    [InlineData("Pacific/Apia", "09:00", "2011-12-30 10:00:00Z", "2011-12-30 19:00:00Z", "2011-12-31")]
    [InlineData("Pacific/Apia", "00:00", "2011-12-29 19:00:00Z", "2011-12-30 10:00:00Z", "2011-12-31")]
    [InlineData("Asia/Kathmandu", "00:00", "2026-01-01 00:00:00Z", "2026-01-01 18:15:00Z", "2026-01-02")]
    [InlineData("UTC", "00:00", "2024-02-28 00:00:00Z", "2024-02-29 00:00:00Z", "2024-02-29")]
    public void The_next_one(string zone, string time, string after, string at, string key)
    {
        var schedule = Daily(zone, time);

        var next = schedule.Next(CronCase.Instant(after));

        Assert.Equal(new Occurrence(CronCase.Instant(at), key), next);
        Assert.Equal(next, schedule.Latest(CronCase.Instant(after), CronCase.Instant(at)));
        Assert.Null(schedule.Latest(CronCase.Instant(after), CronCase.Instant(at).AddTicks(-1)));
        Assert.Null(schedule.Latest(CronCase.Instant(at), CronCase.Instant(at)));
    }

    [Fact]
    public void The_latest_of_many_is_the_last()
    {
        var latest = Daily("Europe/Berlin", "09:00").Latest(CronCase.Instant("2016-01-01Z"), CronCase.Instant("2026-06-10 06:00:00Z"));

        Assert.Equal(new Occurrence(CronCase.Instant("2026-06-09 07:00:00Z"), "2026-06-09"), latest);
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("America/New_York")]
    public void The_ends_of_time_are_safe(string zone)
    {
        var schedule = Daily(zone, "12:00");
        Assert.Null(schedule.Next(DateTimeOffset.MaxValue));
        Assert.Null(schedule.Latest(DateTimeOffset.MinValue, DateTimeOffset.MinValue));
        Assert.NotNull(schedule.Next(DateTimeOffset.MinValue));
        Assert.NotNull(schedule.Latest(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
    }

    [Theory]
    [InlineData("09:00", "daily at 09:00 (Europe/Berlin)")]
    [InlineData("23:59:30", "daily at 23:59:30 (Europe/Berlin)")]
    public void It_says_what_it_is(string time, string words) => Assert.Equal(words, Daily("Europe/Berlin", time).ToString());

    private static DailySchedule Daily(string zone, string time) =>
        new(TimeOnly.Parse(time, CultureInfo.InvariantCulture), CronCase.Zone(zone));
}
