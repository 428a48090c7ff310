namespace Aios.Tests.BlackBox;

/// <summary>Jobs that are always on, and those that wait for a quiet machine.</summary>
public sealed class AlwaysAndIdleTests
{
    private static readonly (string, string)[] QuietAtOnce = [("AIOS_IDLE_CPU", "100"), ("AIOS_IDLE_AFTER", "0")];

    [RequiresFact]
    public void An_always_job_comes_back_when_its_process_is_killed()
    {
        using var home = new AiosHome("[{name: server, type: always, min_uptime: 100ms, command: [sleep, '1000']}]");
        home.Start();
        for (var i = 0; i < 3; i++)
        {
            home.WaitFor(
                () => home.RunsOf("server") is [.., { Status: "running", Pid: not null }] && home.RunProcesses.Count == 1,
                "it runs"
            );
            Thread.Sleep(150);
            AiosProcess.Send(home.RunProcesses.Single(), AiosProcess.Kill9);
            home.WaitFor(() => home.RunsOf("server").Count == i + 2, "it has come back");
        }

        Assert.All(home.RunsOf("server").SkipLast(1), run => Assert.Equal(("failed", 9), (run.Status, run.Signal)));
    }

    [RequiresFact]
    public void What_an_always_process_leaves_behind_goes_before_the_next_one_starts()
    {
        using var home = new AiosHome(
            "[{name: server, type: always, grace: 1s, backoff: 100ms, command: [sh, -c, 'setsid sleep 1000 & sleep 0.3']}]"
        );
        home.Start();
        home.WaitFor(() => home.RunsOf("server").Count >= 4, "it has come back three times");
        Assert.True(home.RunProcesses.Count <= 3, "no more than one family is there");
    }

    [RequiresFact]
    public void A_crash_loop_is_slowed_down_and_told()
    {
        using var home = new AiosHome("[{name: crash, type: always, min_uptime: 10s, backoff: 200ms, command: ['false']}]");
        home.Start();
        home.WaitFor(
            () =>
                home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL AND status = 'waiting' AND reason LIKE 'crash loop:%'")
                == 1,
            "it is told",
            60
        );
        var starts = home.RunsOf("crash").Select(run => run.Started).ToList();
        Assert.InRange(starts.Count, 5, 8);
        for (var i = 1; i < starts.Count; i++)
            Assert.True(
                starts[i] - starts[i - 1] >= 0.19 * Math.Pow(2, i - 1),
                $"the wait after {i} short lives is at least twice the one before"
            );
        Assert.Contains("crash loop", home.Cli("status").Exits(0).Out, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void An_always_job_does_not_take_a_slot()
    {
        using var home = new AiosHome(
            """
            - {name: server, type: always, command: [sleep, '1000']}
            - {name: work, type: trigger, command: ['true']}
            """
        );
        home.Start([], "--max-parallel", "1");
        home.WaitFor(() => home.RunProcesses.Count == 1, "it runs");
        Assert.Equal("succeeded", home.Closed(home.Insert("work")).Status);
    }

    [RequiresFact]
    public void Idle_work_gives_way_at_once_to_a_trigger()
    {
        using var home = new AiosHome(
            """
            - {name: compact, type: idle, grace: 5s, command: [sleep, '1000']}
            - {name: work, type: trigger, command: [sleep, '0.2']}
            """
        );
        home.Start(QuietAtOnce);
        home.WaitFor(() => home.RunsOf("compact") is [{ Pid: not null }], "it runs");
        var work = home.Closed(home.Insert("work"));
        Assert.Equal("succeeded", work.Status);
        home.WaitFor(() => home.RunsOf("compact")[0].Status == "canceled", "it gave way");
        Assert.Contains("gave way", home.RunsOf("compact")[0].Reason, StringComparison.Ordinal);
        home.WaitFor(() => home.RunsOf("compact").Count == 2, "it runs again in the next quiet period");
    }

    [RequiresFact]
    public void Idle_work_gives_way_even_if_it_ignores_TERM()
    {
        using var home = new AiosHome(
            """
            - {name: compact, type: idle, grace: 500ms, command: [sh, -c, 'trap "" TERM; touch ready; while :; do sleep 0.1; done']}
            - {name: work, type: trigger, command: [sleep, '3']}
            """
        );
        home.Start(QuietAtOnce);
        home.WaitFor(() => File.Exists(home.In("ready")), "it runs");
        home.Insert("work");
        home.WaitFor(() => home.RunsOf("compact")[0].Status == "canceled", "it was ended");
        Assert.Equal(9, home.RunsOf("compact")[0].Signal);
    }

    [RequiresFact]
    public void Idle_work_does_not_start_while_other_work_goes_on()
    {
        using var home = new AiosHome(
            """
            - {name: compact, type: idle, command: ['true']}
            - {name: work, type: trigger, command: [sh, -c, 'while [ ! -e stop ]; do sleep 0.1; done']}
            """
        );
        home.Cli("trigger", "work").Exits(0);
        home.Start(QuietAtOnce);
        home.Holds(() => home.RunsOf("compact").Count == 0, "it waits", 2.5);
        File.WriteAllText(home.In("stop"), "");
        home.WaitFor(() => home.RunsOf("compact") is [{ Status: "succeeded" }], "it runs now");
    }

    [RequiresFact]
    public void A_busy_machine_is_not_idle()
    {
        using var home = new AiosHome("[{name: compact, type: idle, command: ['true']}]");
        home.Start([("AIOS_IDLE_CPU", "0"), ("AIOS_IDLE_AFTER", "1")]);
        home.Holds(() => home.RunsOf("compact").Count == 0, "it waits", 2.5);
    }
}
