using System.Globalization;
using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

public sealed class RandomDailyScheduleTests
{
    private static readonly DateTime First = CronCase.Utc("2000-01-01");

    // 19 degrees of freedom: an even draw exceeds 43.8 once in a thousand. The seeds are fixed, so this is no lottery.
    [Theory]
    [InlineData("UTC", "09:00", "17:00", "backup")]
    [InlineData("UTC", "22:00", "06:00", "backup")]
    [InlineData("UTC", "00:00", "00:00", "report")]
    [InlineData("Europe/Berlin", "01:00", "05:00", "report")]
    [InlineData("Asia/Kathmandu", "23:59", "00:01", "narrow")]
    public void Draws_are_even_over_the_window(string zone, string after, string before, string seed)
    {
        var schedule = Random(zone, after, before, seed);
        var begins = ScheduleWalk.Forward(Daily(zone, after), First, First.AddDays(8000)).ToDictionary(o => o.Key, o => o.Utc);
        var length = (Time(before) - Time(after)).TotalMilliseconds is > 0 and var part ? part : 86_400_000;
        var slots = new int[20];
        var draws = 0;
        foreach (var (utc, key) in ScheduleWalk.Forward(schedule, First.AddDays(2), First.AddDays(7998)))
        {
            // Days on which the clock changes inside the window have another length and are judged elsewhere.
            var share = (utc - begins[key]).TotalMilliseconds / length;
            if (share < 1)
            {
                slots[(int)(share * slots.Length)]++;
                draws++;
            }
        }

        var expected = draws / (double)slots.Length;
        var chiSquare = slots.Sum(slot => (slot - expected) * (slot - expected) / expected);
        // At most the 22 nights on which the clock went back are judged elsewhere.
        Assert.InRange(draws, 7997 - 22, 7997);
        Assert.InRange(chiSquare, 3, 43.8);
    }

    // A window over the change has three real hours in March and five in October, and both are used to their end.
    [Theory]
    [InlineData("2026-03-29", "2026-03-29 00:00:00Z", 3)]
    [InlineData("2026-10-25", "2026-10-24 23:00:00Z", 5)]
    [InlineData("2026-06-01", "2026-05-31 23:00:00Z", 4)]
    public void The_window_is_measured_in_time_that_really_elapses(string date, string begin, int hours)
    {
        var hit = new int[hours];
        for (var seed = 0; seed < 2000; seed++)
        {
            var schedule = Random("Europe/Berlin", "01:00", "05:00", $"seed {seed}");
            var next = schedule.Next(CronCase.Instant(begin).AddTicks(-1))!.Value;
            Assert.Equal(date, next.Key);
            hit[(int)(next.At - CronCase.Instant(begin)).TotalHours]++;
        }

        Assert.All(hit, count => Assert.InRange(count, 2000 / hours * 0.85, 2000 / hours * 1.15));
    }

    [Fact]
    public void A_draw_is_the_same_for_ever()
    {
        // Reckoned once in Python. A change of it would make every device draw anew.
        var next = Random("Europe/Berlin", "22:00", "06:00", "backup").Next(CronCase.Instant("2026-06-01 12:00:00Z"));

        Assert.Equal("2026-06-01", next!.Value.Key);
        Assert.Equal("2026-06-01T20:53:47.6790000+00:00", next.Value.At.ToString("o", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Other_seeds_and_other_dates_draw_otherwise()
    {
        var one = Random("UTC", "00:00", "12:00", "one");
        var other = Random("UTC", "00:00", "12:00", "other");
        var at = new DateTimeOffset(First);

        Assert.NotEqual(one.Next(at)!.Value.At, other.Next(at)!.Value.At);
        Assert.NotEqual(one.Next(at)!.Value.At.TimeOfDay, one.Next(at.AddDays(1))!.Value.At.TimeOfDay);
    }

    [Fact]
    public void A_window_over_midnight_belongs_to_the_date_it_begins_on()
    {
        foreach (var (utc, key) in ScheduleWalk.Forward(Random("UTC", "22:00", "06:00", "x"), First, First.AddDays(400)))
        {
            Assert.Equal(key, utc.AddHours(-22).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void A_window_that_the_clock_skips_whole_is_its_end()
    {
        var next = Random("Europe/Berlin", "02:10", "02:50", "x").Next(CronCase.Instant("2026-03-28 12:00:00Z"));

        Assert.Equal(new Occurrence(CronCase.Instant("2026-03-29 01:00:00Z"), "2026-03-29"), next);
    }

    [Fact]
    public void The_ends_of_time_are_safe()
    {
        var schedule = Random("Pacific/Kiritimati", "22:00", "06:00", "x");
        Assert.Null(schedule.Next(DateTimeOffset.MaxValue));
        Assert.Null(schedule.Latest(DateTimeOffset.MinValue, DateTimeOffset.MinValue));
        Assert.NotNull(schedule.Next(DateTimeOffset.MinValue));
        Assert.NotNull(schedule.Latest(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
    }

    [Fact]
    public void It_says_what_it_is() =>
        Assert.Equal("daily at random between 22:00 and 06:00 (Europe/Berlin)", Random("Europe/Berlin", "22:00", "06:00", "x").ToString());

    private static RandomDailySchedule Random(string zone, string after, string before, string seed) =>
        new(Time(after), Time(before), CronCase.Zone(zone), seed);

    private static DailySchedule Daily(string zone, string time) => new(Time(time), CronCase.Zone(zone));

    private static TimeOnly Time(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);
}
