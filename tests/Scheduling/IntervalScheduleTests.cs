using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

public sealed class IntervalScheduleTests
{
    private static readonly DateTimeOffset Start = CronCase.Instant("2026-01-01 00:00:00Z");
    private static readonly IntervalSchedule TenMinutes = new(TimeSpan.FromMinutes(10));

    [Fact]
    public void The_next_one_is_an_interval_later() =>
        Assert.Equal(new Occurrence(Start.AddMinutes(10), "1767226200000"), TenMinutes.Next(Start));

    [Theory]
    [InlineData(599, null)]
    [InlineData(599.9999, null)]
    [InlineData(600, 600.0)]
    [InlineData(600.5, 600.0)]
    [InlineData(600.9999, 600.0)]
    [InlineData(601, 601.0)]
    [InlineData(607, 607.0)]
    [InlineData(1200, 1200.0)]
    [InlineData(86407, 86407.0)]
    public void What_is_late_by_a_second_begins_the_grid_anew(double now, double? at)
    {
        var latest = TenMinutes.Latest(Start, Start.AddSeconds(now));

        Assert.Equal(at is { } seconds ? Start.AddSeconds(seconds) : null, latest?.At);
        Assert.Equal(at is null ? null : $"{latest!.Value.At.ToUnixTimeMilliseconds()}", latest?.Key);
    }

    [Fact]
    public void Small_delays_do_not_add_up()
    {
        var cursor = Start;
        for (var i = 1; i <= 1000; i++)
        {
            cursor = TenMinutes.Latest(cursor, Start.AddMinutes(10 * i).AddMilliseconds(950))!.Value.At;
        }

        Assert.Equal(Start.AddMinutes(10_000), cursor);
    }

    [Fact]
    public void Instants_are_told_in_UTC()
    {
        var east = Start.ToOffset(TimeSpan.FromHours(9));
        Assert.Equal(TimeSpan.Zero, TenMinutes.Next(east)!.Value.At.Offset);
        Assert.Equal(TimeSpan.Zero, TenMinutes.Latest(east, east.AddHours(3))!.Value.At.Offset);
    }

    [Fact]
    public void The_end_of_time_is_safe()
    {
        Assert.Null(TenMinutes.Next(DateTimeOffset.MaxValue));
        Assert.Null(new IntervalSchedule(TimeSpan.MaxValue).Next(Start));
        Assert.NotNull(TenMinutes.Next(DateTimeOffset.MinValue));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void An_interval_is_positive(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new IntervalSchedule(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(90, "every 1 min 30 s")]
    [InlineData(7200, "every 2 h")]
    [InlineData(90000, "every 1 d 1 h")]
    [InlineData(0.25, "every 250 ms")]
    public void It_says_what_it_is(double seconds, string words) =>
        Assert.Equal(words, new IntervalSchedule(TimeSpan.FromSeconds(seconds)).ToString());
}
