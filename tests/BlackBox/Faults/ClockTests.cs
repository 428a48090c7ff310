namespace Aios.Tests.BlackBox;

/// <summary>Time that passes while nothing runs, and clocks that jump.</summary>
public sealed class ClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [RequiresTheory(Need.Faketime)]
    [InlineData("none", 0)]
    [InlineData("once", 1)]
    [InlineData("all", 3)]
    public void What_was_missed_while_nothing_ran_is_made_up_for_as_the_job_says(string catchUp, int expected)
    {
        using var home = new AiosHome($"[{{name: daily, type: daily, time: '09:00', catch_up: {catchUp}, command: ['true']}}]");
        var clock = new ShiftedClock(home.Folder, TimeSpan.Zero);
        clock.Set(Noon);
        Assert.Equal(0, home.Start(clock.Environment).Stop());
        Assert.Empty(home.RunsOf("daily"));

        // Three mornings go by.
        clock.Set(Noon.AddDays(3));
        home.Start(clock.Environment);
        home.WaitFor(() => home.RunsOf("daily").Count(run => run.Status == "succeeded") == expected, "it has made up for them", 60);
        home.Holds(() => home.RunsOf("daily").Count == expected, "no more than these", 1);
        // Why is never a riddle: each that was left out says so.
        Assert.Equal(expected, home.Get<int>("SELECT count(*) FROM triggers WHERE source = 'catch_up' AND status = 'succeeded'"));
        if (expected < 3)
            Assert.All(home.Column("SELECT coalesce(reason, '') FROM triggers WHERE status = 'skipped'"), Assert.NotEmpty);
        Assert.True(home.Get<int>("SELECT count(*) FROM triggers") > 0, "what was missed has left a row");
    }

    [RequiresFact(Need.Faketime)]
    public void A_job_seen_for_the_first_time_has_missed_nothing()
    {
        using var home = new AiosHome("[{name: daily, type: daily, time: '09:00', catch_up: all, command: ['true']}]");
        var clock = new ShiftedClock(home.Folder, TimeSpan.Zero);
        clock.Set(Noon);
        home.Start(clock.Environment);
        home.Holds(() => home.Get<int>("SELECT count(*) FROM triggers") == 0, "nothing is made up for", 1.5);
    }

    [RequiresFact(Need.Faketime)]
    public void A_clock_that_jumps_a_day_ahead_runs_what_it_jumped_over_once()
    {
        using var home = new AiosHome(
            """
            - {name: daily, type: daily, time: '09:00', command: ['true']}
            - {name: hourly, type: interval, interval: 1h, command: ['true']}
            """
        );
        var clock = new ShiftedClock(home.Folder, TimeSpan.Zero);
        clock.Set(Noon);
        home.Start(clock.Environment);
        home.WaitFor(() => home.RunsOf("hourly").Count == 1, "the interval has begun");
        clock.Set(Noon.AddDays(1));
        home.WaitFor(() => home.RunsOf("daily") is [{ Status: "succeeded" }] && home.RunsOf("hourly").Count == 2, "both have run");
        home.Holds(() => home.RunsOf("daily").Count == 1 && home.RunsOf("hourly").Count == 2, "once", 2.5);
    }

    [RequiresFact(Need.Faketime)]
    public void A_clock_that_jumps_a_day_back_runs_nothing_twice_and_intervals_go_on_within_one()
    {
        using var home = new AiosHome(
            """
            - {name: daily, type: daily, time: '12:10', command: ['true']}
            - {name: often, type: interval, interval: 2s, command: ['true']}
            """
        );
        var clock = new ShiftedClock(home.Folder, TimeSpan.Zero);
        clock.Set(Noon);
        home.Start(clock.Environment);
        home.WaitFor(() => home.RunsOf("often").Count >= 1, "the daemon is there");
        clock.Set(Noon.AddMinutes(10));
        home.WaitFor(() => home.RunsOf("daily").Count == 1, "it has run");
        clock.Set(Noon.AddDays(-1));
        var before = home.RunsOf("often").Count;
        home.WaitFor(() => home.RunsOf("often").Count >= before + 2, "the interval goes on", 8);
        // 12:10 of the day before was not seen; that of today comes again and has run.
        clock.Set(Noon.AddMinutes(10));
        home.Holds(
            () =>
                home.Get<int>(
                    "SELECT count(*) FROM runs JOIN triggers ON triggers.id = trigger_id WHERE runs.job_name = 'daily' AND occurrence = @1",
                    Noon.AddMinutes(10).ToUnixTimeSeconds()
                ) == 1,
            "each occurrence ran once",
            5
        );
    }

    [RequiresFact(Need.Faketime)]
    public void Many_jobs_that_were_missed_are_not_started_in_one_instant()
    {
        using var home = new AiosHome(
            string.Concat(Enumerable.Range(0, 30).Select(i => $"- {{name: job{i}, type: daily, time: '09:00', command: ['true']}}\n"))
        );
        var clock = new ShiftedClock(home.Folder, TimeSpan.Zero);
        clock.Set(Noon);
        home.Start(clock.Environment).Stop();
        clock.Set(Noon.AddDays(1));
        home.Start(clock.Environment);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers") == 30, "all are to be made up for");
        Assert.True(home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'waiting' AND reason LIKE 'spread:%'") >= 20);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'") >= 3, "they run one after another");
        Assert.True(home.Get<double>("SELECT max(due) - min(due) FROM triggers") > 10);
    }

    [RequiresFact(Need.Faketime)]
    public void A_trigger_for_later_waits_through_a_restart()
    {
        using var home = new AiosHome("[{name: work, type: trigger, command: ['true']}]");
        var clock = new ShiftedClock(home.Folder, TimeSpan.Zero);
        clock.Set(Noon);
        var daemon = home.Start(clock.Environment);
        home.Execute(
            "INSERT INTO triggers (job_name, created, run_at) VALUES ('work', @1, @2)",
            Noon.ToUnixTimeSeconds(),
            Noon.AddHours(1).ToUnixTimeSeconds()
        );
        home.WaitFor(() => home.Trigger(1).Status == "waiting", "it waits");
        daemon.Stop();
        home.Start(clock.Environment);
        home.Holds(() => home.Trigger(1).Status == "waiting", "it still waits", 1);
        clock.Set(Noon.AddHours(1));
        Assert.Equal("succeeded", home.Closed(1).Status);
    }

    [RequiresTheory(Need.Faketime)]
    [InlineData(0)]
    [InlineData(-24)]
    public void Waits_and_questions_last_as_long_as_they_say_also_if_the_clock_is_set_back_a_day(int hours)
    {
        using var home = new AiosHome(
            """
            - name: f
              type: trigger
              steps:
                - {name: pause, wait: 2h, needs: []}
                - {name: ask, approval: "Go on?", expires: 2h, on_expiry: approve, needs: []}
            """
        );
        var clock = new ShiftedClock(home.Folder, TimeSpan.Zero);
        clock.Set(Noon);
        home.Start(clock.Environment);
        var flow = home.Insert("f");
        const string Waiting = "SELECT count(*) FROM steps WHERE flow_id = @1 AND status = 'waiting'";
        home.WaitFor(() => home.Get<int>(Waiting, flow) == 2, "both wait");

        var then = Noon.AddHours(hours);
        clock.Set(then);
        var latest = then.AddHours(2).AddMinutes(1);
        home.WaitFor(
            () =>
                home.Get<double>("SELECT max(due) FROM steps") <= latest.ToUnixTimeSeconds()
                && home.Get<double>("SELECT max(expires) FROM approvals") <= latest.ToUnixTimeSeconds(),
            "none waits for longer than two hours from now"
        );
        clock.Set(then.AddHours(1));
        home.Holds(() => home.Get<int>(Waiting, flow) == 2, "both still wait", 2.5);
        clock.Set(latest);
        Assert.Equal("succeeded", home.Closed(flow).Status);
    }
}
