using Aios.Jobs;
using Aios.Scheduling;

namespace Aios.Tests.Daemon;

/// <summary>A schedule that is changed, or followed by other devices, loses nothing, doubles nothing and has missed nothing.</summary>
public sealed class ChangedScheduleTests
{
    private static readonly Job Daily = DaemonRig.Job("d").Daily(new TimeOnly(13, 0));
    private static readonly Job Hourly = DaemonRig.Job("h").At(CronExpression.Parse("@hourly"));
    private static readonly Job EveryTenMinutes = DaemonRig.Job("i").Every(TimeSpan.FromMinutes(10));

    [Fact]
    public void A_job_that_is_enabled_again_has_missed_nothing()
    {
        using var rig = new DaemonRig(Daily);
        rig.Tick();
        rig.UseList(Daily with { Enabled = false });
        rig.Tick();
        Assert.Empty(rig.TickAfter(TimeSpan.FromHours(3)));
        rig.UseList(Daily);
        Assert.Empty(rig.Tick());
        Assert.Single(rig.TickAfter(TimeSpan.FromHours(22)));
    }

    [Fact]
    public void A_changed_time_takes_effect_and_makes_up_for_nothing()
    {
        using var rig = new DaemonRig(Daily);
        rig.Tick();
        rig.UseList(Daily.Daily(new TimeOnly(11, 0)));
        Assert.Empty(rig.Tick());
        Assert.Empty(rig.TickAfter(TimeSpan.FromHours(2)));
        Assert.Single(rig.TickAfter(TimeSpan.FromHours(21)));
    }

    public static TheoryData<string> MovedToLaterToday =>
        [
            "daily 14:30",
            "daily 13:31",
            "daily 23:59",
            "daily 15:00 in Berlin",
            "daily 09:00 in New York",
            "random 14:00 to 15:00",
            "random 13:31 to 13:40",
            "cron 30 14 * * *",
            "cron */7 * * * *",
            "cron 0 0 14 * * *",
            "daily 22:45 in Tokyo",
        ];

    [Theory]
    [MemberData(nameof(MovedToLaterToday))]
    public void A_job_that_has_run_today_and_is_moved_to_later_today_runs_as_promised(string moved)
    {
        using var rig = new DaemonRig(Daily);
        rig.Tick();
        rig.Clock.Advance(TimeSpan.FromHours(1));
        rig.PassToEnd();
        rig.Clock.Advance(TimeSpan.FromMinutes(30));
        var job = Moved(moved);
        rig.UseList(job);
        Assert.Empty(rig.Tick());
        var promised = rig.Coming(job);
        Assert.InRange(promised, rig.Clock.GetUtcNow(), rig.Clock.GetUtcNow().AddHours(10.5));
        rig.Clock.SetWall(promised.AddMilliseconds(-1));
        Assert.Empty(rig.Tick());
        Assert.Single(rig.TickAfter(TimeSpan.FromMilliseconds(1)));
        rig.UseList(job);
        Assert.Empty(rig.TickAfter(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void What_has_run_before_an_update_does_not_run_again_after_it()
    {
        using var rig = new DaemonRig(Daily);
        rig.Tick();
        rig.Clock.Advance(TimeSpan.FromHours(1));
        rig.PassToEnd();
        rig.Sql.Do("UPDATE triggers SET dedup_key = 'occurrence:d@2026-03-02'; DELETE FROM schedules");
        rig.Sql.Do(Aios.Store.Sqlite.Schema.ScheduleSchema.OccurrencesByInstant);
        Assert.Equal("occurrence:d@1772456400000", rig.Sql.Scalar<string>("SELECT dedup_key FROM triggers"));
        rig.Clock.SetWall(rig.Clock.GetUtcNow().AddMinutes(-30));
        rig.UseList(Daily);
        Assert.Empty(rig.Tick());
        Assert.Empty(rig.TickAfter(TimeSpan.FromMinutes(31)));
    }

    [Theory]
    [InlineData(CatchUp.None)]
    [InlineData(CatchUp.Once)]
    [InlineData(CatchUp.All)]
    internal void An_interval_made_shorter_has_missed_nothing(CatchUp policy)
    {
        var hourly = EveryTenMinutes.Every(TimeSpan.FromHours(1)).CatchingUp(policy);
        using var rig = new DaemonRig(hourly);
        rig.PassToEnd();
        rig.Clock.Advance(TimeSpan.FromMinutes(30));
        rig.UseList(hourly.Every(TimeSpan.FromMinutes(1)));
        rig.PassToEnd();
        Assert.Equal(
            ["schedule: queued", "schedule: queued"],
            rig.Sql.Column("SELECT source || ': ' || coalesce(note, 'queued') FROM triggers")
        );
        Assert.Empty(rig.TickAfter(TimeSpan.FromSeconds(59)));
        Assert.Single(rig.TickAfter(TimeSpan.FromSeconds(1)));
    }

    // The list is saved while the daemon is between two ticks, at or about the instant at which the old or the new time is due.
    [Theory]
    [InlineData("daily 13:00", "cron 0 13 * * *", 0.01, 0.1)]
    [InlineData("daily 13:00", "cron 0 13 * * *", -0.05, 0.1)]
    [InlineData("daily 13:00", "daily 15:00", 0.05, 0.1)]
    [InlineData("daily 12:30", "daily 13:00", -0.05, 0.1)]
    [InlineData("cron * * * * *", "cron */1 * * * *", 0.05, 0.1)]
    [InlineData("cron * * * * *", "cron */1 * * * *", -0.05, 0.1)]
    [InlineData("cron 0 13 * * *", "daily 13:00", 0.2, 0.8)]
    [InlineData("cron 0 13 * * *", "daily 13:00", -0.2, 0.8)]
    [InlineData("random 13:00 to 13:01", "daily 13:00", -0.5, 0.4)]
    [InlineData("daily 09:00 in New York", "daily 13:00", -0.3, 0.3)]
    public void A_list_saved_in_the_turn_in_which_a_job_is_due_loses_nothing_and_doubles_nothing(
        string before,
        string after,
        double saved,
        double seen
    )
    {
        var one = TimeSpan.FromHours(1);
        using var rig = new DaemonRig(Moved(before));
        rig.Tick();
        rig.Clock.Advance(one - TimeSpan.FromSeconds(1));
        rig.PassToEnd();
        var known = rig.Sql.Scalar<long>("SELECT count(*) FROM triggers");
        rig.Clock.Advance(TimeSpan.FromSeconds(1 + seen));
        rig.UseList(rig.Clock.GetUtcNow().AddSeconds(saved - seen), Moved(after));
        rig.Tick();
        rig.Tick();
        Assert.Equal(known + 1, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers"));
        Assert.Equal(1772456400.0, rig.Sql.Scalar<double>("SELECT max(occurrence) FROM triggers"));
    }

    [Fact]
    public void A_start_without_the_tag_forgets_no_cursor()
    {
        var job = Hourly with { Tags = ["gpu"] };
        using var rig = new DaemonRig();
        using var tagged = rig.Beside("box", "gpu", job);
        tagged.Tick();
        Assert.Single(tagged.TickAfter(TimeSpan.FromHours(1)));
        using (var untagged = rig.Beside("box", "", job))
            untagged.TickAfter(TimeSpan.FromMinutes(1));
        rig.Clock.Advance(TimeSpan.FromHours(3.5));
        using var again = rig.Beside("box", "gpu", job);
        again.Tick();
        Assert.StartsWith(
            "Makes up for 3 missed occurrences",
            rig.Sql.Scalar<string>("SELECT note FROM triggers ORDER BY id DESC LIMIT 1"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Two_devices_with_different_lists_lose_nothing_of_either()
    {
        using var rig = new DaemonRig(Moved("daily 13:00"));
        using var other = rig.Beside("there", "", Moved("daily 14:00"));
        rig.Tick();
        other.Tick();
        for (var minute = 0; minute < 24 * 60; minute += 5)
        {
            rig.Clock.Advance(TimeSpan.FromMinutes(5));
            other.PassToEnd();
            rig.PassToEnd();
        }

        Assert.Equal(
            [1772456400.0, 1772460000.0],
            rig.Sql.Column("SELECT occurrence FROM triggers ORDER BY id")
                .Select(at => double.Parse(at, System.Globalization.CultureInfo.InvariantCulture))
        );
    }

    [Fact]
    public void A_schedule_that_comes_back_has_missed_nothing()
    {
        using var rig = new DaemonRig(Hourly);
        rig.Tick();
        rig.UseList(Daily with { Name = "h" });
        rig.TickAfter(TimeSpan.FromMinutes(10));
        rig.Clock.Advance(TimeSpan.FromHours(10));
        rig.UseList(Hourly);
        rig.Tick();
        Assert.Equal(0, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE note LIKE '%missed%' AND occurrence > 1772456400"));
    }

    private static Job Moved(string words)
    {
        var parts = words.Split(' ', 2);
        var at = parts[1].Split(" in ");
        var zone =
            at.Length == 1
                ? TimeZoneInfo.Utc
                : TimeZoneInfo.FindSystemTimeZoneById(
                    at[1] switch
                    {
                        "Berlin" => "Europe/Berlin",
                        "Tokyo" => "Asia/Tokyo",
                        _ => "America/New_York",
                    }
                );
        var job = DaemonRig.Job("d");
        if (parts[0] == "cron")
            return job.At(CronExpression.ParseAny(parts[1])).In(zone);
        var times = at[0].Split(" to ").Select(time => TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return (parts[0] == "daily" ? job.Daily(times[0]) : job.RandomDaily(times[0], times[1])).In(zone);
    }
}
