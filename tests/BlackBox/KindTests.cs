namespace Aios.Tests.BlackBox;

/// <summary>Each kind of job starts by itself.</summary>
public sealed class KindTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 59, 57, TimeSpan.Zero);

    [RequiresTheory(Need.Faketime)]
    [InlineData("type: daily, time: '09:00'")]
    [InlineData("type: cron, cron: '0 9 * * MON'")]
    [InlineData("type: random_daily, after_time: '09:00', before_time: '09:00:01'")]
    [InlineData("type: daily, time: '10:00', timezone: Europe/Berlin")]
    public void A_time_on_the_wall_starts_its_job_once(string when)
    {
        using var home = new AiosHome($"[{{name: morning, {when}, command: [date]}}]");
        var clock = new ShiftedClock(home.Folder, TimeSpan.Zero);
        clock.Set(Morning.AddHours(-1));
        home.Start(clock.Environment);
        home.WaitFor(() => home.Get<long>("SELECT count(*) FROM schedules") == 1, "it follows the schedule");
        Assert.Empty(home.RunsOf("morning"));
        clock.Set(Morning);
        home.WaitFor(() => home.RunsOf("morning") is [{ Status: "succeeded" }], "it has run");
        Assert.InRange(home.RunsOf("morning")[0].Started - Morning.ToUnixTimeSeconds(), 2.9, 20);
        home.Holds(() => home.RunsOf("morning").Count == 1, "it ran once", 1.5);
        Assert.Equal("schedule", home.Get<string>("SELECT source FROM triggers"));
    }

    [RequiresFact]
    public void An_interval_runs_at_first_sight_and_then_from_start_to_start()
    {
        using var home = new AiosHome("[{name: tick, type: interval, interval: 1s, command: [sleep, '0.3']}]");
        home.Start();
        home.WaitFor(() => home.RunsOf("tick").Count >= 4, "it has run four times");
        var starts = home.RunsOf("tick").Select(run => run.Started).ToList();
        Assert.InRange(starts[3] - starts[0], 2.5, 6);
    }

    [RequiresFact]
    public void A_cron_expression_with_seconds_runs_each_second()
    {
        using var home = new AiosHome("[{name: second, type: cron, cron: '* * * * * *', command: ['true']}]");
        home.Start();
        home.WaitFor(() => home.RunsOf("second").Count >= 3, "it has run three times");
        var occurrences = home.Column("SELECT occurrence FROM triggers ORDER BY id")
            .Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        Assert.Equal(occurrences.Distinct().Count(), occurrences.Count);
        Assert.All(occurrences, at => Assert.Equal(Math.Floor(at), at));
    }

    [RequiresFact]
    public void A_job_that_is_always_on_runs_and_comes_back_when_it_ends()
    {
        using var home = new AiosHome("[{name: server, type: always, min_uptime: 0s, command: [sleep, '0.5']}]");
        home.Start();
        home.WaitFor(() => home.RunsOf("server").Count >= 3, "it has come back twice");
        Assert.True(home.RunsOf("server").Count(run => run.Ended is null) <= 1);
    }

    [RequiresFact]
    public void Jobs_for_a_quiet_machine_run_once_in_each_quiet_period()
    {
        using var home = new AiosHome(
            """
            - {name: compact, type: idle, command: ['true']}
            - {name: work, type: trigger, command: ['true']}
            - {name: server, type: always, command: [sleep, '1000']}
            """
        );
        home.Start([("AIOS_IDLE_CPU", "100"), ("AIOS_IDLE_AFTER", "1")]);
        home.WaitFor(() => home.RunsOf("compact") is [{ Status: "succeeded" }], "it has run, though a job that is always on runs too");
        home.Holds(() => home.RunsOf("compact").Count == 1, "it runs once in a quiet period", 2.5);
        home.Closed(home.Insert("work"));
        home.WaitFor(() => home.RunsOf("compact") is [_, { Status: "succeeded" }], "work has begun another quiet period");
    }

    [RequiresFact]
    public void A_disabled_job_is_not_started_and_its_triggers_wait()
    {
        using var home = new AiosHome(
            """
            - {name: off, type: interval, interval: 1s, enabled: false, command: ['true']}
            - {name: on, type: trigger, command: ['true']}
            """
        );
        home.Start();
        var waiting = home.Insert("off");
        home.Closed(home.Insert("on"));
        home.WaitFor(() => home.Trigger(waiting).Status == "waiting", "it waits");
        Assert.Contains("disabled", home.Trigger(waiting).Reason, StringComparison.Ordinal);
        Assert.Empty(home.RunsOf("off"));
    }
}
