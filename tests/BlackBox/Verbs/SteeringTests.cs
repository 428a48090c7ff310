namespace Aios.Tests.BlackBox;

/// <summary>What people do to jobs and runs from a terminal or with SQL: stop, restart, pause, resume.</summary>
public sealed class SteeringTests
{
    private const string Jobs = """
        - {name: slow, type: trigger, max_parallel: 1, grace: 5s, command: [sleep, '1000']}
        - {name: deaf, type: trigger, grace: 1h, command: [sh, -c, 'trap "" TERM; echo up; while :; do sleep 0.1; done']}
        - {name: server, type: always, command: [sh, -c, 'echo "$AIOS_RUN_ID" >> starts; exec sleep 1000']}
        - {name: tick, type: interval, interval: 200ms, command: ['true']}
        """;

    [RequiresFact]
    public void A_run_is_stopped_by_its_number_and_a_job_by_its_name()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        var first = home.Insert("slow");
        var second = home.Insert("slow");
        home.WaitFor(() => home.Runs(first) is [{ Pid: not null }], "the first runs");
        var run = home.Runs(first)[0].Id;
        Assert.Contains(
            $"Run {run} of job \"slow\": canceled (stopped on request).",
            home.Cli("stop", $"{run}").Exits(0).Out,
            StringComparison.Ordinal
        );
        Assert.Equal(("canceled", "stopped on request"), (home.Closed(first).Status, home.Closed(first).Reason));
        home.WaitFor(() => home.Runs(second) is [{ Pid: not null }], "the second runs");
        var third = home.Insert("slow");
        var said = home.Cli("stop", "slow", "--json").Exits(0).Json;
        Assert.Equal("canceled", said.GetProperty("ended")[0].GetProperty("status").GetString());
        Assert.Equal(1, said.GetProperty("canceled_triggers").GetInt32());
        Assert.Equal("canceled", home.Closed(third).Status);
        Assert.Contains("is over", home.Cli("stop", $"{run}").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"slow\"", home.Cli("stop", "slwo").Exits(2).Error, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_program_that_does_not_listen_is_killed_at_once_on_request()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        var trigger = home.Insert("deaf");
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM logs WHERE message = 'up'") == 1, "it is deaf");
        Assert.Contains("Asked to end", home.Cli("stop", "deaf", "--no-wait").Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("canceled", home.Cli("stop", "deaf", "--now").Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal("canceled", home.Closed(trigger).Status);
        home.WaitFor(() => home.RunProcesses.Count == 1, "nothing of it is left");
    }

    [RequiresFact]
    public void Whoever_waits_for_an_end_is_told_what_for()
    {
        using var home = new AiosHome(
            """[{name: slow, type: trigger, grace: 1h, command: [sh, -c, 'trap "sleep 2.5; exit 0" TERM; echo up; while :; do sleep 0.1; done']}]"""
        );
        home.Start();
        home.Insert("slow");
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM logs WHERE message = 'up'") == 1, "it listens");
        var told = home.Cli("stop", "slow").Exits(0);
        Assert.Contains("waiting until run 1 of job \"slow\" has ended", told.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("waiting", told.Out, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void Sql_alone_stops_and_restarts_a_run()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        var trigger = home.Insert("slow");
        home.WaitFor(() => home.Runs(trigger) is [{ Pid: not null }], "it runs");
        home.Execute("UPDATE runs SET stop_request = 'restart' WHERE status = 'running' AND job_name = 'slow'");
        home.WaitFor(() => home.Runs(trigger) is [{ Status: "canceled" }, { Status: "running", Pid: not null }], "it runs again");
        home.Execute("UPDATE runs SET stop_request = 'stop' WHERE status = 'running' AND job_name = 'slow'");
        Assert.Equal("canceled", home.Closed(trigger).Status);
    }

    [RequiresFact]
    public void An_always_job_is_restarted_stopped_and_resumed_also_over_a_restart_of_the_daemon()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start();
        int Starts() => File.Exists(home.In("starts")) ? File.ReadAllLines(home.In("starts")).Length : 0;
        home.WaitFor(() => Starts() == 1, "it runs");
        home.Cli("restart", "server").Exits(0);
        home.WaitFor(() => Starts() == 2, "it runs again");
        Assert.Contains("stays stopped", home.Cli("stop", "server").Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("stopped", home.Cli("jobs").Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal(0, daemon.Stop());
        home.Start();
        var work = home.Insert("tick");
        home.Closed(work);
        Assert.Equal(2, Starts());
        Assert.Contains("Job \"server\" is stopped since", home.Cli("status").Exits(0).Out, StringComparison.Ordinal);
        home.Cli("start", "server").Exits(0);
        home.WaitFor(() => Starts() == 3, "it runs");
    }

    [RequiresFact]
    public void A_paused_job_starts_nothing_until_it_is_resumed()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        home.WaitFor(() => home.RunsOf("tick").Count > 1, "it ticks");
        home.Cli("pause", "tick").Exits(0);
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'skipped' AND reason LIKE 'paused;%'") > 1,
            "its occurrences are skipped"
        );
        var runs = home.RunsOf("tick").Count;
        var trigger = home.Insert("tick");
        home.WaitFor(() => home.Trigger(trigger).Reason?.StartsWith("paused", StringComparison.Ordinal) == true, "a trigger waits");
        Assert.Equal(runs, home.RunsOf("tick").Count);
        Assert.Contains("paused", home.Cli("jobs", "show", "tick").Exits(0).Out, StringComparison.Ordinal);
        home.Cli("resume", "tick").Exits(0);
        Assert.Equal("succeeded", home.Closed(trigger).Status);
        Assert.Contains("was not held", home.Cli("resume", "tick").Exits(0).Out, StringComparison.Ordinal);
    }
}
