using System.Diagnostics;

namespace Aios.Tests.BlackBox;

/// <summary>A daemon that is asked to end.</summary>
public sealed class StopTests
{
    [RequiresTheory]
    [InlineData(AiosProcess.Term)]
    [InlineData(AiosProcess.Int)]
    public void A_stop_ends_all_children_and_gives_their_triggers_back(int signal)
    {
        using var home = new AiosHome(
            "[{name: work, type: trigger, grace: 5s, command: [sh, -c, 'sleep 1000 & setsid sleep 1000 & echo $AIOS_ATTEMPT >> attempts; "
                + "[ ! -e again ] || exit 0; wait']}]"
        );
        var daemon = home.Start();
        var trigger = home.Insert("work");
        home.WaitFor(() => home.RunProcesses.Count == 3 && File.Exists(home.In("attempts")), "it runs");
        daemon.Signal(signal);
        Assert.Equal(0, daemon.WaitForExit());
        Assert.Empty(home.RunProcesses);
        Assert.Equal("offline", home.Get<string>("SELECT status FROM devices"));
        var row = home.Trigger(trigger);
        Assert.Equal(("queued", 0, false), (row.Status, row.Attempt, row.IsClosed));
        Assert.Equal("canceled", home.Runs(trigger)[0].Status);
        Assert.False(File.Exists(home.Database + "-journal"));

        File.WriteAllText(home.In("again"), "");
        home.Start();
        Assert.Equal("succeeded", home.Closed(trigger).Status);
        // The interrupted attempt does not count.
        Assert.Equal(["1", "1"], File.ReadAllLines(home.In("attempts")));
    }

    [RequiresTheory]
    [InlineData("trap '' INT; exec", "Ctrl-C does not reach it")]
    [InlineData("exec", "Ctrl-C ends it and its programs.")]
    public async Task A_start_says_how_it_is_ended(string how, string words)
    {
        using var home = new AiosHome("[{name: work, type: trigger, command: ['true']}]");
        var start = AiosProcess.StartInfo(
            home.Folder,
            ["-c", $"{how} \"$0\" run --home \"$1\" --listen none 2>&1", AiosProcess.Executable, home.Folder]
        );
        start.FileName = "/bin/sh";
        using var daemon = Process.Start(start)!;
        try
        {
            var lines = new List<string>();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (await daemon.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                lines.Add(line);
                if (line.Contains(words, StringComparison.Ordinal))
                    break;
            }

            Assert.Contains(words, lines[^1], StringComparison.Ordinal);
            Assert.DoesNotContain(lines, line => line.Contains("audit", StringComparison.Ordinal));
            if (how != "exec")
                Assert.Contains($"`kill {daemon.Id}`", lines[^1], StringComparison.Ordinal);
            AiosProcess.Send(daemon.Id, how == "exec" ? AiosProcess.Int : AiosProcess.Term);
            Assert.True(daemon.WaitForExit(TimeSpan.FromSeconds(60)));
        }
        finally
        {
            if (!daemon.HasExited)
                daemon.Kill();
        }
    }

    [RequiresFact]
    public void A_second_signal_does_not_wait_for_the_grace()
    {
        using var home = new AiosHome(
            """[{name: stubborn, type: trigger, grace: 60s, command: [sh, -c, 'trap "" TERM; touch ready; while :; do sleep 0.1; done']}]"""
        );
        var daemon = home.Start();
        var trigger = home.Insert("stubborn");
        home.WaitFor(() => File.Exists(home.In("ready")), "it runs");
        daemon.Signal(AiosProcess.Term);
        home.WaitFor(() => daemon.Output.Contains("second signal", StringComparison.Ordinal), "the first signal was heard");
        home.Holds(() => !daemon.HasExited, "it waits for the program", 1);
        var second = Stopwatch.StartNew();
        Assert.Equal(0, daemon.Stop());
        Assert.InRange(second.Elapsed.TotalSeconds, 0, 10);
        Assert.Empty(home.RunProcesses);
        Assert.Equal("queued", home.Trigger(trigger).Status);
    }

    [RequiresFact]
    public void A_stopping_daemon_claims_nothing_more()
    {
        using var home = new AiosHome(
            """
            - {name: slow, type: trigger, grace: 20s, command: [sh, -c, 'trap "sleep 2; exit 0" TERM; touch ready; while :; do sleep 0.1; done']}
            - {name: work, type: trigger, command: ['true']}
            """
        );
        var daemon = home.Start();
        home.Insert("slow");
        home.WaitFor(() => File.Exists(home.In("ready")), "it runs");
        daemon.Signal(AiosProcess.Term);
        home.WaitFor(() => daemon.Output.Contains("ending", StringComparison.Ordinal), "the signal was heard");
        var trigger = home.Insert("work");
        Assert.Equal(0, daemon.WaitForExit());
        Assert.Equal(("queued", false), (home.Trigger(trigger).Status, home.Trigger(trigger).IsClosed));
        Assert.Empty(home.Runs(trigger));
    }

    [RequiresFact]
    public void A_run_that_ends_well_while_the_daemon_stops_has_succeeded()
    {
        using var home = new AiosHome(
            """[{name: quick, type: trigger, grace: 20s, command: [sh, -c, 'touch ready; trap "" TERM; sleep 1; echo "{\"done\": true}" > "$AIOS_RESULT"']}]"""
        );
        var daemon = home.Start();
        var trigger = home.Insert("quick");
        home.WaitFor(() => File.Exists(home.In("ready")), "it runs");
        Assert.Equal(0, daemon.Stop());
        // Whether the program heeded the signal cannot be told; what is promised is that nothing is lost.
        Assert.Contains(home.Trigger(trigger).Status, (string[])["succeeded", "queued"]);
        home.Drain();
        Assert.Equal("succeeded", home.Trigger(trigger).Status);
    }

    [RequiresFact]
    public void A_stop_right_after_the_start_is_heeded()
    {
        using var home = new AiosHome("[{name: server, type: always, command: [sleep, '1000']}]");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(0, home.Start().Stop());
            Assert.Empty(home.RunProcesses);
        }
    }

    [RequiresFact]
    public void Twenty_runs_are_ended_together_and_run_again_after_the_next_start()
    {
        using var home = new AiosHome(
            "[{name: work, type: trigger, grace: 2s, command: [sh, -c, '[ ! -e again ] || exit 0; trap \"\" TERM; while :; do sleep "
                + "0.1; done']}]"
        );
        var daemon = home.Start([], "--max-parallel", "20");
        home.InsertMany("work", 20);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM runs WHERE pid IS NOT NULL") == 20, "20 run");
        var stopping = Stopwatch.StartNew();
        Assert.Equal(0, daemon.Stop(60));
        Assert.InRange(stopping.Elapsed.TotalSeconds, 0, 20);
        Assert.Empty(home.RunProcesses);
        Assert.Equal(20, home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'queued' AND processed IS NULL"));
        File.WriteAllText(home.In("again"), "");
        home.Drain();
        Assert.Equal(20, home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'"));
    }
}
