using System.Diagnostics;

namespace Aios.Tests.BlackBox;

/// <summary>Things that a file, a row or a program may be and nobody thinks of.</summary>
public sealed class HostileTests
{
    private const string Work = """
        - {name: work, type: trigger, command: ['true']}
        """;

    [RequiresFact]
    public void A_named_pipe_in_the_job_list_is_a_mistake_and_blocks_nothing()
    {
        using var home = new AiosHome(Work);
        var daemon = home.Start();
        Shell(home, "mkfifo Jobs/pipe.yaml");
        home.WaitFor(() => home.Cli("status").Out.Contains("no ordinary file", StringComparison.Ordinal), "status tells of it");
        Assert.Equal("succeeded", home.Closed(home.Insert("work")).Status);
        home.Cli("jobs").Exits(2);
        Assert.Equal(0, daemon.Stop());
    }

    [RequiresFact]
    public void A_named_pipe_as_a_program_fails_and_blocks_nothing()
    {
        using var home = new AiosHome("[{name: pipe, type: trigger, file: pipe}]");
        Shell(home, "mkfifo Programs/pipe && chmod +x Programs/pipe");
        var daemon = home.Start();
        var trigger = home.Closed(home.Insert("pipe"));
        Assert.Equal("failed", trigger.Status);
        Assert.Contains("no ordinary file", trigger.Reason, StringComparison.Ordinal);
        Assert.Equal(0, daemon.Stop());
    }

    [RequiresFact]
    public void A_file_that_is_emptied_ends_nothing_and_an_empty_list_does()
    {
        using var home = new AiosHome("[{name: server, type: always, command: [sleep, '1000']}]");
        home.Start();
        home.WaitFor(() => home.RunsOf("server").Count == 1, "it runs");
        home.WriteJobs("");
        home.WaitFor(() => home.Cli("status").Out.Contains("holds nothing", StringComparison.Ordinal), "status tells of it");
        Assert.Null(home.RunsOf("server").Single().Ended);
        home.WriteJobs("[]");
        home.WaitFor(() => home.RunsOf("server").Single().Status == "canceled", "it is ended");
        home.WaitFor(() => home.Get<long>("SELECT count(*) FROM triggers WHERE processed IS NULL") == 0, "nothing is open");
        Assert.Equal(["canceled"], home.Column("SELECT status FROM triggers"));
    }

    [RequiresTheory]
    [InlineData("'pending'")]
    [InlineData("'running'")]
    [InlineData("'waiting'")]
    [InlineData("'succeeded'")]
    [InlineData("0")]
    public void A_row_that_is_inserted_with_a_status_of_its_own_runs_all_the_same(string status)
    {
        using var home = new AiosHome(Work);
        home.Start();
        home.Closed(home.Insert("work"));
        home.Execute($"INSERT INTO triggers (job_name, status) VALUES ('work', {status})");
        Assert.Equal("succeeded", home.Closed(2).Status);
    }

    [RequiresFact(Need.Python)]
    public void Arguments_and_results_may_be_as_deep_as_Python_makes_them()
    {
        using var home = new AiosHome("[{name: echo, type: trigger, file: echo.py, function: echo}]");
        home.WriteProgram("echo.py", "def echo(value):\n    return value\n");
        home.Start();
        var deep = new string('[', 300) + new string(']', 300);
        var id = home.Insert("echo", args: $"[{deep}]");
        Assert.Equal("succeeded", home.Closed(id).Status);
        Assert.Equal(deep, home.Get<string>("SELECT result FROM runs"));
    }

    [RequiresFact]
    public void What_hides_from_its_run_is_ended_with_the_daemon()
    {
        using var home = new AiosHome(
            """[{name: hide, type: trigger, command: [sh, -c, 'env -i setsid sh -c "echo \$\$ > hidden; exec sleep 1000" < /dev/null > /dev/null 2>&1 & sleep 0.3']}]"""
        );
        var daemon = home.Start();
        home.Closed(home.Insert("hide"));
        home.WaitFor(() => File.Exists(home.In("hidden")) && File.ReadAllText(home.In("hidden")).EndsWith('\n'), "it says who it is");
        var hidden = int.Parse(File.ReadAllText(home.In("hidden")), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(0, daemon.Stop());
        Assert.False(Processes.Lives(hidden));
    }

    [RequiresFact]
    public void Without_standard_streams_everything_works()
    {
        using var home = new AiosHome(Work);
        home.Cli("trigger", "work").Exits(0);
        Shell(home, $"'{AiosProcess.Executable}' --home . --until-idle <&- >&- 2>&-");
        Assert.Equal("succeeded", home.Trigger(1).Status);
    }

    private static void Shell(AiosHome home, string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = home.Folder })!;
        Assert.True(shell.WaitForExit(TimeSpan.FromSeconds(30)), command);
        Assert.Equal(0, shell.ExitCode);
    }
}
