using Aios.Jobs;
using Aios.Queue;
using Aios.Scheduling;
using Aios.Tests.Support;

namespace Aios.Tests.Daemon;

/// <summary>From occurrences to triggers, over restarts, downtime, clock changes and several devices. It is noon on 2026-03-02.</summary>
public sealed class SchedulerTests
{
    private static readonly Job Daily = DaemonRig.Job("d", JobType.Daily) with { Time = new TimeOnly(13, 0) };
    private static readonly Job Hourly = DaemonRig.Job("h", JobType.Cron) with { Cron = CronExpression.Hourly };
    private static readonly Job EveryTenMinutes = DaemonRig.Job("i", JobType.Interval) with { Interval = TimeSpan.FromMinutes(10) };

    [Fact]
    public void A_job_seen_for_the_first_time_has_missed_nothing()
    {
        using var rig = new DaemonRig(Daily with { Time = new TimeOnly(11, 0) }, Hourly);
        Assert.Empty(rig.Pass());
    }

    [Fact]
    public void An_occurrence_becomes_one_trigger_when_its_time_comes()
    {
        using var rig = new DaemonRig(Daily);
        Assert.Empty(rig.Pass());
        Assert.Empty(rig.PassAfter(TimeSpan.FromMinutes(59)));
        Assert.Single(rig.PassAfter(TimeSpan.FromMinutes(1)));
        Assert.Empty(rig.PassAfter(TimeSpan.FromMinutes(1)));
        Assert.Equal("occurrence:d@2026-03-02", rig.Sql.Scalar<string>("SELECT dedup_key FROM triggers"));
    }

    [Fact]
    public void An_interval_runs_at_first_sight_then_from_start_to_start()
    {
        using var rig = new DaemonRig(EveryTenMinutes);
        var run = Assert.Single(rig.Pass());
        rig.Pass(ended: rig.End(run, RunStatus.Succeeded));
        Assert.Empty(rig.PassAfter(TimeSpan.FromMinutes(9.9)));
        Assert.Single(rig.PassAfter(TimeSpan.FromMinutes(0.1)));
    }

    [Theory]
    [InlineData(CatchUp.None, 0)]
    [InlineData(CatchUp.Once, 1)]
    [InlineData(CatchUp.All, 5)]
    public void What_was_missed_while_down_is_made_up_for_as_the_job_says(CatchUp policy, int runs)
    {
        var job = Hourly with { CatchUp = policy };
        using var rig = new DaemonRig(job);
        rig.Pass();
        rig.Clock.Advance(TimeSpan.FromHours(5.5));
        rig.UseList(job);
        var started = new List<Aios.Daemon.ClaimedRun>(rig.Pass());
        for (var seconds = 0; seconds < 120 && started.Count < runs; seconds++)
        {
            var next = rig.Pass(ended: [.. started.TakeLast(1).Select(run => rig.End(run, RunStatus.Succeeded))]);
            started.AddRange(next);
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(runs, started.Count);
        Assert.All(started, run => Assert.Equal(TriggerSource.CatchUp, run.Source));
        Assert.All(rig.Sql.Column("SELECT coalesce(note, reason) FROM triggers WHERE source = 'catch_up' LIMIT 1"), note => Assert.NotEqual("NULL", note));
        if (policy == CatchUp.None) Assert.Equal("skipped", rig.Sql.Scalar<string>("SELECT status FROM triggers"));
    }

    [Fact]
    public void Many_that_are_due_at_once_after_a_long_sleep_are_spread()
    {
        Job[] jobs = [.. Enumerable.Range(0, 20).Select(number => Daily with { Name = $"d{number}" })];
        using var rig = new DaemonRig(jobs);
        rig.Pass();
        rig.Clock.Advance(TimeSpan.FromHours(10));
        Assert.Single(rig.Pass(freeSlots: 100));
        Assert.Equal(19, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE status = 'waiting' AND reason LIKE 'spread:%'"));
        var started = 1;
        for (var seconds = 0; seconds < 19; seconds++)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            started += rig.Pass(freeSlots: 100).Count;
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
                foreach (var run in daemon.Pass())
                {
                    starts[run.Request.Job.Name]++;
                    daemon.Pass(ended: daemon.End(run, RunStatus.Succeeded));
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
                foreach (var run in rig.Pass())
                {
                    starts.Add($"{run.Request.Job.Name}@{rig.Clock.GetUtcNow():HH:mm}");
                    rig.Pass(ended: rig.End(run, RunStatus.Succeeded));
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
        var run = Assert.Single(rig.Pass());
        Assert.Empty(rig.PassAfter(TimeSpan.FromMinutes(10)));
        Assert.Equal($"skipped: overlap: trigger {run.Request.TriggerId} of an earlier occurrence is not over yet", rig.Trigger(2));
        rig.Pass(ended: rig.End(run, RunStatus.Succeeded));
        Assert.Single(rig.PassAfter(TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void A_row_that_somebody_inserted_is_not_skipped_but_waits_its_turn()
    {
        using var rig = new DaemonRig(EveryTenMinutes);
        var run = Assert.Single(rig.Pass());
        var id = rig.Sql.Trigger("i");
        Assert.Empty(rig.Pass());
        Assert.Equal("queued", rig.Trigger(id));
        Assert.Equal(id, Assert.Single(rig.Pass(ended: rig.End(run, RunStatus.Succeeded))).Request.TriggerId);
    }

    [Fact]
    public void A_job_that_is_enabled_again_has_missed_nothing()
    {
        using var rig = new DaemonRig(Daily);
        rig.Pass();
        rig.UseList(Daily with { Enabled = false });
        rig.Pass();
        Assert.Empty(rig.PassAfter(TimeSpan.FromHours(3)));
        rig.UseList(Daily);
        Assert.Empty(rig.Pass());
        Assert.Single(rig.PassAfter(TimeSpan.FromHours(22)));
    }

    [Fact]
    public void A_changed_time_takes_effect_and_makes_up_for_nothing()
    {
        using var rig = new DaemonRig(Daily);
        rig.Pass();
        rig.UseList(Daily with { Time = new TimeOnly(11, 0) });
        Assert.Empty(rig.Pass());
        Assert.Empty(rig.PassAfter(TimeSpan.FromHours(2)));
        Assert.Single(rig.PassAfter(TimeSpan.FromHours(21)));
    }

    [Fact]
    public void A_device_without_the_tags_follows_no_schedule_for_others()
    {
        var job = Hourly with { Tags = ["gpu"] };
        using var rig = new DaemonRig(job);
        rig.Pass();
        Assert.Empty(rig.PassAfter(TimeSpan.FromHours(3)));
        Assert.Equal(0, rig.Sql.Scalar<long>("SELECT count(*) FROM triggers"));
    }

    [Fact]
    public void A_random_draw_is_the_same_on_all_devices_and_after_a_restart()
    {
        var job = DaemonRig.Job("r", JobType.RandomDaily) with { AfterTime = new TimeOnly(14, 0), BeforeTime = new TimeOnly(18, 0) };
        using var rig = new DaemonRig(job);
        using var other = rig.Beside("there", "", job);
        rig.Pass();
        other.Pass();
        var starts = 0;
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            rig.Clock.Advance(TimeSpan.FromMinutes(1));
            if (minute % 97 == 0) rig.UseList(job);
            starts += rig.Pass().Count + other.Pass().Count;
        }

        Assert.Equal(1, starts);
        Assert.Equal("occurrence:r@2026-03-02", rig.Sql.Scalar<string>("SELECT dedup_key FROM triggers"));
    }
}
