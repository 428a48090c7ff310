using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

/// <summary>The expression as a value: equality, text, the named ones, arguments and the ends of time.</summary>
public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("@daily", "0 0 * * *")]
    [InlineData("@annually", "@yearly")]
    [InlineData("0 0 * * 0", "0 0 * * 7")]
    [InlineData("0 0 * * SUN", "0 0 * * sun")]
    [InlineData("0 0 1 JAN *", "00 00 01 01 *")]
    [InlineData("0 0 * * *", "0 0 ? * ?")]
    [InlineData("1,2,3 0 * * *", "3,1,2 0 * * *")]
    [InlineData("0-59 * * * *", "* * * * *")]
    [InlineData("0 0 * * *", "0 0 0 * * *")]
    [InlineData("0 0 * * 5L", "0 0 * * FRIL")]
    [InlineData("0 0 L-0 * *", "0 0 l * *")]
    public void Expressions_of_the_same_meaning_are_equal(string left, string right)
    {
        var (a, b) = (CronExpression.ParseAny(left), CronExpression.ParseAny(right));

        Assert.Equal(a, b);
        Assert.True(a == b);
        Assert.False(a != b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
    }

    [Theory]
    [InlineData("0 0 * * *", "1 0 * * *")]
    [InlineData("0 0 * * *", "0 1 * * *")]
    [InlineData("0 0 1 * *", "0 0 2 * *")]
    [InlineData("0 0 1 1 *", "0 0 1 2 *")]
    [InlineData("0 0 * * 1", "0 0 * * 2")]
    [InlineData("0 0 15 * *", "0 0 15W * *")]
    [InlineData("0 0 L * *", "0 0 L-1 * *")]
    [InlineData("0 0 * * 1", "0 0 * * 1L")]
    [InlineData("0 0 * * 1#1", "0 0 * * 1#2")]
    [InlineData("0 0 1-31 * *", "0 0 * * *")]
    [InlineData("30 2 * * *", "30 2-2 * * *")]
    [InlineData("0 0 * * *", "1 0 0 * * *")]
    public void Expressions_of_different_meaning_are_not(string left, string right)
    {
        Assert.NotEqual(CronExpression.ParseAny(left), CronExpression.ParseAny(right));
        Assert.True(CronExpression.ParseAny(left) != CronExpression.ParseAny(right));
    }

    [Fact]
    public void Nothing_equals_no_expression()
    {
        Assert.False(CronExpression.Parse("@daily").Equals(null));
        Assert.False(CronExpression.Parse("@daily") == null);
        Assert.False(CronExpression.Parse("@daily").Equals("0 0 * * *"));
    }

    [Theory]
    [InlineData("*/5 * * * *", "*/5 * * * *")]
    [InlineData("  0\t0  1 * * ", "0 0 1 * *")]
    [InlineData("0 0 * * mon#2", "0 0 * * mon#2")]
    [InlineData(" @daily ", "@daily")]
    [InlineData("@every_second", "@every_second")]
    [InlineData("1 2 3 4 5 6", "1 2 3 4 5 6")]
    public void The_text_is_what_was_written_and_can_be_parsed_again(string written, string text)
    {
        var cron = CronExpression.ParseAny(written);

        Assert.Equal(text, cron.ToString());
        Assert.Equal(cron, CronExpression.ParseAny(cron.ToString()));
    }

    [Fact]
    public void The_named_expressions_are_the_macros()
    {
        Assert.Equal(CronExpression.Parse("0 0 1 1 *"), CronExpression.Parse("@yearly"));
        Assert.Equal(CronExpression.Parse("0 0 1 * *"), CronExpression.Parse("@monthly"));
        Assert.Equal(CronExpression.Parse("0 0 * * 0"), CronExpression.Parse("@weekly"));
        Assert.Equal(CronExpression.Parse("0 0 * * *"), CronExpression.Parse("@daily"));
        Assert.Equal(CronExpression.Parse("0 * * * *"), CronExpression.Parse("@hourly"));
        Assert.Equal(CronExpression.Parse("* * * * *"), CronExpression.Parse("@every_minute"));
        Assert.Equal(CronExpression.Parse("* * * * * *", CronFormat.IncludeSeconds), CronExpression.Parse("@every_second"));
    }

    [Fact]
    public void Macros_go_with_either_format() =>
        Assert.Equal(CronExpression.Parse("@every_second"), CronExpression.Parse("@EVERY_SECOND", CronFormat.IncludeSeconds));

    [Fact]
    public void TryParse_gives_the_expression()
    {
        Assert.True(CronExpression.TryParse("@hourly", out var hourly));
        Assert.Equal(CronExpression.Parse("@hourly"), hourly);
        Assert.True(CronExpression.TryParse("* * * * * *", CronFormat.IncludeSeconds, out var secondly));
        Assert.Equal(CronExpression.Parse("@every_second"), secondly);
    }

    [Theory]
    [InlineData(DateTimeKind.Local)]
    [InlineData(DateTimeKind.Unspecified)]
    public void Only_UTC_is_taken(DateTimeKind kind)
    {
        var from = new DateTime(2026, 1, 1, 0, 0, 0, kind);
        var utc = DateTime.SpecifyKind(from, DateTimeKind.Utc);
        var cron = CronExpression.Parse("@daily");

        Assert.Throws<ArgumentException>("fromUtc", () => cron.GetNextOccurrence(from));
        Assert.Throws<ArgumentException>("fromUtc", () => cron.GetNextOccurrence(from, TimeZoneInfo.Utc));
        Assert.Throws<ArgumentException>("fromUtc", () => cron.GetPreviousOccurrence(from));
        Assert.Throws<ArgumentException>("fromUtc", () => cron.GetPreviousOccurrence(from, TimeZoneInfo.Utc));
        Assert.Throws<ArgumentException>("fromUtc", () => cron.GetOccurrences(from, utc));
        Assert.Throws<ArgumentException>("toUtc", () => cron.GetOccurrences(utc, from));
    }

    [Fact]
    public void A_zone_is_required()
    {
        var utc = CronCase.Utc("2026-01-01");
        Assert.Throws<ArgumentNullException>("zone", () => CronExpression.Parse("@daily").GetNextOccurrence(utc, null!));
        Assert.Throws<ArgumentNullException>("zone", () => CronExpression.Parse("@daily").GetPreviousOccurrence(utc, null!));
        Assert.Throws<ArgumentNullException>("zone", () => CronExpression.Parse("@daily").GetOccurrences(utc, utc, null!));
    }

    [Theory]
    [InlineData(true, false, "00 01 02")]
    [InlineData(true, true, "00 01 02 03")]
    [InlineData(false, false, "01 02")]
    [InlineData(false, true, "01 02 03")]
    public void A_range_has_its_ends_or_not(bool fromInclusive, bool toInclusive, string hours)
    {
        var (from, to) = (CronCase.Utc("2026-01-01 00:00:00"), CronCase.Utc("2026-01-01 03:00:00"));

        var found = CronExpression.Parse("@hourly").GetOccurrences(from, to, fromInclusive, toInclusive);

        Assert.Equal(hours, string.Join(' ', found.Select(at => at.ToString("HH", null))));
        Assert.All(found, at => Assert.Equal(DateTimeKind.Utc, at.Kind));
    }

    [Fact]
    public void A_reversed_range_is_refused_at_once()
    {
        var from = CronCase.Utc("2026-01-02");
        Assert.Throws<ArgumentException>(() => CronExpression.Parse("@daily").GetOccurrences(from, from.AddTicks(-1)));
        Assert.Empty(CronExpression.Parse("@daily").GetOccurrences(from, from));
    }

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 2,4,6,9,11 *")]
    [InlineData("0 0 30W 2 *")]
    [InlineData("0 0 L-30 4 *")]
    [InlineData("0 0 */30 2 5#5")]
    [InlineData("0 0 31 4 *")]
    public void What_never_comes_is_null_both_ways(string expression)
    {
        var cron = CronExpression.Parse(expression);
        foreach (var zone in new[] { TimeZoneInfo.Utc, CronCase.Zone("Europe/Berlin") })
        {
            Assert.Null(cron.GetNextOccurrence(CronCase.Utc("2026-01-01"), zone));
            Assert.Null(cron.GetPreviousOccurrence(CronCase.Utc("2026-01-01"), zone));
        }
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Pacific/Kiritimati")]
    public void The_ends_of_time_are_safe(string zoneId)
    {
        var zone = CronCase.Zone(zoneId);
        var (first, last) = (
            DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
            DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)
        );
        foreach (var expression in new[] { "* * * * * *", "*/5 * * * *", "30 2 * * *", "0 0 29 2 *", "0 0 30 2 *", "0 9 1 1 *" })
        {
            var cron = CronExpression.ParseAny(expression);
            Assert.Null(cron.GetNextOccurrence(last, zone));
            Assert.Null(cron.GetPreviousOccurrence(first, zone));
            Assert.Equal(expression == "0 0 30 2 *", cron.GetNextOccurrence(first, zone) is null);
            Assert.Equal(expression == "0 0 30 2 *", cron.GetPreviousOccurrence(last, zone) is null);
        }
    }

    [Fact]
    public void Fractions_of_a_second_are_neither_lost_nor_rounded_away()
    {
        var noon = CronCase.Utc("2026-01-01 12:00:00");

        Assert.Equal(noon, CronExpression.Parse("@every_second").GetNextOccurrence(noon.AddTicks(-1)));
        Assert.Equal(noon.AddSeconds(1), CronExpression.Parse("@every_second").GetNextOccurrence(noon));
        Assert.Equal(noon.AddSeconds(1), CronExpression.Parse("@every_second").GetNextOccurrence(noon.AddTicks(1), inclusive: true));
        Assert.Equal(noon, CronExpression.Parse("@every_second").GetPreviousOccurrence(noon.AddTicks(1)));
        Assert.Equal(noon.AddSeconds(-1), CronExpression.Parse("@every_second").GetPreviousOccurrence(noon));
        Assert.Equal(noon, CronExpression.Parse("@every_second").GetPreviousOccurrence(noon.AddTicks(1), inclusive: true));
    }

    [Theory]
    [InlineData("*/5 * * * *")]
    [InlineData("30 2 * * *")]
    [InlineData("0 9 * * MON-FRI")]
    public void A_search_allocates_nothing(string expression)
    {
        var cron = CronExpression.Parse(expression);
        var berlin = CronCase.Zone("Europe/Berlin");
        var from = CronCase.Utc("2026-06-01 12:00:00");
        _ = cron.GetNextOccurrence(from, berlin);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            from = cron.GetNextOccurrence(from, berlin)!.Value;
            _ = cron.GetPreviousOccurrence(from, berlin);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
