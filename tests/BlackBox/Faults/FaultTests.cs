using System.Globalization;

namespace Aios.Tests.BlackBox;

/// <summary>
/// Faults at random moments under load; after each, what must be true is asked of the database alone. What one fault
/// does in particular stands in <see cref="CrashTests"/>, <see cref="DatabaseTests"/> and <see cref="ClockTests"/>;
/// <c>bench/soak.py</c> does all of them for half an hour.
/// </summary>
[Collection(Undisturbed.Name)]
public sealed class FaultTests
{
    private const string Jobs = """
        - {name: function, type: trigger, retries: 4, backoff: 50ms, file: work.py, function: work}
        - {name: command, type: trigger, retries: 4, backoff: 50ms, priority: 5, command: [sh, -c, 'echo at work; sleep 0.05']}
        - {name: single, type: trigger, retries: 4, backoff: 50ms, overlap: queue, command: [sh, -c, 'sleep 0.02']}
        - {name: once, type: trigger, grace: 300ms, command: [sh, -c, 'sleep 1000 & setsid sleep 1000 & sleep 0.05']}
        - {name: server, type: always, min_uptime: 100ms, grace: 500ms, command: [sleep, '1000']}
        - {name: tick, type: interval, interval: 300ms, command: ['true']}
        """;

    private const string Program = """
        import time
        def work(*_):
            print("at work")
            time.sleep(0.05)
            return {"done": True}
        """;

    // What may never be, and the rule that must say so.
    private static readonly (string Sql, string Told)[] Wrongs =
    [
        ("UPDATE triggers SET status = 'running' WHERE id = 1", "a trigger is open"),
        ("UPDATE triggers SET processed = NULL, status = 'running' WHERE id = 1", "a running trigger has one running run"),
        ("UPDATE triggers SET processed = NULL, status = 'waiting', reason = NULL WHERE id = 1", "says why"),
        ("UPDATE triggers SET processed = NULL, status = 'queued' WHERE id = 1", "what could go on has ended"),
        ("UPDATE triggers SET status = 'lost' WHERE id = 1", "closed as its last run ended"),
        ("UPDATE triggers SET attempt = 2 WHERE id = 1", "counts the attempts"),
        ("UPDATE triggers SET occurrence = 5", "an occurrence has one trigger"),
        ("DELETE FROM triggers WHERE id = 1", "a run belongs to a trigger"),
        ("UPDATE runs SET status = 'running', ended = NULL WHERE id = 1", "nothing runs without a daemon"),
        ("UPDATE runs SET ended = NULL WHERE id = 1", "has ended as its status says"),
        ("UPDATE runs SET ended = started - 1 WHERE id = 1", "ends after it has started"),
        ("UPDATE runs SET exit_code = 1 WHERE id = 1", "exited with 0"),
        ("UPDATE runs SET trigger_id = 1", "is not run again"),
        ("UPDATE runs SET trigger_id = 1, attempt = id, started = 1, ended = 5 - id", "attempts of one trigger do not overlap"),
        ("UPDATE runs SET started = 1, ended = 2", "work runs one at a time"),
        ("UPDATE runs SET attempt = 3; UPDATE triggers SET attempt = 3", "work has at most 2 attempts"),
        ("UPDATE jobs SET status = 'running'", "the jobs table"),
        ("DELETE FROM jobs", "each job that ran is in the jobs table"),
        ("UPDATE logs SET run_id = 99 WHERE run_id = 1", "a line of a log"),
    ];

    private static readonly string[] Rules =
    [
        "--retries",
        "function=4",
        "command=4",
        "single=4",
        "once=0",
        "--one-at-a-time",
        "single",
        "tick",
    ];

    [RequiresFact(Need.Python)]
    public void Programs_that_are_killed_at_random_moments()
    {
        using var home = Home();
        var daemon = home.Start();
        InsertEach(home, 30);
        var random = new Random(4711);
        for (var kills = 0; kills < 60; kills++)
        {
            if (home.RunProcesses is { Count: > 0 } victims)
                AiosProcess.Send(victims[random.Next(victims.Count)], AiosProcess.Kill9);
            Thread.Sleep(random.Next(10, 60));
        }

        Invariants.HoldToTheEnd(home, daemon, Rules);
        Assert.NotEqual(0, home.Get<int>("SELECT count(*) FROM runs WHERE status = 'failed' AND signal = 9"));
    }

    [RequiresFact(Need.Python)]
    public void A_warm_Python_that_is_killed_at_random_moments()
    {
        using var home = Home();
        var daemon = home.Start();
        var marker = $"AIOS_MARK={home.Get<string>("SELECT value FROM config WHERE key = 'database_id'")}/";
        var random = new Random(4711);
        var killed = new HashSet<int>();
        var inserted = 0;
        home.WaitFor(
            () =>
            {
                foreach (
                    var resident in Processes
                        .Carrying(marker)
                        .Intersect(Processes.Carrying("AIOS_RUN_ID=-"))
                        .Where(Processes.LeadsItsSession)
                        .Where(Processes.HasLivedAWhile)
                )
                {
                    AiosProcess.Send(resident, AiosProcess.Kill9);
                    killed.Add(resident);
                }

                inserted += 20;
                home.InsertMany("function", 20);
                Thread.Sleep(random.Next(50, 300));
                return killed.Count >= 3;
            },
            "a warm Python was killed and came back, and again",
            60
        );
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL AND source = 'insert'") == 0,
            "all are closed",
            120
        );
        Assert.Equal(inserted, home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'function' AND status = 'succeeded'"));
        Invariants.HoldToTheEnd(home, daemon, Rules);
    }

    [RequiresFact(Need.Python)]
    public void A_daemon_that_is_killed_at_random_moments()
    {
        using var home = Home();
        using var stream = Stream(home);
        var random = new Random(4711);
        for (var kills = 0; kills < (Needs.Long ? 40 : 6); kills++)
        {
            var dying = home.Launch([]);
            Thread.Sleep(random.Next(20, 1500));
            dying.Kill();
            Assert.DoesNotContain("A turn of the daemon failed", dying.Output, StringComparison.Ordinal);
        }

        stream.Stop();
        Invariants.HoldToTheEnd(home, home.Start(), Rules);
        Assert.Equal(stream.Committed.Order(), home.Column("SELECT id FROM triggers WHERE source = 'insert'").Select(Number).Order());
    }

    [RequiresFact(Need.Python)]
    public void A_daemon_that_stands_still_for_a_while_is_not_taken_for_dead_by_another_one()
    {
        using var home = Home();
        var still = home.Start([("DEVICE_ID", "still")]);
        var other = home.Start([("DEVICE_ID", "other")]);
        using var stream = Stream(home);
        for (var times = 0; times < 3; times++)
        {
            still.Signal(AiosProcess.Stopped);
            Thread.Sleep(1000);
            still.Signal(AiosProcess.Continued);
            Thread.Sleep(200);
        }

        stream.Stop();
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL AND source = 'insert'") == 0,
            "all are closed",
            60
        );
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM runs WHERE status = 'lost'"));
        Assert.Equal(0, other.Stop());
        Invariants.HoldToTheEnd(home, still, Rules);
    }

    [RequiresFact(Need.Python)]
    public void A_program_that_stands_still_is_ended_by_its_timeout_or_goes_on()
    {
        using var home = new AiosHome(
            """
            - {name: stuck, type: trigger, timeout: 500ms, grace: 200ms, command: [sleep, '1000']}
            - {name: paused, type: trigger, command: [sh, -c, 'until [ -e go ]; do sleep 0.02; done']}
            """
        );
        var daemon = home.Start();
        var (stuck, paused) = (home.Insert("stuck"), home.Insert("paused"));
        home.WaitFor(() => home.Runs(stuck) is [{ Pid: not null }] && home.Runs(paused) is [{ Pid: not null }], "both run");
        foreach (var trigger in new[] { stuck, paused })
            AiosProcess.Send((int)home.Runs(trigger)[0].Pid!, AiosProcess.Stopped);
        Assert.Equal("timed_out", home.Closed(stuck).Status);
        File.WriteAllText(home.In("go"), "");
        Assert.Equal("running", home.Trigger(paused).Status);
        AiosProcess.Send((int)home.Runs(paused)[0].Pid!, AiosProcess.Continued);
        Assert.Equal("succeeded", home.Closed(paused).Status);
        Invariants.HoldToTheEnd(home, daemon);
    }

    [RequiresFact(Need.Python | Need.Immutable)]
    public void A_folder_that_takes_no_writes_for_a_while()
    {
        using var home = Home();
        var daemon = home.Start();
        InsertEach(home, 20);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM runs WHERE status = 'succeeded'") > 5, "work goes on");
        // The journal cannot be made beside the database; folders in the home can still be written.
        Assert.True(Needs.Immutable(home.Folder, immutable: true));
        try
        {
            daemon.WaitForOutput("takes no writes");
            home.Holds(() => !daemon.HasExited, "the daemon lives", 1);
        }
        finally
        {
            Needs.Immutable(home.Folder, immutable: false);
        }

        daemon.WaitForOutput("takes writes again");
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL AND source = 'insert'") == 0,
            "all are closed",
            60
        );
        Assert.Equal(80, home.Get<int>("SELECT count(*) FROM triggers WHERE source = 'insert' AND status = 'succeeded' AND attempt = 1"));
        Invariants.Hold(home, Rules);
        Assert.Equal(0, daemon.Stop());
    }

    [RequiresFact(Need.Python)]
    public void A_program_that_forks_and_leaves_its_children_behind()
    {
        using var home = new AiosHome(
            """
            - name: forks
              type: trigger
              grace: 300ms
              retries: 1
              backoff: 50ms
              command:
                - python3
                - -c
                - |
                  import os, time
                  for child in range(200):
                      if os.fork() == 0:
                          if child % 2: os.setsid()
                          time.sleep(1000)
                  if os.environ["AIOS_ATTEMPT"] == "1": os.abort()
            """
        );
        var daemon = home.Start();
        var trigger = home.Closed(home.Insert("forks"));
        Assert.Equal(("succeeded", 2), (trigger.Status, trigger.Attempt));
        Assert.Empty(home.RunProcesses);
        Assert.Empty(Processes.ZombiesOf(daemon.Id));
        Invariants.HoldToTheEnd(home, daemon);
    }

    [RequiresFact(Need.Python | Need.Faketime)]
    public void A_clock_that_jumps_a_day_ahead_and_back_while_work_goes_on()
    {
        using var home = Home(Jobs.Replace("type:", $"{ShiftedClock.NotForPrograms}, type:", StringComparison.Ordinal));
        var clock = new ShiftedClock(home.Folder, TimeSpan.Zero);
        var daemon = home.Start(clock.Environment);
        foreach (var days in new[] { 1, 0, -1, 0 })
        {
            home.WaitFor(() => KeepsWorking(home), "work goes on", 120);
            // A retry is waiting when the clock is moved, or an end is not yet written down.
            foreach (var pid in home.RunProcesses)
                AiosProcess.Send(pid, AiosProcess.Kill9);
            clock.Offset = TimeSpan.FromDays(days);
        }

        // Also if it is ahead for no longer than a tick of the daemon.
        for (var moments = 0; moments < 20; moments++)
        {
            foreach (var pid in home.RunProcesses)
                AiosProcess.Send(pid, AiosProcess.Kill9);
            clock.Offset = TimeSpan.FromDays(1);
            clock.Offset = TimeSpan.Zero;
        }

        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL AND source = 'insert'") == 0,
            "nothing waits for another day",
            120
        );
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM runs WHERE status = 'running' AND job_name = 'server'") == 1,
            "what is kept running runs",
            120
        );
        var ticks = home.RunsOf("tick").Count;
        home.WaitFor(() => home.RunsOf("tick").Count > ticks, "the interval goes on", 120);
        Invariants.HoldToTheEnd(home, daemon, [.. Rules.Take(5), "--clock-jumped"]);
    }

    [RequiresFact(Need.Python)]
    public void What_is_wrong_in_a_database_is_seen()
    {
        using var home = new AiosHome("[{name: work, type: trigger, command: [echo, hello]}]");
        home.Drain();
        home.InsertMany("work", 2);
        home.Drain();
        home.Execute("UPDATE runs SET started = 1.5 * id, ended = 1.5 * id + 1");
        string[] rules = ["--drained", "--retries", "work=1", "--one-at-a-time", "work"];
        Invariants.Hold(home, rules);
        var whole = File.ReadAllBytes(home.Database);
        Assert.All(Wrongs, wrong =>
        {
            File.WriteAllBytes(home.Database, whole);
            home.Execute(wrong.Sql);
            Assert.Contains(wrong.Told, Invariants.Violations(home.Database, rules), StringComparison.Ordinal);
        });
    }

    [RequiresFact(Need.Python)]
    public void A_process_that_is_left_over_is_seen()
    {
        using var home = new AiosHome("[{name: long, type: trigger, command: [sleep, '1000']}]");
        var daemon = home.Start();
        var trigger = home.Insert("long");
        home.WaitFor(() => home.Runs(trigger) is [{ Pid: not null }], "it runs");
        Invariants.Hold(home);
        daemon.Kill();
        var seen = Invariants.Violations(home.Database, "--drained");
        Assert.Contains("no process is left over", seen, StringComparison.Ordinal);
        Assert.Contains("nothing runs without a daemon", seen, StringComparison.Ordinal);
        AiosProcess.Send((int)home.Runs(trigger)[0].Pid!, AiosProcess.Kill9);
        Assert.Contains("a device that is online lives", Invariants.Violations(home.Database, "--patience", "0"), StringComparison.Ordinal);
    }

    // A look may come too late to see the processes of one batch.
    private static bool KeepsWorking(AiosHome home)
    {
        if (home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL AND source = 'insert'") == 0)
            InsertEach(home, 5);
        return home.RunProcesses.Count > 2;
    }

    private static AiosHome Home(string jobs = Jobs)
    {
        var home = new AiosHome(jobs);
        home.WriteProgram("work.py", Program, executable: false);
        return home;
    }

    private static void InsertEach(AiosHome home, int count)
    {
        foreach (var job in new[] { "function", "command", "single", "once" })
            home.InsertMany(job, count);
    }

    private static StreamOfInserts Stream(AiosHome home)
    {
        if (!File.Exists(home.Database))
            home.Drain();
        return new StreamOfInserts(home, "function", "command", "single", "once");
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
