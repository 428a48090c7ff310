using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

/// <summary>How far a schedule has been followed, whatever the clock does.</summary>
public sealed class SchedulePositionTests
{
    private static readonly DateTimeOffset Noon = CronCase.Instant("2026-06-10 12:00:00Z");
    private static readonly ISchedule Minutely = new CronSchedule(CronExpression.ParseAny("* * * * *"), TimeZoneInfo.Utc);
    private static readonly ISchedule TenMinutes = new IntervalSchedule(TimeSpan.FromMinutes(10));
    private static readonly ISchedule Daily = new DailySchedule(new TimeOnly(9, 0), TimeZoneInfo.Utc);

    private static readonly string[] Behind =
    [
        "1970-01-01 00:00:10Z",
        "2000-01-01 00:00:00Z",
        "2015-01-01 09:30:00Z",
        "2024-02-29 23:59:00Z",
        "2026-06-09 12:00:00Z",
        "2026-06-10 11:58:00Z",
    ];

    public static IEnumerable<object[]> ClocksBehind =>
        Behind.SelectMany(clock => Enum.GetValues<CatchUp>(), (clock, policy) => new object[] { clock, policy });

    [Theory]
    [MemberData(nameof(ClocksBehind))]
    internal void A_clock_that_is_behind_moves_nothing_back_and_stops_nothing(string clock, CatchUp policy)
    {
        foreach (var schedule in (ISchedule[])[Minutely, TenMinutes, Daily])
        {
            var (behind, position) = (CronCase.Instant(clock), new SchedulePosition(Noon));
            var ran = 0;
            for (var minute = 0; minute <= 24 * 60 && behind.AddMinutes(minute) < Noon; minute++)
            {
                var (plan, moved) = position.Follow(schedule, behind.AddMinutes(minute), policy);
                Assert.Equal(Noon, moved.Reached);
                Assert.InRange(plan.Due.Length, 0, 1);
                ran += plan.Due.Length;
                position = moved;
            }

            if (schedule != Daily && Noon - behind > TimeSpan.FromHours(1))
                Assert.InRange(ran, 24 * 6 - 1, 24 * 60);

            // Set right a day after it had stopped: only that day is made up for.
            var (right, _) = position.Follow(schedule, Noon.AddDays(1).AddSeconds(90), policy);
            Assert.All(right.Due, due => Assert.True(due.Occurrence.At > Noon || (schedule == TenMinutes && due.Occurrence.At == Noon)));
            if (policy == CatchUp.All && schedule != Minutely)
                Assert.InRange(right.Due.Length, 1, (24 * 6) + 1);
        }
    }

    [Fact]
    public void A_clock_that_was_never_set_has_missed_nothing_when_it_is()
    {
        var unset = CronCase.Instant("1970-01-01 00:05:00Z");
        var position = SchedulePosition.Begin(Minutely, null, unset, unset, unset);
        (_, position) = position.Follow(Minutely, unset.AddMinutes(3), CatchUp.All);

        var (plan, moved) = position.Follow(Minutely, Noon.AddSeconds(30), CatchUp.All);

        Assert.Empty(plan.Due);
        Assert.Equal(Noon.AddSeconds(30), moved.Reached);
        Assert.Equal(Noon.AddMinutes(1), plan.Next);
    }

    [Fact]
    public void A_schedule_that_is_new_while_the_clock_is_behind_has_missed_nothing_when_it_is_right()
    {
        var behind = CronCase.Instant("2025-01-01 00:00:00Z");
        var position = SchedulePosition.Begin(Minutely, null, behind, behind, Noon);
        var (ran, moved) = position.Follow(Minutely, behind.AddMinutes(1), CatchUp.All);
        Assert.Single(ran.Due);

        var (plan, _) = moved.Follow(Minutely, Noon.AddMinutes(2), CatchUp.All);

        Assert.Equal([Noon.AddMinutes(1), Noon.AddMinutes(2)], plan.Due.Select(due => due.Occurrence.At));
    }

    [Fact]
    public void An_interval_keeps_its_rhythm_when_the_clock_comes_by_where_it_was()
    {
        var position = new SchedulePosition(Noon);
        var starts = new List<double>();
        for (var minute = -25; minute <= 30; minute++)
        {
            (var plan, position) = position.Follow(TenMinutes, Noon.AddMinutes(minute), CatchUp.Once);
            if (!plan.Due.IsEmpty)
                starts.Add(minute);
        }

        Assert.Equal([-15.0, -5, 5, 15, 25], starts);
    }

    [Fact]
    public void Small_corrections_of_the_clock_change_nothing()
    {
        var position = new SchedulePosition(Noon);

        var (plan, moved) = position.Follow(Minutely, Noon.AddMilliseconds(-900), CatchUp.Once);

        Assert.Empty(plan.Due);
        Assert.Equal(position, moved);
        Assert.Equal(Noon.AddMinutes(1), plan.Next);
    }

    // From an hour to a minute after half an hour, and nine others: due once if it is due, and nothing was missed.
    [Theory]
    [InlineData(60, 1, 30, 30)]
    [InlineData(60, 10, 30, 30)]
    [InlineData(60, 29, 30, 30)]
    [InlineData(60, 45, 30, 45)]
    [InlineData(1440, 60, 600, 600)]
    [InlineData(1440, 1, 1439, 1439)]
    [InlineData(10, 60, 5, 60)]
    [InlineData(1, 1440, 0, 1440)]
    [InlineData(30, 15, 14, 15)]
    [InlineData(10080, 5, 10000, 10000)]
    public void A_changed_interval_goes_on_from_its_last_start_and_has_missed_nothing(int former, int changed, int after, int next)
    {
        _ = former;
        var schedule = new IntervalSchedule(TimeSpan.FromMinutes(changed));
        foreach (var policy in Enum.GetValues<CatchUp>())
        {
            var saved = Noon.AddMinutes(after);
            var position = SchedulePosition.Begin(schedule, new SchedulePosition(Noon), saved, saved.AddMilliseconds(200), saved);
            var (plan, _) = position.Follow(schedule, saved.AddMilliseconds(200), policy);

            Assert.Equal(next == after, plan.Due.Length == 1);
            Assert.All(plan.Due, due => Assert.True(due is { Skip: false, IsCatchUp: false, Reason: null }));
            if (next > after)
                Assert.Equal(Noon.AddMinutes(next), plan.Next);
        }
    }
}
