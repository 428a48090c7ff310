using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

public sealed class OccurrencePlannerTests
{
    private static readonly DateTimeOffset Noon = CronCase.Instant("2026-06-10 12:00:00Z");
    private static readonly ISchedule Minutely = Cron("* * * * *");
    private static readonly ISchedule Secondly = Cron("* * * * * *");
    private static readonly ISchedule NineDaily = new DailySchedule(new TimeOnly(9, 0), TimeZoneInfo.Utc);

    public static IEnumerable<object[]> Policies =>
        [
            [CatchUp.None],
            [CatchUp.Once],
            [CatchUp.All],
        ];

    [Theory]
    [MemberData(nameof(Policies))]
    internal void Nothing_due_leaves_the_cursor(CatchUp policy)
    {
        var plan = OccurrencePlanner.Plan(NineDaily, Noon, Noon.AddHours(5), policy);

        Assert.Empty(plan.Due);
        Assert.Equal(Noon, plan.Cursor);
        Assert.Equal(CronCase.Instant("2026-06-11 09:00:00Z"), plan.Next);
    }

    [Theory]
    [InlineData(CatchUp.None, 0)]
    [InlineData(CatchUp.Once, 0)]
    [InlineData(CatchUp.All, 0)]
    [InlineData(CatchUp.None, 60)]
    [InlineData(CatchUp.Once, 60)]
    [InlineData(CatchUp.All, 60)]
    internal void One_in_time_runs_under_every_policy(CatchUp policy, int age)
    {
        var nine = CronCase.Instant("2026-06-10 09:00:00Z");

        var plan = OccurrencePlanner.Plan(NineDaily, nine.AddHours(-1), nine.AddSeconds(age), policy);

        Assert.Equal(new PlannedOccurrence(new Occurrence(nine, "2026-06-10"), false, null, false), Assert.Single(plan.Due));
        Assert.Equal(nine, plan.Cursor);
        Assert.Equal(nine.AddDays(1), plan.Next);
    }

    [Theory]
    [InlineData(CatchUp.None, true, false, "Not run: 1 missed occurrence (2026-06-10 09:00:00 UTC), and catch_up is none.")]
    [InlineData(CatchUp.Once, false, true, "Makes up for 1 missed occurrence (2026-06-10 09:00:00 UTC).")]
    [InlineData(CatchUp.All, false, true, "Makes up for the occurrence missed at 2026-06-10 09:00:00 UTC.")]
    internal void One_late_is_the_policys_affair(CatchUp policy, bool skip, bool isCatchUp, string reason)
    {
        var nine = CronCase.Instant("2026-06-10 09:00:00Z");

        var plan = OccurrencePlanner.Plan(NineDaily, nine.AddHours(-1), nine.AddSeconds(60).AddTicks(1), policy);

        Assert.Equal(new PlannedOccurrence(new Occurrence(nine, "2026-06-10"), skip, reason, isCatchUp), Assert.Single(plan.Due));
        Assert.Equal(nine, plan.Cursor);
    }

    [Fact]
    public void Once_runs_the_latest_for_all()
    {
        var plan = OccurrencePlanner.Plan(NineDaily, Noon.AddDays(-3), Noon, CatchUp.Once);

        var only = Assert.Single(plan.Due);
        Assert.Equal("2026-06-10", only.Occurrence.Key);
        Assert.True(only.IsCatchUp);
        Assert.False(only.Skip);
        Assert.Equal("Makes up for 3 missed occurrences (from 2026-06-08 09:00:00 UTC to 2026-06-10 09:00:00 UTC).", only.Reason);
        Assert.Equal(only.Occurrence.At, plan.Cursor);
    }

    [Fact]
    public void Once_in_time_makes_up_for_the_earlier_ones()
    {
        var plan = OccurrencePlanner.Plan(Minutely, Noon.AddMinutes(-5), Noon.AddSeconds(3), CatchUp.Once);

        var only = Assert.Single(plan.Due);
        Assert.Equal(Noon, only.Occurrence.At);
        Assert.True(only.IsCatchUp);
        Assert.Equal("Makes up for 4 missed occurrences (from 2026-06-10 11:56:00 UTC to 2026-06-10 11:59:00 UTC).", only.Reason);
    }

    [Fact]
    public void None_records_the_latest_missed_one_and_runs_the_one_in_time()
    {
        var plan = OccurrencePlanner.Plan(Minutely, Noon.AddMinutes(-5), Noon.AddSeconds(3), CatchUp.None);

        Assert.Equal([Noon.AddMinutes(-1), Noon], plan.Due.Select(due => due.Occurrence.At));
        Assert.Equal([true, false], plan.Due.Select(due => due.Skip));
        Assert.Equal(
            "Not run: 4 missed occurrences (from 2026-06-10 11:56:00 UTC to 2026-06-10 11:59:00 UTC), and catch_up is none.",
            plan.Due[0].Reason
        );
        Assert.Null(plan.Due[1].Reason);
        Assert.Equal(Noon, plan.Cursor);
    }

    [Fact]
    public void All_runs_each_oldest_first()
    {
        var plan = OccurrencePlanner.Plan(Minutely, Noon.AddMinutes(-3), Noon, CatchUp.All);

        Assert.Equal([Noon.AddMinutes(-2), Noon.AddMinutes(-1), Noon], plan.Due.Select(due => due.Occurrence.At));
        Assert.All(plan.Due, due => Assert.True(due.IsCatchUp));
        Assert.Equal("Makes up for the occurrence missed at 2026-06-10 11:58:00 UTC.", plan.Due[0].Reason);
        Assert.Equal("Due at 2026-06-10 12:00:00 UTC, in its turn behind those before it.", plan.Due[2].Reason);
        Assert.DoesNotContain(plan.Due, due => due.Skip);
    }

    // A hiccup of up to a minute makes nothing missed, whatever the rhythm.
    [Theory]
    [InlineData(CatchUp.None, 1)]
    [InlineData(CatchUp.None, 5)]
    [InlineData(CatchUp.None, 10)]
    [InlineData(CatchUp.None, 30)]
    [InlineData(CatchUp.Once, 1)]
    [InlineData(CatchUp.Once, 5)]
    [InlineData(CatchUp.Once, 10)]
    [InlineData(CatchUp.Once, 30)]
    internal void Occurrences_of_the_last_minute_are_on_time_and_one_run(CatchUp policy, int seconds)
    {
        foreach (var schedule in (ISchedule[])[new IntervalSchedule(TimeSpan.FromSeconds(seconds)), Cron($"*/{seconds} * * * * *")])
        {
            var plan = OccurrencePlanner.Plan(schedule, Noon.AddSeconds(-60), Noon, policy);

            var only = Assert.Single(plan.Due);
            Assert.False(only.Skip);
            Assert.False(only.IsCatchUp);
            Assert.Equal(Noon, only.Occurrence.At);
            Assert.StartsWith($"Runs also for {(60 / seconds) - 1} earlier occurrence", only.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void None_with_a_short_rhythm_skips_what_is_older_than_a_minute_only()
    {
        var plan = OccurrencePlanner.Plan(new IntervalSchedule(TimeSpan.FromSeconds(10)), Noon.AddMinutes(-5), Noon, CatchUp.None);

        Assert.Equal([true, false], plan.Due.Select(due => due.Skip));
        Assert.Equal(
            "Not run: 23 missed occurrences (from 2026-06-10 11:55:10 UTC to 2026-06-10 11:58:50 UTC), and catch_up is none.",
            plan.Due[0].Reason
        );
        Assert.Equal("Runs also for 6 earlier occurrences (from 2026-06-10 11:59:00 UTC to 2026-06-10 11:59:50 UTC).", plan.Due[1].Reason);
    }

    [Theory]
    [InlineData(10, 63, 6, 70)]
    [InlineData(10, 12, 1, 20)]
    [InlineData(10, 119, 11, 120)]
    [InlineData(30, 95, 3, 120)]
    [InlineData(60, 62, 1, 120)]
    [InlineData(1440, 1500, 1, 2880)]
    public void An_interval_that_makes_up_for_none_skips_and_keeps_its_timetable(int minutes, int down, int missed, int next)
    {
        var plan = OccurrencePlanner.Plan(new IntervalSchedule(TimeSpan.FromMinutes(minutes)), Noon, Noon.AddMinutes(down), CatchUp.None);

        var only = Assert.Single(plan.Due);
        Assert.True(only.Skip);
        Assert.StartsWith($"Not run: {missed} missed occurrence", only.Reason, StringComparison.Ordinal);
        Assert.Equal(Noon.AddMinutes(next), plan.Next);
    }

    [Theory]
    [InlineData(10, 63, 6)]
    [InlineData(10, 70, 6)]
    [InlineData(10, 69, 6)]
    [InlineData(10, 12, 1)]
    [InlineData(1, 30, 28)]
    [InlineData(60, 600, 9)]
    [InlineData(60, 602, 10)]
    public void The_note_of_a_make_up_counts_all_that_were_missed(int minutes, int down, int missed)
    {
        var plan = OccurrencePlanner.Plan(new IntervalSchedule(TimeSpan.FromMinutes(minutes)), Noon, Noon.AddMinutes(down), CatchUp.Once);

        Assert.StartsWith($"Makes up for {missed} missed occurrence", Assert.Single(plan.Due).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, null)]
    [InlineData(1001, "1 missed occurrence (2026-06-10 11:43:20 UTC).")]
    [InlineData(1500, "500 missed occurrences (from 2026-06-10 11:35:01 UTC to 2026-06-10 11:43:20 UTC).")]
    [InlineData(1999, "999 missed occurrences (from 2026-06-10 11:26:42 UTC to 2026-06-10 11:43:20 UTC).")]
    [InlineData(2000, "1,000 or more missed occurrences (from 2026-06-10 11:26:41 UTC to 2026-06-10 11:43:20 UTC).")]
    public void All_runs_a_thousand_and_says_what_it_leaves_out(int missed, string? leftOut)
    {
        var plan = OccurrencePlanner.Plan(Secondly, Noon.AddSeconds(-missed), Noon, CatchUp.All);

        Assert.Equal(1000, plan.Due.Length);
        Assert.Equal(Noon, plan.Due[^1].Occurrence.At);
        Assert.Equal(Noon.AddSeconds(-999), plan.Due[0].Occurrence.At);
        Assert.EndsWith(
            leftOut is null ? "11:43:21 UTC." : $"Left out, as at most 1,000 are made up for: {leftOut}",
            plan.Due[0].Reason,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Left out", plan.Due[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_count_in_words_is_bounded()
    {
        var late = OccurrencePlanner.Plan(Secondly, Noon.AddYears(-1), Noon, CatchUp.Once);

        Assert.Equal(
            "Makes up for 1,000 or more missed occurrences (from 2025-06-10 12:00:01 UTC to 2026-06-10 11:58:59 UTC). Runs also for 60 "
                + "earlier occurrences (from 2026-06-10 11:59:00 UTC to 2026-06-10 11:59:59 UTC).",
            Assert.Single(late.Due).Reason
        );
    }

    // Counted in questions rather than in time, so that a slow machine cannot fail it.
    [Theory]
    [MemberData(nameof(Policies))]
    internal void Years_of_downtime_cost_no_more_than_a_few_thousand_questions(CatchUp policy)
    {
        var counting = new CountingSchedule(Secondly);

        OccurrencePlanner.Plan(counting, Noon.AddYears(-30), Noon, policy);

        Assert.InRange(counting.Questions, 1, 3000);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    internal void A_clock_that_stepped_back_begins_again_from_now(CatchUp policy)
    {
        var plan = OccurrencePlanner.Plan(NineDaily, Noon.AddYears(3), Noon, policy);

        Assert.Empty(plan.Due);
        Assert.Equal(Noon, plan.Cursor);
        Assert.Equal(CronCase.Instant("2026-06-11 09:00:00Z"), plan.Next);
    }

    [Fact]
    public void An_interval_resumes_within_itself_after_a_step_back()
    {
        var plan = OccurrencePlanner.Plan(new IntervalSchedule(TimeSpan.FromMinutes(10)), Noon.AddYears(3), Noon, CatchUp.Once);

        Assert.Empty(plan.Due);
        Assert.Equal(Noon.AddMinutes(10), plan.Next);
    }

    [Theory]
    [InlineData(CatchUp.None)]
    [InlineData(CatchUp.Once)]
    internal void A_late_interval_runs_now_and_is_no_catch_up(CatchUp policy)
    {
        var plan = OccurrencePlanner.Plan(new IntervalSchedule(TimeSpan.FromMinutes(10)), Noon, Noon.AddMinutes(10).AddSeconds(8), policy);

        Assert.Equal(
            new PlannedOccurrence(new Occurrence(Noon.AddSeconds(608), "1781093408000"), false, null, false),
            Assert.Single(plan.Due)
        );
        Assert.Equal(Noon.AddSeconds(608), plan.Cursor);
        Assert.Equal(Noon.AddSeconds(1208), plan.Next);
    }

    [Fact]
    public void An_interval_makes_up_once_for_those_it_missed()
    {
        var plan = OccurrencePlanner.Plan(new IntervalSchedule(TimeSpan.FromMinutes(10)), Noon, Noon.AddMinutes(63), CatchUp.Once);

        var only = Assert.Single(plan.Due);
        Assert.Equal(Noon.AddMinutes(63), only.Occurrence.At);
        Assert.Equal("Makes up for 6 missed occurrences (from 2026-06-10 12:10:00 UTC to 2026-06-10 13:00:00 UTC).", only.Reason);
        Assert.Equal(Noon.AddMinutes(73), plan.Next);
    }

    [Fact]
    public void An_interval_that_makes_up_for_all_keeps_its_timetable()
    {
        var plan = OccurrencePlanner.Plan(new IntervalSchedule(TimeSpan.FromMinutes(10)), Noon, Noon.AddMinutes(33), CatchUp.All);

        Assert.Equal([10.0, 20.0, 30.0], plan.Due.Select(due => (due.Occurrence.At - Noon).TotalMinutes));
        Assert.Equal(Noon.AddMinutes(40), plan.Next);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    internal void An_interval_of_a_millisecond_is_bounded_too(CatchUp policy)
    {
        var plan = OccurrencePlanner.Plan(new IntervalSchedule(TimeSpan.FromMilliseconds(1)), Noon.AddYears(-1), Noon, policy);

        Assert.InRange(plan.Due.Length, 1, 1000);
        Assert.Equal(Noon, plan.Cursor);
    }

    [Fact]
    public void A_schedule_that_never_comes_has_no_next()
    {
        var plan = OccurrencePlanner.Plan(Cron("0 0 30 2 *"), Noon.AddYears(-1), Noon, CatchUp.All);

        Assert.Empty(plan.Due);
        Assert.Null(plan.Next);
    }

    [Fact]
    public void A_schedule_is_required() =>
        Assert.Throws<ArgumentNullException>("schedule", () => OccurrencePlanner.Plan(null!, Noon, Noon, CatchUp.Once));

    private static CronSchedule Cron(string expression) => new(CronExpression.ParseAny(expression), TimeZoneInfo.Utc);
}
