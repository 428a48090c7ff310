namespace Aios.Tests.BlackBox;

/// <summary>Retries, timeouts and overlap.</summary>
public sealed class RunRuleTests
{
    [RequiresFact]
    public void A_job_that_fails_is_tried_again_after_a_wait_that_grows()
    {
        using var home = new AiosHome("[{name: fail, type: trigger, retries: 2, backoff: [500ms, 1s], command: [sh, -c, 'exit 3']}]");
        home.Start();
        var trigger = home.Closed(home.Insert("fail"));
        Assert.Equal(("failed", 3), (trigger.Status, trigger.Attempt));
        var runs = home.Runs(trigger.Id);
        Assert.Equal([1, 2, 3], runs.Select(run => run.Attempt));
        Assert.All(runs, run => Assert.Equal(("failed", 3), (run.Status, run.ExitCode)));
        Assert.True(runs[1].Started - runs[0].Ended >= 0.45 && runs[2].Started - runs[1].Ended >= 0.95);
    }

    [RequiresFact]
    public void While_it_waits_for_its_next_attempt_a_trigger_says_why()
    {
        using var home = new AiosHome("[{name: fail, type: trigger, retries: 1, backoff: 30s, command: [sh, -c, 'exit 3']}]");
        home.Start();
        var trigger = home.Insert("fail");
        home.WaitFor(() => home.Trigger(trigger).Status == "waiting", "it waits for its next attempt");
        var reason = home.Trigger(trigger).Reason;
        Assert.Contains("attempt 1 failed", reason, StringComparison.Ordinal);
        Assert.Contains("next attempt in 30 s", reason, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void The_attempt_that_succeeds_is_the_last_one()
    {
        using var home = new AiosHome(
            "[{name: third, type: trigger, retries: 5, backoff: 100ms, command: [sh, -c, 'test $AIOS_ATTEMPT = 3']}]"
        );
        home.Start();
        var trigger = home.Closed(home.Insert("third"));
        Assert.Equal("succeeded", trigger.Status);
        Assert.Equal(["failed", "failed", "succeeded"], home.Runs(trigger.Id).Select(run => run.Status));
    }

    [RequiresFact]
    public void A_run_that_takes_longer_than_its_timeout_is_ended_with_all_its_processes()
    {
        using var home = new AiosHome(
            "[{name: long, type: trigger, timeout: 500ms, command: [sh, -c, 'sleep 1000 & setsid sleep 1000 & sleep 1000']}]"
        );
        home.Start();
        var trigger = home.Closed(home.Insert("long"));
        Assert.Equal("timed_out", trigger.Status);
        Assert.Contains("timeout of 0.5 s", trigger.Reason, StringComparison.Ordinal);
        Assert.Empty(home.RunProcesses);
    }

    [RequiresFact]
    public void Overlap_skip_closes_what_comes_while_a_run_goes_on()
    {
        using var home = new AiosHome("[{name: busy, type: trigger, overlap: skip, command: [sleep, '2']}]");
        home.Start();
        var first = home.Insert("busy");
        home.WaitFor(() => home.Runs(first).Count == 1, "the first runs");
        var second = home.Closed(home.Insert("busy"));
        Assert.Equal("skipped", second.Status);
        Assert.Contains("overlap", second.Reason, StringComparison.Ordinal);
        Assert.Equal("succeeded", home.Closed(first).Status);
        Assert.Single(home.RunsOf("busy"));
    }

    [RequiresFact]
    public void Overlap_skip_is_the_default_of_a_schedule_and_each_skip_has_a_reason()
    {
        using var home = new AiosHome("[{name: slow, type: interval, interval: 300ms, command: [sleep, '2']}]");
        home.Start();
        home.WaitFor(() => home.RunsOf("slow").Count >= 2, "it has run twice");
        Assert.True(home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'skipped' AND reason LIKE 'overlap:%'") >= 2);
        AssertAtMostAtOnce(home, "slow", 1);
    }

    [RequiresFact]
    public void Overlap_queue_runs_one_after_another()
    {
        using var home = new AiosHome("[{name: turn, type: trigger, overlap: queue, command: [sh, -c, 'sleep 0.2']}]");
        home.Start();
        home.InsertMany("turn", 5);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'") == 5, "all have run");
        AssertAtMostAtOnce(home, "turn", 1);
    }

    [RequiresFact]
    public void Max_parallel_bounds_the_runs_of_a_job_and_leaves_room_for_others()
    {
        using var home = new AiosHome(
            """
            - {name: two, type: trigger, overlap: parallel, max_parallel: 2, command: [sh, -c, 'sleep 0.5']}
            - {name: other, type: trigger, command: ['true']}
            """
        );
        home.Start([], "--max-parallel", "4");
        home.InsertMany("two", 8);
        var other = home.Insert("other");
        home.Closed(other);
        Assert.True(
            home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'two' AND processed IS NULL") > 0,
            "the other did not wait for all of them"
        );
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'") == 9, "all have run");
        AssertAtMostAtOnce(home, "two", 2);
        Assert.Equal(2, MostAtOnce(home, "two"));
    }

    [RequiresFact]
    public void The_device_runs_no_more_at_once_than_it_was_told()
    {
        using var home = new AiosHome("[{name: work, type: trigger, command: [sh, -c, 'sleep 0.3']}]");
        home.Start([], "--max-parallel", "3");
        home.InsertMany("work", 12);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'") == 12, "all have run");
        Assert.Equal(3, MostAtOnce(home, "work"));
    }

    [RequiresFact]
    public void Until_idle_waits_for_retries_and_leaves_what_is_for_later()
    {
        using var home = new AiosHome(
            """
            - {name: second, type: trigger, retries: 1, backoff: 1s, command: [sh, -c, 'test $AIOS_ATTEMPT = 2']}
            - {name: server, type: always, command: [sleep, '1000']}
            - {name: daily, type: daily, time: '09:00', command: ['true']}
            """
        );
        home.Drain();
        var retried = home.Insert("second");
        home.Execute("INSERT INTO triggers (job_name, run_at) VALUES ('second', @1)", AiosHome.Now() + 3600);
        home.Drain();
        Assert.Equal("succeeded", home.Trigger(retried).Status);
        Assert.Equal("waiting", home.Trigger(2).Status);
        Assert.Empty(home.RunsOf("server"));
        Assert.Empty(home.RunProcesses);
    }

    private static void AssertAtMostAtOnce(AiosHome home, string job, int limit) => Assert.InRange(MostAtOnce(home, job), 1, limit);

    private static int MostAtOnce(AiosHome home, string job)
    {
        var runs = home.RunsOf(job);
        return runs.Max(run => runs.Count(other => other.Started <= run.Started && (other.Ended is not { } ended || ended > run.Started)));
    }
}
