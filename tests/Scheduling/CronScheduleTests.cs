using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

public sealed class CronScheduleTests
{
    private static readonly CronSchedule Nine = new(CronExpression.Parse("0 9 * * *"), CronCase.Zone("Europe/Berlin"));

    [Fact]
    public void The_next_one_is_told_in_UTC_with_its_milliseconds_as_key()
    {
        var next = Nine.Next(CronCase.Instant("2026-06-01 09:00:00+02:00"));

        Assert.Equal(new Occurrence(CronCase.Instant("2026-06-02 07:00:00Z"), "1780383600000"), next);
        Assert.Equal(TimeSpan.Zero, next!.Value.At.Offset);
    }

    [Theory]
    [InlineData("2016-01-01 00:00:00Z", "2026-06-01 06:59:59Z", "2026-05-31 07:00:00Z")]
    [InlineData("2026-05-31 07:00:00Z", "2026-06-01 07:00:00Z", "2026-06-01 07:00:00Z")]
    [InlineData("2026-05-31 07:00:00Z", "2026-06-01 06:59:59Z", null)]
    [InlineData("2026-06-01 07:00:00Z", "2026-06-01 07:00:00Z", null)]
    public void The_latest_one_is_later_than_one_end_and_may_be_the_other(string after, string upTo, string? expected) =>
        Assert.Equal(
            expected is null ? null : CronCase.Instant(expected),
            Nine.Latest(CronCase.Instant(after), CronCase.Instant(upTo))?.At
        );

    [Fact]
    public void It_says_what_it_is() =>
        Assert.Equal(
            "cron \"*/5 * * * *\" (Europe/Berlin)",
            new CronSchedule(CronExpression.Parse("*/5 * * * *"), CronCase.Zone("Europe/Berlin")).ToString()
        );
}
