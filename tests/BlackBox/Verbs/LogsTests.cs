using System.Diagnostics;
using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary><c>aios logs</c>, as a terminal sees it.</summary>
public sealed class LogsTests
{
    private const string Jobs = """
        - {name: work, type: trigger, command: [sh, -c, 'echo "one $AIOS_RUN_ID"; echo "<7>detail"; echo "<3>broken"; echo last']}
        - {name: '7', type: trigger, command: [echo, seven]}
        - {name: slow, type: trigger, command: [sh, -c, 'echo begun; while ! [ -e go ]; do sleep 0.02; done; echo done']}
        - {name: secret, type: trigger, env: {KEY: hunter22}, secrets: [KEY], command: [sh, -c, 'echo "key $KEY"; printf "{\"k\": \"%s\"}" "$KEY" > "$AIOS_RESULT"; exit 0']}
        """;

    [RequiresFact]
    public void Lines_are_told_with_time_run_and_level()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        home.Cli("trigger", "work", "--wait").Exits(0);
        home.Cli("trigger", "7", "--wait").Exits(0);

        var all = home.Cli("logs").Exits(0);
        Assert.Contains("aios | AIOS ", all.Out, StringComparison.Ordinal);
        var work = home.Cli("logs", "work").Exits(0).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["work#1 | one 1", "work#1 | DEBUG: detail", "work#1 | ERROR: broken", "work#1 | last"],
            work.Select(line => line[20..])
        );
        Assert.All(work, line => Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ", line));
        Assert.Equal(work, home.Cli("logs", "1").Exits(0).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith("7#2 | seven\n", home.Cli("logs", "7").Exits(0).Out, StringComparison.Ordinal);
        Assert.EndsWith("work#1 | last\n", home.Cli("logs", "work", "-n", "1").Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal("", home.Cli("logs", "work", "-n", "0").Exits(0).Out);
        Assert.EndsWith("ERROR: broken\n", home.Cli("logs", "work", "--level", "warning").Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal(4, home.Cli("logs", "work", "--since", "1h").Exits(0).Out.Count(letter => letter == '\n'));
        Assert.Equal("", home.Cli("logs", "work", "--since", "2099-01-01T00:00:00Z").Exits(0).Out);
        var line = JsonDocument.Parse(home.Cli("logs", "work", "--json", "--lines", "2").Exits(0).Out.Split('\n')[0]).RootElement;
        Assert.Equal(
            ("ERROR", "broken", 1, "stdout"),
            (
                line.GetProperty("level").GetString(),
                line.GetProperty("message").GetString(),
                line.GetProperty("run_id").GetInt32(),
                line.GetProperty("stream").GetString()
            )
        );
    }

    [RequiresFact]
    public void What_is_not_there_is_told()
    {
        using var home = new AiosHome(Jobs);
        Assert.Contains("there is no database", home.Cli("logs").Exits(0).Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"work\"?", home.Cli("logs", "wrok").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("there is no run 12", home.Cli("logs", "12").Exits(2).Error, StringComparison.Ordinal);
        home.Drain();
        Assert.Contains("Did you mean \"work\"?", home.Cli("logs", "-f", "wrok").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("--level: found \"eror\"", home.Cli("logs", "--level", "eror").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("--since: found \"noon\"", home.Cli("logs", "--since", "noon").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("--lines: found -1", home.Cli("logs", "-n", "-1").Exits(2).Error, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void Of_a_run_it_is_followed_to_its_end()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        home.Insert("slow");
        home.WaitFor(() => home.Get<long>("SELECT count(*) FROM logs WHERE message = 'begun'") == 1, "it has begun");
        using var follower = Follow(home, "1");
        follower.WaitForOutput("slow#1 | begun");
        Assert.False(follower.HasExited);
        File.WriteAllText(home.In("go"), "");
        Assert.Equal(0, follower.WaitForExit());
        Assert.EndsWith("slow#1 | done\n", follower.Output, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void The_last_lines_of_a_run_come_before_its_end()
    {
        using var home = new AiosHome(
            "- {name: burst, type: trigger, command: [sh, -c, 'i=0; while [ $i -lt 300 ]; do echo line $i; i=$((i+1)); done; printf last']}"
        );
        home.Start();
        for (var run = 1; run <= 10; run++)
        {
            home.Insert("burst");
            home.WaitFor(() => home.Get<long>("SELECT count(*) FROM runs WHERE id = @1", run) == 1, "it runs");
            var result = home.Cli("logs", $"{run}", "-f").Exits(0);
            Assert.Equal(301, result.Out.Count(letter => letter == '\n'));
            Assert.EndsWith($"burst#{run} | last\n", result.Out, StringComparison.Ordinal);
        }
    }

    [RequiresFact]
    public void Of_a_job_it_goes_on_over_runs_and_daemons()
    {
        using var home = new AiosHome(Jobs);
        using var follower = Follow(home, "work");
        follower.WaitForOutput("waiting until a daemon makes it");
        var first = home.Start();
        home.Cli("trigger", "work").Exits(0);
        follower.WaitForOutput("work#1 | last");
        first.Stop();
        home.Start();
        home.Cli("trigger", "work").Exits(0);
        follower.WaitForOutput("work#2 | last");
        Assert.False(follower.HasExited);
    }

    [RequiresFact]
    public void Without_a_daemon_it_says_so_and_goes_on()
    {
        using var home = new AiosHome(Jobs);
        home.Drain();
        using var follower = Follow(home);
        follower.WaitForOutput("no daemon is running");
        follower.WaitForOutput("AIOS has ended.");
        Assert.False(follower.HasExited);
    }

    [RequiresFact]
    public void A_reader_that_leaves_ends_it_silently()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        home.Cli("trigger", "work", "--wait").Exits(0);
        var shell = AiosProcess.StartInfo(home.Folder, []);
        shell.FileName = "/bin/sh";
        shell.ArgumentList.Add("-c");
        shell.ArgumentList.Add($"'{AiosProcess.Executable}' logs -f | head -n 1");
        using var process = Process.Start(shell)!;
        var error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(30_000), "it goes on though nobody reads it");
        Assert.Equal("", error.Result);
    }

    [RequiresFact]
    public void A_database_that_is_replaced_ends_it_with_a_word()
    {
        using var home = new AiosHome(Jobs);
        home.Drain();
        using var follower = Follow(home);
        follower.WaitForOutput("AIOS has ended.");
        File.Move(home.Database, home.In("elsewhere.db"));
        Assert.Equal(1, follower.WaitForExit());
        Assert.Contains("was deleted or replaced", follower.Output, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_secret_reaches_neither_the_database_nor_the_terminal()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start();
        home.Cli("trigger", "secret", "--wait").Exits(0);
        Assert.Equal("key ***\n", string.Join('\n', home.Column("SELECT message FROM logs WHERE run_id = 1")) + "\n");
        Assert.Equal("""{"k":"***"}""", home.Get<string>("SELECT result FROM runs"));
        daemon.WaitForOutput("key ***");
        daemon.Stop();
        Assert.DoesNotContain("hunter22", daemon.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "hunter22",
            System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(home.Database)),
            StringComparison.Ordinal
        );
    }

    private static AiosProcess Follow(AiosHome home, params string[] arguments) =>
        AiosProcess.Start(home.Folder, ["logs", "-f", "--home", home.Folder, .. arguments]);
}
