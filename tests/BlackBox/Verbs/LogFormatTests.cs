using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>What the daemon prints: in which form for whom, and how much.</summary>
public class LogFormatTests
{
    private const string Jobs = """[{name: speak, type: trigger, command: [sh, -c, 'echo "a \"b\" ü"; echo oops >&2; exit 3']}]""";

    private const string IntoJournal = """
        import os, socket, subprocess, sys
        ours, theirs = socket.socketpair()
        there = os.fstat(theirs.fileno())
        child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL, env={**os.environ, "JOURNAL_STREAM": f"{there.st_dev}:{there.st_ino}"})
        theirs.close()
        while data := ours.recv(65536): sys.stdout.buffer.write(data)
        """;

    [RequiresFact]
    public void Where_nobody_sits_there_each_line_is_a_JSON_object_with_its_run_and_trace()
    {
        using var home = new AiosHome(Jobs);
        home.Start().Stop();
        home.Insert("speak");
        var lines = Auto(home, "sh", ["-c", "\"$0\" --until-idle --log-level debug </dev/null 2>err", AiosProcess.Executable])
            .Select(Parse)
            .ToList();
        Assert.All(lines, line => Assert.Equal(home.Get<string>("SELECT device FROM devices"), line.GetProperty("device").GetString()));
        Assert.All(lines, line => Assert.True(line.GetProperty("time").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-10)));
        var run = home.Get<long>("SELECT id FROM runs");
        var said = Assert.Single(lines, line => line.GetProperty("message").GetString() == "a \"b\" ü");
        Assert.Equal(
            ("info", "speak", run, "stdout"),
            (
                said.GetProperty("level").GetString(),
                said.GetProperty("job_name").GetString(),
                said.GetProperty("run_id").GetInt64(),
                said.GetProperty("stream").GetString()
            )
        );
        Assert.Matches("^[0-9a-f]{32}$", said.GetProperty("trace_id").GetString());
        Assert.Single(lines, line =>
            line.GetProperty("message").GetString() == "oops"
            && line.GetProperty("level").GetString() == "warning"
            && line.GetProperty("stream").GetString() == "stderr"
        );
        var failed = Assert.Single(lines, line =>
            line.GetProperty("message").GetString()!.StartsWith("failed: ", StringComparison.Ordinal)
        );
        Assert.Equal(said.GetProperty("trace_id").GetString(), failed.GetProperty("trace_id").GetString());
        Assert.Single(lines, line =>
            line.GetProperty("level").GetString() == "debug"
            && line.GetProperty("message").GetString()!.StartsWith($"Claimed speak#{run}", StringComparison.Ordinal)
        );
    }

    [RequiresFact]
    public void A_person_at_a_terminal_gets_text_also_through_a_pipe()
    {
        using var home = new AiosHome(Jobs);
        home.Start().Stop();
        home.Insert("speak");
        // script(1) gives it a terminal of its own.
        Auto(home, "script", ["-qec", $"{AiosProcess.Executable} --until-idle | cat > out", "/dev/null"]);
        Assert.Matches(@"(?m)^\d\d:\d\d:\d\d speak#1 \| a ""b"" ü$", File.ReadAllText(home.In("out")));
    }

    [RequiresFact(Need.Python)]
    public void The_journal_gets_levels_of_its_own_and_no_time()
    {
        using var home = new AiosHome(Jobs);
        home.Start().Stop();
        home.Insert("speak");
        var lines = Auto(home, "python3", ["-c", IntoJournal, AiosProcess.Executable, "--until-idle"]);
        Assert.Contains("<6>speak#1 | a \"b\" ü", lines);
        Assert.Contains("<4>speak#1 | oops", lines);
        Assert.All(lines, line => Assert.Matches("^<[2-7]>", line));
    }

    [RequiresFact]
    public void The_level_changes_while_it_runs_and_stays_over_a_restart()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start();
        home.Cli("config", "get", "log-level").Exits(1);
        home.Cli("config", "set", "log-level", "debug").Exits(0);
        daemon.WaitForOutput("The log level is debug now.");
        home.Closed(home.Insert("speak"));
        daemon.WaitForOutput("DEBUG: Claimed speak#1");
        home.WaitFor(
            () => home.Get<long>("SELECT count(*) FROM logs WHERE level = 'DEBUG' AND message LIKE 'Claimed speak#1%'") == 1,
            "it is in the log"
        );
        Assert.Equal("debug", home.Cli("config", "get", "log_level").Exits(0).Out.Trim());
        Assert.Equal("log-level debug", home.Cli("config", "list").Exits(0).Out.Trim());

        home.Cli("config", "set", "log-level", "error").Exits(0);
        home.WaitFor(() => home.Cli("config", "list", "--json").Json.GetProperty("log-level").GetString() == "error", "it is set");
        daemon.Stop();
        daemon = home.Start([("AIOS_LISTEN", "127.0.0.1:0"), ("AIOS_LOG_LEVEL", "info")]);
        using var api = ApiClient.Of(daemon);
        home.WaitFor(() => api.Get("config")["log_level"].GetString() == "error", "it is in force again");
        var count = home.Get<long>("SELECT count(*) FROM logs WHERE job_name IS NULL");
        home.ReplaceJobs(Jobs + "\n");
        home.Closed(home.Insert("speak"));
        Assert.Equal(count, home.Get<long>("SELECT count(*) FROM logs WHERE job_name IS NULL"));
        home.Cli("config", "unset", "log-level").Exits(0);
        daemon.WaitForOutput("The log level is info now.");
    }

    [RequiresFact]
    public void What_is_no_level_form_or_setting_is_told()
    {
        using var home = new AiosHome(Jobs);
        Assert.Contains("expected debug, info", home.Cli("config", "set", "log-level", "loud").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains(
            "Did you mean \"log-level\"?",
            home.Cli("config", "set", "loglevel", "info").Exits(2).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("expected auto, text", home.Cli("--log-format", "xml").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("log_level", home.Cli("--log-level", "loud").Exits(2).Error, StringComparison.Ordinal);
    }

    // With the form left to itself; the answer is what came.
    private static string[] Auto(AiosHome home, string program, string[] arguments)
    {
        var start = AiosProcess.StartInfo(home.Folder, arguments, ("AIOS_LOG_FORMAT", ""));
        start.FileName = program;
        return CliResult.Of(start).Exits(0).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
