namespace Aios.Tests.BlackBox;

/// <summary>Programs that misbehave.</summary>
public sealed class ProgramTests
{
    [RequiresTheory]
    [InlineData("command: [no-such-program-anywhere]", "no-such-program-anywhere")]
    [InlineData("command: [/no/such/program]", "/no/such/program")]
    [InlineData("file: missing.sh", "missing.sh")]
    [InlineData("file: plain.bin", "plain.bin")]
    [InlineData("command: [/etc/hostname]", "/etc/hostname")]
    [InlineData("command: [/etc]", "/etc")]
    public void A_program_that_cannot_be_started_is_a_clear_error(string program, string named)
    {
        using var home = new AiosHome(
            $$"""
            - {name: bad, type: trigger, {{program}}}
            - {name: good, type: trigger, command: ['true']}
            """
        );
        home.WriteProgram("plain.bin", "no program at all", executable: false);
        var daemon = home.Start();
        var closed = home.Closed(home.Insert("bad"));
        Assert.Equal("failed", closed.Status);
        Assert.Contains(named, closed.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", closed.Reason, StringComparison.Ordinal);
        Assert.Equal("succeeded", home.Closed(home.Insert("good")).Status);
        Assert.False(daemon.HasExited);
    }

    [RequiresFact]
    public void Endless_output_is_bounded_and_holds_nobody_up()
    {
        using var home = new AiosHome(
            """
            - {name: endless, type: trigger, timeout: 3s, grace: 1s, command: ['yes', 'a line that never ends']}
            - {name: oneline, type: trigger, timeout: 3s, grace: 1s, command: [sh, -c, 'cat /dev/zero | tr "\0" x']}
            - {name: good, type: trigger, command: [echo, fine]}
            """
        );
        var daemon = home.Start();
        var endless = home.Insert("endless");
        var oneLine = home.Insert("oneline");
        home.WaitFor(() => home.RunsOf("endless").Count == 1 && home.RunsOf("oneline").Count == 1, "both run");
        Assert.Equal("succeeded", home.Closed(home.Insert("good")).Status);
        Assert.Equal("timed_out", home.Closed(endless).Status);
        Assert.Equal("timed_out", home.Closed(oneLine).Status);
        Assert.True(new FileInfo(home.Database).Length < 200_000_000, "the database is bounded");
        Assert.True(Processes.ResidentMegabytes(daemon.Id) < 400, "memory is bounded");
        home.WaitFor(() => home.RunProcesses.Count == 0, "they have gone");
    }

    [RequiresFact]
    public void Output_that_is_not_UTF8_is_kept_as_far_as_it_can_be_read()
    {
        using var home = new AiosHome(
            """[{name: odd, type: trigger, command: [sh, -c, 'printf "caf\351 \377\376\000 end\n"; printf "\303"']}]"""
        );
        home.Start();
        Assert.Equal("succeeded", home.Closed(home.Insert("odd")).Status);
        home.WaitFor(() => home.Column("SELECT message FROM logs WHERE run_id = 1").Count == 2, "both lines are in the log");
        var line = home.Column("SELECT message FROM logs WHERE run_id = 1 ORDER BY id")[0];
        Assert.StartsWith("caf\uFFFD", line, StringComparison.Ordinal);
        Assert.EndsWith("end", line, StringComparison.Ordinal);
        Assert.Equal("ok", home.Get<string>("PRAGMA integrity_check"));
    }

    [RequiresFact(Need.Python)]
    public void A_maker_of_zombies_leaves_none()
    {
        using var home = new AiosHome("[{name: zombies, type: trigger, file: zombies.py}]");
        // Children, and grandchildren that outlive their parent, all of which end without anybody asking how.
        home.WriteProgram(
            "zombies.py",
            """
            import os, time
            for i in range(50):
                if os.fork() == 0:
                    if os.fork() == 0:
                        time.sleep(0.2)
                    os._exit(0)
            time.sleep(0.5)
            """
        );
        var daemon = home.Start();
        Assert.Equal("succeeded", home.Closed(home.Insert("zombies")).Status);
        home.WaitFor(() => Processes.ZombiesOf(daemon.Id).Count == 0, "the daemon has no zombies");
        Assert.Empty(home.RunProcesses);
    }

    [RequiresFact]
    public void A_program_that_ignores_TERM_is_killed_after_its_grace()
    {
        using var home = new AiosHome(
            """[{name: stubborn, type: trigger, timeout: 1s, grace: 1s, command: [sh, -c, 'trap "" TERM; while :; do sleep 0.1; done']}]"""
        );
        home.Start();
        var trigger = home.Closed(home.Insert("stubborn"));
        Assert.Equal("timed_out", trigger.Status);
        var run = home.Runs(trigger.Id)[0];
        Assert.InRange(run.Ended!.Value - run.Started, 1.9, 12);
        Assert.Equal(9, run.Signal);
        Assert.Empty(home.RunProcesses);
    }

    [RequiresFact]
    public void A_program_that_heeds_TERM_has_its_grace_to_clean_up()
    {
        using var home = new AiosHome(
            """[{name: tidy, type: trigger, timeout: 1s, grace: 20s, command: [sh, -c, 'trap "sleep 0.5; echo clean > cleaned; exit 0" TERM; while :; do sleep 0.1; done']}]"""
        );
        home.Start();
        Assert.Equal("timed_out", home.Closed(home.Insert("tidy")).Status);
        Assert.Equal("clean\n", File.ReadAllText(home.In("cleaned")));
    }

    [RequiresFact]
    public void A_signal_and_an_exit_status_are_recorded()
    {
        using var home = new AiosHome(
            """
            - {name: signal, type: trigger, command: [sh, -c, 'kill -SEGV $$']}
            - {name: status, type: trigger, command: [sh, -c, 'exit 3']}
            """
        );
        home.Start();
        var signal = home.Closed(home.Insert("signal"));
        Assert.Equal(("failed", 11L, null), (signal.Status, home.Runs(signal.Id)[0].Signal, home.Runs(signal.Id)[0].ExitCode));
        Assert.Contains("SEGV", signal.Reason, StringComparison.OrdinalIgnoreCase);
        var status = home.Closed(home.Insert("status"));
        Assert.Equal(("failed", 3L, null), (status.Status, home.Runs(status.Id)[0].ExitCode, home.Runs(status.Id)[0].Signal));
        Assert.Contains("3", status.Reason, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_grandchild_that_keeps_the_pipe_open_does_not_hold_the_end_of_its_run_up()
    {
        using var home = new AiosHome("[{name: holder, type: trigger, grace: 1s, command: [sh, -c, '(setsid sleep 1000 &) ; echo done']}]");
        home.Start();
        var trigger = home.Closed(home.Insert("holder"), 15);
        Assert.Equal("succeeded", trigger.Status);
        home.WaitFor(() => home.RunProcesses.Count == 0, "what was left of it has gone");
        home.WaitFor(() => home.Column("SELECT message FROM logs WHERE run_id = 1").Contains("done"), "its output is kept");
    }

    [RequiresFact(Need.Python)]
    public void A_python_exception_fails_the_run_with_its_traceback()
    {
        using var home = new AiosHome("[{name: broken, type: trigger, file: broken.py, function: go}]");
        home.WriteProgram("broken.py", "def go(**kwargs):\n    raise ValueError('no such city: ' + kwargs['city'])\n");
        home.Start();
        var trigger = home.Closed(home.Insert("broken", """{"city": "Atlantis"}"""));
        Assert.Equal("failed", trigger.Status);
        Assert.Contains("ValueError: no such city: Atlantis", trigger.Reason, StringComparison.Ordinal);
        home.WaitFor(
            () =>
                home.Column("SELECT message FROM logs WHERE run_id = 1")
                    .Exists(line => line.Contains("broken.py", StringComparison.Ordinal)),
            "the traceback is in the log"
        );
    }

    [RequiresFact(Need.Python)]
    public void Async_functions_run_and_answer()
    {
        using var home = new AiosHome("[{name: later, type: trigger, file: later.py, function: go}]");
        home.WriteProgram("later.py", "import asyncio\nasync def go(n):\n    await asyncio.sleep(0.01)\n    return n + 1\n");
        home.Start();
        var trigger = home.Closed(home.Insert("later", args: "[41]"));
        Assert.True(trigger.Status == "succeeded", trigger.Reason);
        Assert.Equal("42", home.Runs(trigger.Id)[0].Result);
    }

    [RequiresTheory]
    [InlineData("../outside.sh")]
    [InlineData("/bin/true")]
    public void A_path_that_leaves_the_programs_folder_is_refused(string file)
    {
        using var home = new AiosHome($"[{{name: out, type: trigger, file: '{file}'}}]");
        var result = home.Cli("jobs", "validate").Exits(2);
        Assert.Contains("Programs/", result.Error, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_link_that_leads_out_of_the_programs_folder_is_refused()
    {
        using var home = new AiosHome("[{name: out, type: trigger, file: link.sh}]");
        File.WriteAllText(home.In("outside.sh"), "#!/bin/sh\ntouch escaped\n");
        File.CreateSymbolicLink(home.In("Programs", "link.sh"), home.In("outside.sh"));
        home.Start();
        Assert.Equal("failed", home.Closed(home.Insert("out")).Status);
        Assert.False(File.Exists(home.In("escaped")));
    }
}
