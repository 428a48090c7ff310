using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

/// <summary>A value for <c>H</c> is drawn once and for ever, from the name of a job.</summary>
public sealed class CronJitterTests
{
    private static readonly TimeZoneInfo Berlin = CronCase.Zone("Europe/Berlin");

    // These times are promised to users: whoever changes them moves their jobs.
    [Theory]
    [InlineData("backup", "H 3 * * *", "27 3 * * *")]
    [InlineData("report", "H 3 * * *", "54 3 * * *")]
    [InlineData("backup", "H H H H H", "27 15 26 5 6")]
    [InlineData("backup", "H H H * * *", "27 38 22 * * *")]
    [InlineData("backup", "H/15 * * * *", "6,21,36,51 * * * *")]
    [InlineData("backup", "h h l * *", "27 15 L * *")]
    [InlineData("backup", "H H 15W * FRIL", "27 15 15W * 5L")]
    public void A_name_has_these_values(string name, string expression, string drawn) =>
        Assert.Equal(drawn, CronExpression.ParseAny(expression).SeededBy(name).Drawn);

    [Fact]
    public void Nothing_is_drawn_without_an_H()
    {
        var cron = CronExpression.Parse("@daily");

        Assert.Null(cron.Drawn);
        Assert.Same(cron, cron.SeededBy("backup"));
    }

    [Fact]
    public void Names_spread_over_the_hour()
    {
        var minutes = Enumerable
            .Range(0, 1000)
            .Select(number => NextOf("H * * * *", $"job{number}").Minute)
            .CountBy(minute => minute)
            .ToList();

        Assert.Equal(60, minutes.Count);
        Assert.All(minutes, minute => Assert.InRange(minute.Value, 4, 40));
    }

    [Fact]
    public void What_was_drawn_is_kept_on_each_date_and_in_either_direction()
    {
        var schedule = new CronSchedule(CronExpression.Parse("H H * * *").SeededBy("backup"), Berlin);
        var first = schedule.Next(CronCase.Instant("2026-06-01 12:00:00Z"))!.Value.At;
        var second = schedule.Next(first)!.Value.At;

        Assert.Equal(first.AddDays(1), second);
        Assert.Equal(first, schedule.Latest(first.AddDays(-1), second.AddTicks(-1))!.Value.At);
    }

    [Fact]
    public void A_step_is_a_rhythm_and_a_value_is_a_time_of_day()
    {
        var (from, to) = (CronCase.Utc("2026-10-25 00:00:00"), CronCase.Utc("2026-10-25 02:00:00"));

        Assert.Equal(4, CronExpression.Parse("H/30 2 * * *").GetOccurrences(from, to, Berlin).Count());
        Assert.Single(CronExpression.Parse("H 2 * * *").GetOccurrences(from, to, Berlin));
    }

    [Fact]
    public void Either_day_is_enough_also_where_both_are_drawn()
    {
        var drawn = CronExpression.Parse("0 0 H * H").SeededBy("backup");
        var plain = CronExpression.Parse(drawn.Drawn!);
        var (from, to) = (CronCase.Utc("2026-01-01"), CronCase.Utc("2027-01-01"));

        Assert.Equal(plain.GetOccurrences(from, to), drawn.GetOccurrences(from, to));
        Assert.InRange(drawn.GetOccurrences(from, to).Count(), 55, 65);
    }

    [Theory]
    [InlineData("H,5 * * * *", "Minutes: found ',5' in 'H,5', expected ',' or the end of the field")]
    [InlineData("5,H * * * *", "Minutes: found 'H' in '5,H', expected a value between 0 and 59")]
    [InlineData("H-5 * * * *", "Minutes: found '-5' in 'H-5'")]
    [InlineData("H/60 * * * *", "Minutes: found '60' in 'H/60', expected a step between 1 and 59")]
    public void It_stands_alone(string expression, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<CronFormatException>(() => CronExpression.Parse(expression)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_words_say_what_was_drawn()
    {
        var cron = CronExpression.Parse("H 3 * * *").SeededBy("backup");

        Assert.Equal($"cron \"H 3 * * *\", drawn as \"{cron.Drawn}\" (Europe/Berlin)", new CronSchedule(cron, Berlin).ToString());
    }

    private static DateTime NextOf(string expression, string name) =>
        CronExpression.Parse(expression).SeededBy(name).GetNextOccurrence(CronCase.Utc("2026-01-01"))!.Value;
}
