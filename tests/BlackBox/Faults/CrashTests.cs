using System.Diagnostics;
using Aios.Tests.Docs;

namespace Aios.Tests.BlackBox;

/// <summary>A daemon that is killed leaves nothing that its next start does not put right.</summary>
[Collection(Undisturbed.Name)]
public sealed class CrashTests
{
    // Says who it is, then starts a child, and a grandchild in a session of its own that has lost its parent.
    private const string Family = """
        #!/bin/sh
        echo $$ >> pids
        sleep 1000 &
        echo $! >> pids
        (setsid sh -c 'echo $$ >> pids; exec sleep 1000' &)
        echo "$AIOS_TRIGGER_ID" >> started
        [ "$AIOS_ATTEMPT" = 1 ] || exit 0
        sleep 1000
        """;

    [RequiresFact]
    public void After_a_kill_with_20_runs_going_on_no_orphan_is_left_and_each_run_is_lost_and_tried_again()
    {
        using var home = new AiosHome("[{name: family, type: trigger, retries: 2, backoff: 100ms, grace: 1s, file: family.sh}]");
        home.WriteProgram("family.sh", Family);
        var daemon = home.Start([], "--max-parallel", "20");
        home.InsertMany("family", 20);
        home.WaitFor(() => Lines(home, "started").Length == 20 && Lines(home, "pids").Length == 60, "20 runs go on");
        daemon.Kill();
        var orphans = Lines(home, "pids").Select(int.Parse).ToList();
        Assert.Equal(60, orphans.Count(Processes.Lives));

        home.Start([], "--max-parallel", "20");
        home.WaitFor(() => !orphans.Exists(Processes.Lives), "no orphan is left");
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded' AND attempt = 2") == 20,
            "each has succeeded at its second attempt"
        );
        Assert.Equal(20, home.Get<int>("SELECT count(*) FROM runs WHERE status = 'lost' AND attempt = 1 AND reason LIKE '%died%'"));
        Assert.Equal(40, home.Get<int>("SELECT count(*) FROM runs"));
        home.WaitFor(() => home.RunProcesses.Count == 0, "what the second attempts left has gone too");
    }

    [RequiresFact]
    public void A_lost_run_without_retries_closes_its_trigger_as_lost()
    {
        using var home = new AiosHome("[{name: long, type: trigger, retries: 0, command: [sleep, '1000']}]");
        var daemon = home.Start();
        var trigger = home.Insert("long");
        home.WaitFor(() => home.Runs(trigger) is [{ Pid: not null }], "its process is recorded");
        daemon.Kill();
        home.Start();
        var closed = home.Closed(trigger);
        Assert.Equal("lost", closed.Status);
        Assert.NotEmpty(closed.Reason);
        Assert.Single(home.Runs(trigger));
        Assert.Empty(home.RunProcesses);
    }

    [RequiresFact]
    public void A_job_that_kills_its_daemon_runs_out_of_attempts()
    {
        using var home = new AiosHome(
            "[{name: killer, type: trigger, retries: 2, backoff: 100ms, command: [sh, -c, 'sleep 0.3; kill -9 $PPID; sleep 1000']}]"
        );
        var daemon = home.Start();
        var trigger = home.Insert("killer");
        for (var kills = 1; kills <= 3; kills++)
        {
            Assert.NotEqual(0, daemon.WaitForExit());
            daemon = home.Start();
        }

        Assert.Equal(("lost", 3), (home.Closed(trigger).Status, home.Trigger(trigger).Attempt));
        Assert.Equal(3, home.Runs(trigger).Count);
    }

    [RequiresFact]
    public void An_always_job_has_exactly_one_process_after_a_kill_and_a_start()
    {
        using var home = new AiosHome("[{name: server, type: always, command: [sleep, '1000']}]");
        var daemon = home.Start();
        home.WaitFor(() => home.RunProcesses.Count == 1, "it runs");
        for (var i = 0; i < 3; i++)
        {
            var former = home.RunProcesses.Single();
            daemon.Kill();
            daemon = home.Start();
            home.WaitFor(() => !Processes.Lives(former) && home.RunProcesses.Count == 1, "another one runs in its place");
        }

        home.Holds(() => home.RunProcesses.Count == 1, "exactly one runs", 1.5);
        Assert.Equal(1, home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL"));
    }

    [RequiresFact]
    public void What_a_killed_device_left_is_put_right_by_another_one()
    {
        using var home = new AiosHome("[{name: family, type: trigger, retries: 1, backoff: 100ms, grace: 1s, file: family.sh}]");
        home.WriteProgram("family.sh", Family);
        var dying = home.Start([("DEVICE_ID", "dying")]);
        var trigger = home.Insert("family");
        home.WaitFor(() => Lines(home, "started").Length == 1, "it runs");
        dying.Kill();
        home.Start([("DEVICE_ID", "heir")]);
        Assert.Equal("succeeded", home.Closed(trigger).Status);
        Assert.Equal(["dying", "heir"], home.Runs(trigger).Select(run => run.Device));
        home.WaitFor(() => home.RunProcesses.Count == 0, "no orphan is left");
        Assert.Equal("offline", home.Get<string>("SELECT status FROM devices WHERE device = 'dying'"));
    }

    [RequiresFact]
    public void In_a_loop_of_random_kills_under_a_steady_stream_of_inserts_none_is_lost()
    {
        var kills = Needs.Long ? 50 : 8;
        using var home = new AiosHome(
            """
            - name: sure
              type: trigger
              retries: 100
              backoff: 50ms
              grace: 500ms
              command: [sh, -c, 'sleep 0.05; echo "$AIOS_TRIGGER_ID" >> done']
            - {name: once, type: trigger, grace: 500ms, command: [sh, -c, 'sleep 0.05; echo "$AIOS_TRIGGER_ID" >> done']}
            """
        );
        home.Drain();
        using var stream = new StreamOfInserts(home, "sure", "once");
        var random = new Random(4711);
        for (var i = 0; i < kills; i++)
        {
            var daemon = home.Launch([]);
            Thread.Sleep(random.Next(20, 1500));
            daemon.Kill();
        }

        stream.Stop();
        home.Start();
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL") == 0, "all are closed", 120);
        Assert.Equal(stream.Committed.Order(), home.Column("SELECT id FROM triggers").Select(long.Parse).Order());
        var done = Lines(home, "done").Select(long.Parse).ToHashSet();
        foreach (var id in stream.Committed)
        {
            var trigger = home.Trigger(id);
            if (trigger.Status == "succeeded")
                Assert.Contains(id, done);
            else
                Assert.Equal("lost", trigger.Status);
        }

        // A job that may be tried again succeeds in the end, however often its daemon was killed.
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'sure' AND status <> 'succeeded'"));
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM runs WHERE status = 'running'"));
        Assert.Equal("ok", home.Get<string>("PRAGMA integrity_check"));
        home.WaitFor(() => home.RunProcesses.Count == 0, "no orphan is left");
    }

    // bench/kill_gap.py judges by what the programs have noted; 300 kills of a published executable are its own form.
    [RequiresFact(Need.Python)]
    public void Killed_between_the_start_of_a_process_and_its_pid_on_the_disk_nothing_begins_twice()
    {
        using var script = Process.Start(
            new ProcessStartInfo(
                "python3",
                [
                    Path.Combine(Documents.Root, "bench", "kill_gap.py"),
                    AiosProcess.Executable,
                    "--kills",
                    Needs.Long ? "100" : "8",
                    "--longest",
                    "40",
                    "--seed",
                    "4711",
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = script.StandardError.ReadToEndAsync();
        var summary = script.StandardOutput.ReadToEnd();
        Assert.True(script.WaitForExit(TimeSpan.FromMinutes(10)) && script.ExitCode == 0, summary + errors.Result);
    }

    [RequiresFact]
    public void Nothing_stays_beside_the_database_after_kills_with_two_daemons()
    {
        using var home = new AiosHome(
            "[{name: work, type: trigger, retries: 9, backoff: 50ms, grace: 500ms, command: [sh, -c, 'sleep 0.5']}]"
        );
        home.Drain();
        for (var i = 0; i < 4; i++)
        {
            var one = home.Start([("DEVICE_ID", "one")]);
            var other = home.Start([("DEVICE_ID", i % 2 == 0 ? "other" : $"other-{i}")]);
            home.WaitFor(
                () =>
                {
                    home.InsertMany("work", 5);
                    return home.Get<int>("SELECT count(DISTINCT device) FROM runs WHERE status = 'running'") == 2;
                },
                "both are at work"
            );
            one.Kill();
            other.Kill();
            Assert.NotEmpty(Directory.GetDirectories(home.In(".aios"), "runs-*"));
        }

        var last = home.Start([("DEVICE_ID", "last")]);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL") == 0, "all are closed", 90);
        // A device looks after the others about every ten seconds.
        home.WaitFor(() => Directory.GetDirectories(home.In(".aios"), "runs-*").Length <= 1, "only the folder of the living one is left");
        Assert.Equal(0, last.Stop());
        Assert.Empty(Directory.GetDirectories(home.In(".aios"), "runs-*"));
    }

    private static string[] Lines(AiosHome home, string file) => File.Exists(home.In(file)) ? File.ReadAllLines(home.In(file)) : [];
}
