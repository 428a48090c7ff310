using Aios.Running.Linux.Limits;
using Aios.Tests.Running.Limits;

namespace Aios.Tests.BlackBox;

/// <summary>What runs have used is recorded, and so is the limit that ended one.</summary>
public sealed class LimitTests
{
    private const string Jobs = """
        - {name: worker, type: trigger, command: [python3, -c, "x = bytearray(400 << 20)\nn = sum(range(10000000))\nprint('x' * 999)"]}
        - {name: chatter, type: trigger, retries: 1, backoff: 10ms, command: [sh, -c, "head -c 3000000 /dev/zero | tr '\\0' x; sleep 60"], limits: {output: 1M}}
        - {name: greedy, type: trigger, command: [python3, -c, "import time\nx = bytearray(400 << 20)\ntime.sleep(60)"], limits: {memory: 64M}}
        - {name: sleeper, type: trigger, command: [sh, -c, "echo ready > ready; exec sleep 1000"], limits: {memory: 64M, processes: 9, cpu: 0.5, cpu_time: 60s}}
        """;

    [RequiresFact(Need.Python)]
    public void What_a_run_has_used_is_in_its_row_and_shown()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        home.Closed(home.Insert("worker"));

        Assert.Equal(1000, home.Get<long>("SELECT output_bytes FROM runs"));
        Assert.InRange(home.Get<long>("SELECT peak_memory FROM runs"), 400L << 20, 600L << 20);
        Assert.InRange(home.Get<double>("SELECT cpu_seconds FROM runs"), 0.1, 30);
        var run = home.Cli("status", "--json").Exits(0).Json.GetProperty("latest")[0];
        Assert.Equal(
            (1000, home.Get<long>("SELECT peak_memory FROM runs")),
            (run.GetProperty("output_bytes").GetInt64(), run.GetProperty("peak_memory").GetInt64())
        );
        Assert.InRange(run.GetProperty("cpu_seconds").GetDouble(), 0.1, 30);
        Assert.Matches(@"CPU +MEMORY +OUTPUT[^\n]*\n.* 4\d\d(\.\d)?M +1000 ", home.Cli("jobs", "show", "worker").Exits(0).Out);
    }

    [RequiresFact(Need.Python)]
    public void What_the_process_had_that_became_the_daemon_is_not_taken_for_its_own()
    {
        using var home = new AiosHome(Jobs);
        home.Drain();
        home.Insert("worker");
        var start = AiosProcess.StartInfo(home.Folder, ["run", "--home", home.Folder, "--until-idle"]);
        string[] larger =
        [
            "-c",
            "import os, sys\nx = bytearray(700 << 20)\nos.execv(sys.argv[1], sys.argv[1:])",
            start.FileName,
            .. start.ArgumentList,
        ];
        start.FileName = "python3";
        start.ArgumentList.Clear();
        foreach (var argument in larger)
            start.ArgumentList.Add(argument);
        var result = CliResult.Of(start);

        result.Exits(0);
        Assert.InRange(home.Get<long>("SELECT peak_memory FROM runs"), 400L << 20, 600L << 20);
    }

    [RequiresFact(Need.Python)]
    public void A_run_that_a_limit_ended_has_failed_says_so_and_is_tried_again()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        var greedy = home.Closed(home.Insert("greedy"));
        var chatter = home.Insert("chatter");
        home.Closed(chatter);

        Assert.StartsWith("limit memory: ", greedy.Reason, StringComparison.Ordinal);
        Assert.Equal(["failed", "failed"], home.Runs(chatter).Select(run => run.Status));
        Assert.All(home.Runs(chatter), run =>
            Assert.StartsWith("limit output: more than 1M printed", run.Reason, StringComparison.Ordinal)
        );
        Assert.Empty(Folders(home));
    }

    [CgroupFact]
    public void Control_groups_that_a_killed_daemon_left_are_removed_by_the_next()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start();
        home.Insert("sleeper");
        home.WaitFor(() => File.Exists(home.In("ready")), "it runs");
        Assert.NotEmpty(Folders(home));
        daemon.Kill();

        home.Start();
        home.WaitFor(() => Folders(home).Count == 0, "nothing is left of them");
        Assert.Empty(home.RunProcesses);
    }

    private static List<string> Folders(AiosHome home)
    {
        var database = home.Get<string>("SELECT value FROM config WHERE key = 'database_id'");
        return
        [
            .. CgroupHome
                .OfThisProcess()
                .Where(group => Directory.Exists(group.Folder))
                .SelectMany(group => Directory.EnumerateDirectories(group.Folder, $"aios-run-{database}*")),
        ];
    }
}
