using Aios.Jobs;
using Aios.Scheduling;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Tests.Daemon;

/// <summary>From occurrences to triggers, over restarts, downtime, clock changes and several devices. It is noon on 2026-03-02.</summary>
public sealed class SchedulerTests
{
    private static readonly Job Daily = DaemonRig.Job("d").Daily(new TimeOnly(13, 0));
    private static readonly Job Hourly = DaemonRig.Job("h").At(CronExpression.Parse("@hourly"));
    private static readonly Job EveryTenMinutes = DaemonRig.Job("i").Every(TimeSpan.FromMinutes(10));

    [Fact]
    public void A_job_seen_for_the_first_time_has_missed_nothing()
    {
        using var rig = new DaemonRig(Daily.Daily(new TimeOnly(11, 0)), Hourly);
        Assert.Empty(rig.Tick());
    }

    [Fact]
    public void An_occurrence_becomes_one_trigger_when_its_time_comes()
    {
        using var rig = new DaemonRig(Daily);
        Assert.Empty(rig.Tick());
        Assert.Empty(rig.TickAfter(TimeSpan.FromMinutes(59)));
        Assert.Single(rig.TickAfter(TimeSpan.FromMinutes(1)));
        Assert.Empty(rig.TickAfter(TimeSpan.FromMinutes(1)));
        Assert.Equal("occurrence:d@1772456400000", rig.Sql.Scalar<string>("SELECT dedup_key FROM triggers"));
    }

    [Fact]
    public void An_interval_runs_at_first_sight_then_from_start_to_start()
    {
        using var rig = new DaemonRig(EveryTenMinutes);
        var run = Assert.Single(rig.Tick());
        rig.Tick(ended: rig.End(run, RunStatus.Succeeded));
        Assert.Empty(rig.TickAfter(TimeSpan.FromMinutes(9.9)));
        Assert.Single(rig.TickAfter(TimeSpan.FromMinutes(0.1)));
    }

    [Theory]
    [InlineData(CatchUp.None, 0)]
    [InlineData(CatchUp.Once, 1)]
    [InlineData(CatchUp.All, 5)]
    internal void What_was_missed_while_down_is_made_up_for_as_the_job_says(CatchUp policy, int runs)
    {
        var job = Hourly.CatchingUp(policy);
        using var rig = new DaemonRig(job);
        rig.Tick();
        rig.Clock.Advance(TimeSpan.FromHours(5.5));
        rig.UseList(job);
        var started = new List<Aios.Daemon.Claiming.ClaimedRun>(rig.Tick());
        for (var seconds = 0; seconds < 120 && started.Count < runs; seconds++)
        {
            var next = rig.Tick(ended: [.. started.TakeLast(1).Select(run => rig.End(run, RunStatus.Succeeded))]);
            started.AddRange(next);
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(runs, started.Count);
        Assert.All(started, run => Assert.Equal(TriggerSource.CatchUp, run.Source));
        Assert.All(rig.Sql.Column("SELECT coalesce(note, reason) FROM triggers WHERE source = 'catch_up' LIMIT 1"), note =>
            Assert.NotEqual("NULL", note)
        );
        if (policy == CatchUp.None)
            Assert.Equal("skipped", rig.Sql.Scalar<string>("SELECT status FROM triggers"));
    }

    [Fact]
    public void Many_that_are_due_at_once_after_a_long_sleep_are_spread()
    {
        Job[] jobs = [.. Enumerable.Range(0, 20).Select(number => Daily with { Name = $"d{number}" })];
        using var rig = new DaemonRig(jobs);
        rig.Tick();
        rig.Clock.Advance(TimeSpan.FromHours(10));
        Assert.Single(rig.Tick(freeSlots: 100));
        Assert.Equal(19, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE status = 'waiting' AND reason LIKE 'spread:%'"));
        var started = 1;
        for (var seconds = 0; seconds < 19; seconds++)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            started += rig.Tick(freeSlots: 100).Count;
        }

        Assert.Equal(20, started);
    }

    [Fact]
    public void Two_devices_run_one_occurrence_once()
    {
        using var rig = new DaemonRig(Hourly, EveryTenMinutes);
        using var other = rig.Beside("there", "", Hourly, EveryTenMinutes);
        var starts = new Dictionary<string, int> { ["h"] = 0, ["i"] = 0 };
        for (var minute = 0; minute <= 180; minute++)
        {
            foreach (var daemon in new[] { rig, other })
            {
                foreach (var run in daemon.Tick())
                {
                    starts[run.Request.Job.Name]++;
                    daemon.Tick(ended: daemon.End(run, RunStatus.Succeeded));
                }
            }

            rig.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(3, starts["h"]);
        Assert.Equal(19, starts["i"]);
    }

    [Fact]
    public void A_clock_that_steps_back_runs_nothing_twice_and_stops_nothing()
    {
        using var rig = new DaemonRig(Hourly, EveryTenMinutes);
        var starts = new List<string>();
        void Go(TimeSpan span)
        {
            for (var minute = 0; minute < span.TotalMinutes; minute++)
            {
                rig.Clock.Advance(TimeSpan.FromMinutes(1));
                foreach (var run in rig.Tick())
                {
                    starts.Add($"{run.Request.Job.Name}@{rig.Clock.GetUtcNow():HH:mm}");
                    rig.Tick(ended: rig.End(run, RunStatus.Succeeded));
                }
            }
        }

        Go(TimeSpan.FromMinutes(90));
        rig.Clock.SetWall(rig.Clock.GetUtcNow() - TimeSpan.FromHours(1));
        rig.UseList(Hourly, EveryTenMinutes);
        starts.Clear();
        Go(TimeSpan.FromMinutes(120));
        // 13:00 has run before the step; the interval goes on from the first look after it, a minute later.
        Assert.Equal(["h@14:00"], starts.Where(start => start[0] == 'h'));
        Assert.Equal(11, starts.Count(start => start[0] == 'i'));
    }

    [Fact]
    public void An_occurrence_that_overlaps_with_an_earlier_one_is_skipped_and_says_so()
    {
        using var rig = new DaemonRig(EveryTenMinutes);
        var run = Assert.Single(rig.Tick());
        Assert.Empty(rig.TickAfter(TimeSpan.FromMinutes(10)));
        Assert.Equal($"skipped: overlap: trigger {run.Request.TriggerId} of an earlier occurrence is not over yet", rig.Trigger(2));
        rig.Tick(ended: rig.End(run, RunStatus.Succeeded));
        Assert.Single(rig.TickAfter(TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void A_row_that_somebody_inserted_is_not_skipped_but_waits_its_turn()
    {
        using var rig = new DaemonRig(EveryTenMinutes);
        var run = Assert.Single(rig.Tick());
        var id = rig.Sql.Trigger("i");
        Assert.Empty(rig.Tick());
        Assert.Equal("queued", rig.Trigger(id));
        Assert.Equal(id, Assert.Single(rig.Tick(ended: rig.End(run, RunStatus.Succeeded))).Request.TriggerId);
    }

    [Fact]
    public void A_device_without_the_tags_follows_no_schedule_for_others()
    {
        var job = Hourly with { Tags = ["gpu"] };
        using var rig = new DaemonRig(job);
        rig.Tick();
        Assert.Empty(rig.TickAfter(TimeSpan.FromHours(3)));
        Assert.Equal(0, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers"));
    }

    [Fact]
    public void A_random_draw_is_the_same_on_all_devices_and_after_a_restart()
    {
        var job = DaemonRig.Job("r").RandomDaily(new TimeOnly(14, 0), new TimeOnly(18, 0));
        using var rig = new DaemonRig(job);
        using var other = rig.Beside("there", "", job);
        rig.Tick();
        other.Tick();
        var starts = 0;
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            rig.Clock.Advance(TimeSpan.FromMinutes(1));
            if (minute % 97 == 0)
                rig.UseList(job);
            starts += rig.Tick().Count + other.Tick().Count;
        }

        Assert.Equal(1, starts);
        Assert.Equal(
            1,
            rig.Sql.Scalar<long>("SELECT dedup_key = 'occurrence:r@' || CAST(round(occurrence * 1000) AS INTEGER) FROM triggers")
        );
    }

    // Ran at 13:00 (or drew its time before), and half an hour later somebody wants it later today.
    [Fact]
    public void A_start_years_behind_moves_no_cursor_back_and_makes_up_for_nothing_when_the_clock_is_right()
    {
        var job = Hourly.CatchingUp(CatchUp.All);
        using var rig = new DaemonRig(job);
        rig.Tick();
        var right = rig.Clock.GetUtcNow();
        rig.Clock.SetWall(new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero));
        rig.UseList(job);
        rig.Tick();
        for (var hour = 0; hour < 3; hour++)
        {
            rig.Clock.Advance(TimeSpan.FromHours(1));
            rig.PassToEnd();
        }

        Assert.Equal(3, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE status = 'succeeded'"));
        Assert.Equal(1772452800.0, rig.Sql.Scalar<double>("SELECT cursor FROM schedules"));
        rig.Clock.SetWall(right.AddHours(3.1));
        rig.UseList(job);
        rig.Tick();
        Assert.Equal(6, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers"));
    }

    [Fact]
    public void With_all_the_oldest_runs_first_and_what_comes_meanwhile_waits_behind()
    {
        var job = Hourly.CatchingUp(CatchUp.All);
        using var rig = new DaemonRig(job);
        rig.Tick();
        rig.Clock.Advance(TimeSpan.FromHours(3));
        rig.UseList(job);
        var order = new List<double>();
        var runs = rig.Tick();
        for (var tick = 0; tick < 400 && order.Count < 4; tick++)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(20));
            if (runs.Count == 0)
            {
                runs = rig.Tick();
                continue;
            }

            order.Add(rig.Sql.Scalar<double>($"SELECT occurrence FROM triggers WHERE id = {Assert.Single(runs).Request.TriggerId}"));
            rig.TickAfter(TimeSpan.FromMinutes(25));
            runs = rig.Tick(ended: rig.End(runs[0], RunStatus.Succeeded));
        }

        Assert.Equal(order.Order(), order);
        Assert.Equal(4, order.Count);
        Assert.Equal(0, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE status = 'skipped'"));
    }

    [Theory]
    [InlineData(CatchUp.Once)]
    [InlineData(CatchUp.All)]
    internal void A_make_up_that_waits_for_its_turn_skips_nothing(CatchUp policy)
    {
        var job = Hourly.CatchingUp(policy);
        using var rig = new DaemonRig(job);
        rig.Tick();
        rig.Clock.Advance(TimeSpan.FromHours(2.5));
        rig.UseList(job);
        // No slot is free for an hour and a half.
        Assert.Empty(rig.Tick(freeSlots: 0));
        rig.Clock.Advance(TimeSpan.FromHours(0.5));
        Assert.Empty(rig.Tick(freeSlots: 0));
        Assert.Equal(1, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE source = 'schedule' AND processed IS NULL"));
        var runs = 0;
        for (var tick = 0; tick < 10; tick++)
        {
            runs += rig.PassToEnd();
            rig.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(policy == CatchUp.All ? 3 : 2, runs);
        Assert.Equal(0, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE status = 'skipped'"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_back_off_does_not_end_early_when_the_clock_went_back_and_lists_are_saved(bool afterwards)
    {
        var job = DaemonRig.Job("w") with { Retries = 3, Backoff = new Backoff([TimeSpan.FromMinutes(10)], Doubles: false) };
        using var rig = new DaemonRig(job);
        rig.Sql.Trigger("w");
        var run = Assert.Single(rig.Tick());
        rig.Tick(ended: rig.End(run, RunStatus.Failed, "no"));
        rig.Clock.SetWall(rig.Clock.GetUtcNow().AddHours(-1));
        rig.UseList(job);
        rig.Tick();
        for (var minute = 0; minute < 9; minute++)
        {
            Assert.Empty(rig.TickAfter(TimeSpan.FromMinutes(1)));
            if (afterwards)
                rig.UseList(job with { Priority = minute });
        }

        Assert.Empty(rig.TickAfter(TimeSpan.FromSeconds(59)));
        Assert.Single(rig.TickAfter(TimeSpan.FromSeconds(1)));
    }
}
