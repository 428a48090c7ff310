using Aios.Scheduling;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Scheduling;

/// <summary>What holds for every expression, zone, instant and movement of the clock.</summary>
public sealed class SchedulingProperties
{
    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20260329, 7919);

    private static readonly string[] Zones =
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
        "Asia/Kathmandu",
        "Europe/Dublin",
        "Africa/Casablanca",
        "Pacific/Apia",
        "Asia/Amman",
        "Europe/Moscow",
        "Pacific/Kiritimati",
    ];

    private static readonly Gen<string> Seconds = Gen.Elements("0", "30", "*/15", "7,59");
    private static readonly Gen<string> Minutes = Gen.Elements("*", "0", "30", "*/5", "17", "1-50/7", "55-5", "0,15,45", "59");
    private static readonly Gen<string> Hours = Gen.Elements("*", "0", "1", "2", "3", "*/2", "9-17", "22-2", "0,12", "23");
    private static readonly Gen<string> Days = Gen.Elements(
        "*",
        "*",
        "*",
        "1",
        "31",
        "L",
        "LW",
        "L-3",
        "15W",
        "1W",
        "*/2",
        "29-2",
        "13",
        "?"
    );
    private static readonly Gen<string> Months = Gen.Elements("*", "*", "*", "2", "NOV-FEB", "*/3", "3,10");
    private static readonly Gen<string> Weekdays = Gen.Elements(
        "*",
        "*",
        "*",
        "MON-FRI",
        "0",
        "7",
        "FRI-MON",
        "FRIL",
        "SUN#2",
        "MON#5",
        "*/2",
        "?"
    );

    private static readonly Gen<string> Expressions =
        from second in Seconds
        from minute in Minutes
        from hour in Hours
        from day in Days
        from month in Months
        from weekday in Weekdays
        select $"{second} {minute} {hour} {day} {month} {weekday}";

    private static readonly Gen<TimeZoneInfo> AnyZone = Gen.Elements(Zones).Select(CronCase.Zone);

    // Half of them near the changes of clocks in spring and autumn, where errors would be.
    private static readonly Gen<DateTime> Instants =
        from year in Gen.Choose(2010, 2030)
        from second in Gen.OneOf(
            Gen.Choose(0, 365 * 86400),
            Gen.Elements(85, 297, 364, 45, 80).SelectMany(day => Gen.Choose(day * 86400, (day + 8) * 86400))
        )
        from fraction in Gen.Elements(0L, 0L, 1L, 5_000_000L)
        select new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(second).AddTicks(fraction);

    private static readonly Gen<TimeOnly> Times = Gen.Choose(0, 24 * 12 - 1)
        .Select(part => new TimeOnly(part * 5 * TimeSpan.TicksPerMinute));

    private static readonly Gen<ISchedule> Schedules = AnyZone.SelectMany(zone => SchedulesIn(zone, Expressions));

    // Zones with an instant at which their clock changes, from all kinds of change.
    private static readonly Gen<(string Zone, string Change)> Changes = Gen.Elements(
        ("Europe/Berlin", "2026-03-29 01:00:00"),
        ("Europe/Berlin", "2026-10-25 01:00:00"),
        ("America/New_York", "2026-11-01 06:00:00"),
        ("Australia/Lord_Howe", "2026-04-04 15:00:00"),
        ("America/Sao_Paulo", "2017-10-15 03:00:00"),
        ("America/Sao_Paulo", "2018-02-18 02:00:00"),
        ("Europe/Dublin", "2026-10-25 01:00:00"),
        ("Africa/Casablanca", "2026-02-15 02:00:00"),
        ("Pacific/Apia", "2011-12-30 10:00:00"),
        ("Asia/Amman", "2017-10-26 22:00:00")
    );

    // Expressions for every day and mostly for single times, so that many of them meet the change.
    private static readonly Gen<string> NightlyExpressions =
        from minute in Minutes
        from hour in Gen.Elements("0", "1", "2", "3", "23", "1,2", "*")
        select $"0 {minute} {hour} * * *";

    private static readonly Gen<(ISchedule Schedule, DateTimeOffset At)> NearChanges =
        from change in Changes
        from schedule in SchedulesIn(CronCase.Zone(change.Zone), NightlyExpressions)
        from minute in Gen.Choose(-90, 90)
        select (schedule, CronCase.Instant(change.Change).AddMinutes(minute));

    [Fact]
    public void The_next_is_strictly_later_and_the_previous_strictly_earlier() => Holds(Schedules, Instants, (schedule, instant) =>
        {
            var at = new DateTimeOffset(instant);
            return (schedule.Next(at) is not { } next || next.At > at)
                && (schedule.Latest(DateTimeOffset.MinValue, at) is not { } latest || latest.At <= at);
        });

    [Fact]
    public void Between_an_instant_and_its_next_there_is_nothing() => Holds(Schedules, Instants, (schedule, instant) =>
        {
            var at = new DateTimeOffset(instant);
            return schedule.Next(at) is not { } next
                || (schedule.Latest(at, next.At.AddTicks(-1)) is null && schedule.Latest(at, next.At) == next);
        });

    [Fact]
    public void Near_a_change_of_the_clock_that_holds_too() => Check.One(Checks, Prop.ForAll(NearChanges.ToArbitrary(), near =>
            {
                var (schedule, at) = near;
                return schedule.Next(at) is not { } next
                    || (next.At > at && schedule.Latest(at, next.At.AddTicks(-1)) is null && schedule.Latest(at, next.At) == next);
            }));

    [Fact]
    public void The_next_of_the_latest_is_not_before_the_instant() => Holds(Schedules, Instants, (schedule, instant) =>
        {
            var at = new DateTimeOffset(instant);
            return schedule.Latest(DateTimeOffset.MinValue, at) is not { } latest
                || schedule.Next(latest.At) is not { } next
                || (next.At > at && schedule.Next(latest.At.AddTicks(-1)) == latest);
        });

    [Fact]
    public void A_later_instant_never_has_an_earlier_next() => Holds(Schedules, Instants, (schedule, instant) =>
        {
            var at = new DateTimeOffset(instant);
            var (near, far) = (schedule.Next(at), schedule.Next(at.AddMinutes(59)));
            return far is null || near!.Value.At <= far.Value.At;
        });

    [Fact]
    public void The_previous_of_the_next_is_not_later_than_the_instant() =>
        Check.One(
            Checks,
            Prop.ForAll(Expressions.ToArbitrary(), AnyZone.ToArbitrary(), Instants.ToArbitrary(), (expression, zone, instant) =>
            {
                var cron = CronExpression.ParseAny(expression);
                var next = cron.GetNextOccurrence(instant, zone);
                var previous = next is null ? null : cron.GetPreviousOccurrence(next.Value, zone);
                return previous is null || (previous <= instant && cron.GetNextOccurrence(previous.Value, zone) == next);
            })
        );

    [Fact]
    public void A_range_is_repeated_next() =>
        Check.One(
            Checks,
            Prop.ForAll(Expressions.ToArbitrary(), AnyZone.ToArbitrary(), Instants.ToArbitrary(), (expression, zone, instant) =>
            {
                var cron = CronExpression.ParseAny(expression);
                var end = instant.AddHours(30);
                var repeated = new List<DateTime>();
                for (var at = cron.GetNextOccurrence(instant, zone, inclusive: true); at < end; at = cron.GetNextOccurrence(at.Value, zone))
                {
                    repeated.Add(at.Value);
                }

                return repeated.SequenceEqual(cron.GetOccurrences(instant, end, zone));
            })
        );

    [Fact]
    public void The_text_of_an_expression_is_that_expression() => Check.One(Checks, Prop.ForAll(Expressions.ToArbitrary(), expression =>
            {
                var cron = CronExpression.ParseAny(expression);
                return CronExpression.ParseAny(cron.ToString()) == cron;
            }));

    [Fact]
    public void Any_text_is_an_expression_or_a_format_error()
    {
        var characters = Gen.Elements(
            "0",
            "1",
            "5",
            "31",
            "59",
            "60",
            " ",
            " ",
            " ",
            "*",
            "/",
            "-",
            ",",
            "?",
            "L",
            "W",
            "#",
            "MON",
            "JAN",
            "@",
            "daily",
            "x",
            "\t",
            "ü",
            "\0"
        );
        var texts = characters.ListOf().Select(string.Concat);
        Check.One(Checks, Prop.ForAll(texts.ToArbitrary(), text =>
            {
                try
                {
                    return CronExpression.ParseAny(text).GetNextOccurrence(CronCase.Utc("2026-01-01")) is not { Year: < 2026 };
                }
                catch (CronFormatException error)
                {
                    return error.Message.Length > 0;
                }
            }));
    }

    [Fact]
    public void A_plan_keeps_its_word()
    {
        var questions =
            from schedule in Gen.OneOf(
                Schedules,
                Gen.Elements(1, 90, 3600).Select(s => (ISchedule)new IntervalSchedule(TimeSpan.FromSeconds(s)))
            )
            from now in Instants
            from minutes in Gen.Elements(-100_000, -1, 0, 1, 2, 30, 1500, 5000, 100_000)
            from policy in Gen.Elements(CatchUp.None, CatchUp.Once, CatchUp.All)
            select (schedule, now: new DateTimeOffset(now), minutes, policy);
        Check.One(Checks.WithMaxTest(500), Prop.ForAll(questions.ToArbitrary(), question =>
            {
                var (schedule, now, minutes, policy) = question;
                var cursor = now.AddMinutes(-minutes);
                AssertSound(OccurrencePlanner.Plan(schedule, cursor, now, policy), cursor, now, policy);
            }));
    }

    [Fact]
    public void No_occurrence_runs_twice_and_none_is_forgotten_however_the_clock_jumps()
    {
        var steps = Gen.Elements(1, 5, 30, 59, 61, 600, 4000, 90_000, -5, -61, -3600, -90_000).NonEmptyListOf();
        var questions =
            from schedule in Schedules
            from start in Instants
            from jumps in steps
            select (schedule, start: new DateTimeOffset(start), jumps);
        Check.One(Checks.WithMaxTest(500), Prop.ForAll(questions.ToArbitrary(), question =>
            {
                var (schedule, now, jumps) = question;
                var (cursor, high) = (now, now);
                var ran = new Dictionary<string, DateTimeOffset>();
                foreach (var jump in jumps)
                {
                    now = now.AddSeconds(jump);
                    high = now > high ? now : high;
                    var plan = OccurrencePlanner.Plan(schedule, cursor, now, CatchUp.All);
                    cursor = plan.Cursor;
                    foreach (var due in plan.Due)
                    {
                        // One key is one instant, so a key in the database stops every second run.
                        Assert.True(ran.TryAdd(due.Occurrence.Key, due.Occurrence.At) || ran[due.Occurrence.Key] == due.Occurrence.At);
                    }
                }

                Assert.Equal(ran.Count, ran.Values.Distinct().Count());
                AssertNoneForgotten(schedule, question.start, now, ran.Values);
            }));
    }

    // What lies between the beginning and the present has been planned, the latest thousand at least.
    private static void AssertNoneForgotten(ISchedule schedule, DateTimeOffset start, DateTimeOffset now, IEnumerable<DateTimeOffset> ran)
    {
        var planned = ran.ToHashSet();
        var upTo = now;
        for (var left = 1000; left > 0 && schedule.Latest(start, upTo) is { } occurrence; left--)
        {
            Assert.Contains(occurrence.At, planned);
            upTo = occurrence.At.AddTicks(-1);
        }
    }

    private static void AssertSound(OccurrencePlan plan, DateTimeOffset cursor, DateTimeOffset now, CatchUp policy)
    {
        var start = cursor < now ? cursor : now;
        var runs = plan.Due.Where(due => !due.Skip).ToList();
        var times = plan.Due.Select(due => due.Occurrence.At).ToList();

        Assert.InRange(runs.Count, 0, policy == CatchUp.All ? 1000 : 1);
        Assert.InRange(plan.Due.Length - runs.Count, 0, policy == CatchUp.None ? 1 : 0);
        Assert.All(times, at => Assert.True(at > start && at <= now));
        Assert.Equal(times.Order().Distinct(), times);
        Assert.Equal(times.Count == 0 ? start : times[^1], plan.Cursor);
        Assert.True(plan.Next is null || plan.Next > plan.Cursor);
        Assert.All(plan.Due.Where(due => due.Skip || due.IsCatchUp), due => Assert.NotNull(due.Reason));
        Assert.All(runs, due => Assert.True(due.IsCatchUp || now - due.Occurrence.At <= TimeSpan.FromSeconds(60)));
    }

    private static Gen<ISchedule> SchedulesIn(TimeZoneInfo zone, Gen<string> expressions) =>
        Gen.OneOf(
            from expression in expressions
            select (ISchedule)new CronSchedule(CronExpression.ParseAny(expression), zone),
            from time in Times
            select (ISchedule)new DailySchedule(time, zone),
            from after in Times
            from before in Times
            select (ISchedule)new RandomDailySchedule(after, before, zone, "seed")
        );

    private static void Holds<TLeft, TRight>(Gen<TLeft> left, Gen<TRight> right, Func<TLeft, TRight, bool> property) =>
        Check.One(Checks, Prop.ForAll(left.ToArbitrary(), right.ToArbitrary(), property));
}
