using System.Globalization;
using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

/// <summary>Whole years in zones that change their clocks in every known way, against a minute-by-minute reckoning.</summary>
public sealed class WholeYearTests
{
    private static readonly (string Zone, int Year)[] Years =
    [
        ("Europe/Berlin", 2026),
        ("America/New_York", 2026),
        ("Australia/Lord_Howe", 2026),
        ("America/Sao_Paulo", 2017),
        ("America/Sao_Paulo", 2018),
        ("Asia/Kathmandu", 2026),
        ("Europe/Dublin", 2026),
        ("Africa/Casablanca", 2024),
        ("Africa/Casablanca", 2025),
        ("Africa/Casablanca", 2026),
        ("Pacific/Apia", 2011),
        ("Asia/Amman", 2017),
        ("Europe/Moscow", 2011),
        ("Europe/Moscow", 2014),
    ];

    private static readonly string[] Expressions =
    [
        "0 0 * * *",
        "30 0 * * *",
        "30 1 * * *",
        "0 2 * * *",
        "30 2 * * *",
        "45 2,3 * * *",
        "15 1,2,23 * * *",
        "0 9 * * 1,2,3,4,5",
        "30 2 30 * *",
        "59 23 31 12 *",
        "0 0 1,15 * 0",
        "30 2 * 3,10 7",
        "* 0-3 * * *",
        "*/7 * * * *",
        "0 * * * *",
        "30 * * * *",
        "*/20 1-3 * * *",
        "0 */6 * * *",
        "30 2-2 * * *",
        "0-10 0 * * *",
        "15 1-2 */2 * 0",
        "*/30 * 29,30,31 * *",
    ];

    public static TheoryData<string, int, string> Cases()
    {
        var cases = new TheoryData<string, int, string>();
        foreach (var (zone, year) in Years)
        {
            foreach (var expression in Expressions)
            {
                cases.Add(zone, year, expression);
            }
        }

        return cases;
    }

    public static TheoryData<string, int, string> DailyCases()
    {
        var cases = new TheoryData<string, int, string>();
        foreach (var (zone, year) in Years)
        {
            foreach (var time in new[] { "00:00", "00:30", "01:30", "02:00", "02:30", "12:00", "23:30" })
            {
                cases.Add(zone, year, time);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cron_agrees_both_ways(string zone, int year, string expression)
    {
        var oracle = ZoneYear.Of(zone, year);
        var naive = new NaiveCron(expression);
        var expected = naive.NamesRhythm
            ? oracle.EveryShowing(naive.Matches)
            : oracle.FirstPassing(naive.Matches).ConvertAll(found => found.Utc);

        var cron = CronExpression.Parse(expression);
        AssertSame(expected, cron.GetOccurrences(oracle.First, oracle.End, oracle.Zone).ToList());
        AssertSame(expected, Backward(cron, oracle));
    }

    [Theory]
    [MemberData(nameof(DailyCases))]
    public void Daily_agrees_both_ways(string zone, int year, string time)
    {
        var oracle = ZoneYear.Of(zone, year);
        var at = TimeOnly.Parse(time, CultureInfo.InvariantCulture);
        var expected = oracle
            .FirstPassing(wall => TimeOnly.FromDateTime(wall) == at)
            .ConvertAll(found => (found.Utc, Key(found.Walls[^1])));

        var schedule = new DailySchedule(at, oracle.Zone);
        Assert.Equal(expected, ScheduleWalk.Forward(schedule, oracle.First, oracle.End));
        Assert.Equal(expected, ScheduleWalk.Backward(schedule, oracle.First, oracle.End));
    }

    // The expected window's ends are those of two daily schedules, which agree with the reckoning above.
    [Theory]
    [MemberData(nameof(DailyCases))]
    public void A_random_draw_lies_in_its_window(string zone, int year, string time)
    {
        var oracle = ZoneYear.Of(zone, year);
        var after = TimeOnly.Parse(time, CultureInfo.InvariantCulture);
        foreach (var hours in new[] { 1, 7, 23, 24 })
        {
            var before = after.AddHours(hours);
            var random = new RandomDailySchedule(after, before, oracle.Zone, "seed");
            var begins = ScheduleWalk
                .Forward(new DailySchedule(after, oracle.Zone), oracle.First, oracle.End)
                .ToDictionary(o => o.Key, o => o.Utc);
            var ends = ScheduleWalk
                .Forward(new DailySchedule(before, oracle.Zone), oracle.First.AddDays(-2), oracle.End.AddDays(3))
                .ToDictionary(o => o.Key, o => o.Utc);
            var draws = ScheduleWalk.Forward(random, oracle.First.AddDays(3), oracle.End.AddDays(-3));

            Assert.Equal(draws, ScheduleWalk.Backward(random, oracle.First.AddDays(3), oracle.End.AddDays(-3)));
            Assert.InRange(draws.Count, 358, 361);
            Assert.Equal(draws.Count, draws.Select(draw => draw.Key).Distinct().Count());
            foreach (var (utc, key) in draws.Where(draw => begins.ContainsKey(draw.Key)))
            {
                var endDate = Key(DateTime.Parse(key, CultureInfo.InvariantCulture).AddDays(before <= after ? 1 : 0));
                if (ends.TryGetValue(endDate, out var end))
                {
                    Assert.InRange(utc, begins[key], end == begins[key] ? end : end.AddTicks(-1));
                }
            }
        }
    }

    // Half a million instants are compared much faster here than by Assert.Equal, which is left to show the difference.
    private static void AssertSame(List<DateTime> expected, List<DateTime> actual)
    {
        if (!expected.SequenceEqual(actual))
        {
            Assert.Equal(expected.Except(actual), actual.Except(expected));
            Assert.Equal(expected.Count, actual.Count);
            Assert.Fail("The same instants came in another order.");
        }
    }

    private static string Key(DateTime wall) => wall.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static List<DateTime> Backward(CronExpression cron, ZoneYear year)
    {
        var found = new List<DateTime>();
        for (
            var at = cron.GetPreviousOccurrence(year.End, year.Zone);
            at >= year.First;
            at = cron.GetPreviousOccurrence(at.Value, year.Zone)
        )
        {
            found.Add(at.Value);
        }

        found.Reverse();
        return found;
    }
}
