using Aios.Running.Containers;
using Aios.Running.Containers.Engine;
using Aios.Tests.Running.Containers;
using Docker.DotNet.Models;

namespace Aios.Tests.BlackBox;

/// <summary>Jobs with an image, from outside. After each test the engine has nothing of them left.</summary>
[Collection(Undisturbed.Name)]
public sealed class ContainerTests : IDisposable
{
    // Prints 25 lines, waits to be let go, and prints 25 more.
    private const string Count =
        "i=0; while [ $i -lt 50 ]; do i=$((i+1)); echo line $i; [ $i != 25 ] || until [ -f /gate/open ]; do sleep 0.1; done; sleep 0.02; "
        + "done; echo [$i] > $AIOS_RESULT; exit 3";

    private readonly List<AiosHome> _homes = [];

    // What a test that failed has left.
    public void Dispose()
    {
        using var engine = TestEngine.Connect();
        foreach (var home in _homes)
        {
            foreach (var container in LeftOn(engine, home))
                engine.Remove(container.ID, default).GetAwaiter().GetResult();
            home.Dispose();
        }
    }

    [RequiresFact(Need.Docker)]
    public void A_command_and_a_function_run_20_at_once_with_results_and_logs()
    {
        var home = Home(
            Shell("shell", "echo from $1; echo \"[\\\"$1\\\"]\" > $AIOS_RESULT"),
            $$"""{name: call, type: trigger, image: "{{TestEngine.Python}}", network: none, file: call.py, function: main}"""
        );
        home.WriteProgram("call.py", "def main(number):\n    print('called with', number)\n    return number * 2\n");
        var daemon = home.Start("--max-parallel", "20");
        home.InsertMany("shell", 10);
        home.InsertMany("call", 10);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NOT NULL") == 20, "all have ended", 240);
        Assert.Equal(20, home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'"));
        Assert.Equal(20, home.Get<int>("SELECT count(*) FROM runs WHERE exit_code = 0 AND container LIKE 'aios-%' AND pid IS NULL"));
        Assert.Equal(90, home.RunsOf("call").Sum(run => int.Parse(run.Result!)));
        Assert.Equal(10, home.Get<int>("SELECT count(DISTINCT message) FROM logs WHERE message LIKE 'called with %'"));
        Assert.Equal(10, home.Get<int>("SELECT count(*) FROM logs WHERE message LIKE 'from %'"));
        daemon.Stop();
        NothingIsLeft(home);
    }

    [RequiresFact(Need.Docker)]
    public void Files_are_copied_to_an_engine_elsewhere_and_an_image_that_cannot_be_pulled_fails_the_run()
    {
        using var proxy = new EngineProxy(remote: true);
        var home = Home(
            $$"""{name: call, type: trigger, image: "{{TestEngine.Python}}", network: none, file: call.py, function: main, limits: {memory: 200M, open_files: 100} }""",
            // Nothing listens there, so no registry is asked.
            """{name: none, type: trigger, image: "127.0.0.1:9/none:1", command: ["true"]}"""
        );
        home.WriteProgram("call.py", "def main(number):\n    return number * 2\n");
        var daemon = home.Start([("DOCKER_HOST", proxy.Address.ToString())]);
        home.Closed(home.Insert("call", args: "[4]"), 60);
        home.Closed(home.Insert("none"), 60);
        Assert.Equal("8", Assert.Single(home.RunsOf("call")).Result);
        Assert.Contains(
            "pulling the image 127.0.0.1:9/none:1 failed; the container engine says: ",
            Assert.Single(home.RunsOf("none")).Reason,
            StringComparison.Ordinal
        );
        daemon.Stop();
        NothingIsLeft(home);
    }

    [RequiresFact(Need.Docker)]
    public void It_is_retried_and_canceled_and_times_out_as_a_process_does()
    {
        var home = Home(
            Shell("flaky", "[ $AIOS_ATTEMPT = 2 ] || exit 9", "retries: 1, backoff: 100ms"),
            Shell("slow", "echo up; sleep 1000", "timeout: 4s, grace: 1s"),
            Shell("wanted", "echo up; sleep 1000", "grace: 1s")
        );
        var daemon = home.Start();
        var (flaky, slow, wanted) = (home.Insert("flaky"), home.Insert("slow"), home.Insert("wanted"));
        Assert.Equal("succeeded", home.Closed(flaky, 60).Status);
        Assert.Equal(["failed: exit status 9", "succeeded: "], home.Runs(flaky).Select(run => $"{run.Status}: {run.Reason}"));
        Assert.Equal("timed_out", home.Closed(slow, 60).Status);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM logs WHERE message = 'up' AND job_name = 'wanted'") == 1, "it is up");
        Assert.Equal(0, home.Cli("stop", "wanted").Status);
        Assert.Equal("canceled", home.Closed(wanted, 60).Status);
        daemon.Stop();
        NothingIsLeft(home);
    }

    [RequiresFact(Need.Docker)]
    public void After_a_kill_with_5_going_on_all_end_truthfully_with_whole_logs()
    {
        var home = Home(Shell("count", Count));
        var daemon = home.Start();
        home.InsertMany("count", 5);
        home.WaitFor(() => home.Get<int>("SELECT count(DISTINCT run_id) FROM logs WHERE message = 'line 3'") == 5, "5 count", 120);
        daemon.Kill();
        daemon = home.Start();
        daemon.WaitForOutput("Took up 5 runs in containers", 60);
        OpenGate(home);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NOT NULL") == 5, "all have ended", 120);
        Assert.Equal(
            5,
            home.Get<int>("SELECT count(*) FROM runs WHERE status = 'failed' AND exit_code = 3 AND result LIKE '[50]%' AND attempt = 1")
        );
        Assert.Equal(250, home.Get<int>("SELECT count(*) FROM logs WHERE message LIKE 'line %'"));
        Assert.Equal(
            5,
            home.Get<int>(
                "SELECT count(*) FROM (SELECT run_id FROM logs WHERE message LIKE 'line %' GROUP BY run_id HAVING count(DISTINCT "
                    + "message) = 50)"
            )
        );
        daemon.Stop();
        NothingIsLeft(home);
    }

    [RequiresFact(Need.Docker)]
    public void What_ended_while_no_daemon_ran_is_recorded_as_it_ended()
    {
        var home = Home(
            Shell("brief", "echo begun; until [ -f /gate/open ]; do sleep 0.1; done; echo ended; echo '\"r\"' > $AIOS_RESULT; exit 6")
        );
        var daemon = home.Start();
        var trigger = home.Insert("brief");
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM logs WHERE message = 'begun'") == 1, "it has begun", 60);
        daemon.Kill();
        OpenGate(home);
        var container = home.Get<string>("SELECT container FROM runs")!;
        using var engine = TestEngine.Connect();
        home.WaitFor(() => engine.Inspect(container, default).GetAwaiter().GetResult()!.State!.Status == "exited", "it has ended");
        var seenEnded = AiosHome.Now();
        daemon = home.Start();
        home.Closed(trigger, 60);
        var run = Assert.Single(home.Runs(trigger));
        Assert.Equal(("failed", "exit status 6", "\"r\""), (run.Status, run.Reason, run.Result?.Trim()));
        Assert.True(run.Ended < seenEnded, "its end is when it ended, not when that was seen");
        Assert.Equal(["begun", "ended"], home.Column("SELECT message FROM logs WHERE run_id IS NOT NULL ORDER BY id"));
        daemon.Stop();
        NothingIsLeft(home);
    }

    [RequiresFact(Need.Docker)]
    public void A_container_that_was_removed_meanwhile_is_lost_and_tried_again()
    {
        var home = Home(Shell("once", "echo begun; [ $AIOS_ATTEMPT = 1 ] || exit 0; sleep 1000", "retries: 1, backoff: 100ms"));
        var daemon = home.Start();
        var trigger = home.Insert("once");
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM logs WHERE message = 'begun'") == 1, "it has begun", 60);
        daemon.Kill();
        using var engine = TestEngine.Connect();
        engine.Remove(home.Get<string>("SELECT container FROM runs")!, default).GetAwaiter().GetResult();
        daemon = home.Start();
        Assert.Equal("succeeded", home.Closed(trigger, 60).Status);
        Assert.Equal(["lost", "succeeded"], home.Runs(trigger).Select(run => run.Status));
        daemon.Stop();
        NothingIsLeft(home);
    }

    [RequiresFact(Need.Docker)]
    public void An_engine_that_goes_and_comes_back_is_waited_for_and_its_state_is_shown()
    {
        using var proxy = new EngineProxy();
        var home = Home(Shell("count", Count), Plain);
        var daemon = home.Start([("DOCKER_HOST", proxy.Address.ToString())]);
        home.WaitFor(() => home.Cli("status").Out.Contains($"at {proxy.Address}", StringComparison.Ordinal), "status shows the engine", 60);
        var running = home.Insert("count");
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM logs WHERE message = 'line 5'") == 1, "it counts", 60);
        proxy.Down();
        var waiting = home.Insert("count");
        home.WaitFor(
            () => home.Cli("status").Out.Contains("does not answer", StringComparison.Ordinal),
            "status shows that the engine is away",
            60
        );
        Assert.Equal("succeeded", home.Closed(home.Insert("plain")).Status);
        OpenGate(home);
        Assert.False(home.Trigger(running).IsClosed);
        proxy.Up();
        Assert.Equal("exit status 3", home.Closed(running, 60).Reason);
        Assert.Equal("exit status 3", home.Closed(waiting, 60).Reason);
        Assert.Equal(100, home.Get<int>("SELECT count(*) FROM logs WHERE message LIKE 'line %'"));
        daemon.Stop();
        NothingIsLeft(home);
    }

    [RequiresFact(Need.Docker)]
    public void After_a_kill_processes_do_not_wait_for_an_engine_that_is_away_and_containers_do()
    {
        using var proxy = new EngineProxy();
        var home = Home(Shell("count", Count), "{name: server, type: always, command: [sleep, '1000']}");
        (string, string)[] environment = [("DOCKER_HOST", proxy.Address.ToString())];
        var daemon = home.Start(environment);
        var trigger = home.Insert("count");
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM logs WHERE message = 'line 5'") == 1, "it counts", 60);
        daemon.Kill();
        proxy.Down();
        daemon = home.Start(environment);
        home.WaitFor(() => home.RunsOf("server") is [{ Status: "lost" }, { Status: "running" }], "the server is up again", 60);
        Assert.Equal("running", Assert.Single(home.Runs(trigger)).Status);
        proxy.Up();
        daemon.WaitForOutput("Took up 1 run in containers", 60);
        OpenGate(home);
        Assert.Equal("exit status 3", home.Closed(trigger, 60).Reason);
        Assert.Equal(50, home.Get<int>("SELECT count(*) FROM logs WHERE message LIKE 'line %'"));
        daemon.Stop();
        NothingIsLeft(home);
    }

    [RequiresFact(Need.Docker | Need.OwnEngine)]
    public void When_the_engine_itself_is_stopped_and_started_what_it_ended_is_told_and_tried_again()
    {
        using var own = new OwnEngine();
        using var home = new AiosHome(
            $"[{Shell("work", "echo up; [ $AIOS_ATTEMPT != 1 ] || sleep 1000", "retries: 9, backoff: 100ms")}, {Plain}]"
        );
        Directory.CreateDirectory(home.In("gate"));
        var daemon = home.Start([("DOCKER_HOST", own.Address.ToString())], "--max-parallel", "2");
        home.InsertMany("work", 2);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM logs WHERE message = 'up'") == 2, "both are up", 60);
        own.Stop();
        home.WaitFor(
            () => home.Cli("status").Out.Contains("does not answer", StringComparison.Ordinal),
            "status shows that the engine is away",
            60
        );
        Assert.Equal("succeeded", home.Closed(home.Insert("plain")).Status);
        own.Start();
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'work' AND status = 'succeeded'") == 2,
            "both are done",
            120
        );
        Assert.Equal(
            2,
            home.Get<int>("SELECT count(*) FROM runs WHERE attempt = 1 AND status = 'failed' AND reason LIKE 'killed by signal%'")
        );
        daemon.Stop();
        using var engine = TestEngine.Connect(own.Address);
        Assert.Empty(LeftOn(engine, home));
    }

    [RequiresFact(Need.Docker)]
    public void Who_has_no_containers_never_asks_the_engine()
    {
        using var proxy = new EngineProxy();
        var home = Home(Plain);
        var daemon = home.Start([("DOCKER_HOST", proxy.Address.ToString())]);
        home.Closed(home.Insert("plain"));
        daemon.Kill();
        daemon = home.Start([("DOCKER_HOST", proxy.Address.ToString())]);
        home.Closed(home.Insert("plain"));
        Assert.DoesNotContain("Containers on", home.Cli("status").Out, StringComparison.Ordinal);
        daemon.Stop();
        Assert.Equal(0, proxy.Connections);
    }

    private const string Plain = "{name: plain, type: trigger, command: [\"true\"]}";

    private AiosHome Home(params string[] jobs)
    {
        var home = new AiosHome($"[{string.Join(",\n", jobs)}]");
        _homes.Add(home);
        Directory.CreateDirectory(home.In("gate"));
        return home;
    }

    private static void OpenGate(AiosHome home) => File.WriteAllText(home.In("gate", "open"), "");

    private static string Shell(string name, string script, string more = "max_parallel: 20") =>
        $$"""{name: {{name}}, type: trigger, image: "{{TestEngine.Busybox}}", network: none, volumes: ["./gate:/gate:ro"], command: [sh, -c, '{{script.Replace("'", "''")}}', sh], {{more}}}""";

    private static void NothingIsLeft(AiosHome home)
    {
        using var engine = TestEngine.Connect();
        Assert.Empty(LeftOn(engine, home));
        Assert.Empty(Directory.EnumerateFileSystemEntries(home.In(".aios", "containers")));
    }

    private static IList<ContainerListResponse> LeftOn(EngineClient engine, AiosHome home)
    {
        if (!File.Exists(home.Database))
            return [];
        var labels = new Dictionary<string, string>
        {
            [ContainerOwner.DatabaseLabel] = home.Get<string>("SELECT value FROM config WHERE key = 'database_id'")!,
        };
        return engine.List(labels, default).GetAwaiter().GetResult();
    }
}
