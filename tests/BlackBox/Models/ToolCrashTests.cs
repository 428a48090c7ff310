namespace Aios.Tests.BlackBox;

/// <summary>The tools of a model when their daemon is killed, and while they cannot run.</summary>
public sealed class ToolCrashTests : IDisposable
{
    private const string Jobs = """
        - {name: asks, type: trigger, llm: How warm is it?, model: tool, tools: [weather], retries: 3, backoff: 1s}
        - {name: weather, type: trigger, shell: 'echo run >> ran.txt; echo 7 > "$AIOS_RESULT"'}
        - {name: hog, type: trigger, command: [sleep, "600"]}
        - {name: elsewhere, type: trigger, llm: How warm is it?, model: tool, tools: [far], timeout: 2m}
        - {name: far, type: trigger, command: ["true"], tags: [nowhere]}
        - {name: unasked, type: trigger, llm: "About ${kwargs.topic}", model: tool, retries: 10, backoff: 1h}
        - {name: refused, type: trigger, llm: hello, model: gone}
        """;

    private readonly FakeProviders _providers = new();
    private readonly ModelHome _home;

    public ToolCrashTests()
    {
        _home = new ModelHome(_providers, Jobs) { Arguments = ["--max-parallel", "1"] };
        _home.AddModel("tool", "anthropic", "tool");
        _home.AddModel("gone", "openai", "fail-500");
        _home.Start();
    }

    private AiosHome Home => _home.Home;

    public void Dispose()
    {
        _home.Dispose();
        _providers.Dispose();
    }

    [RequiresFact(Need.Node)]
    public void A_tool_in_line_when_the_daemon_is_killed_runs_once()
    {
        Home.Insert("hog");
        Home.WaitFor(() => Home.RunsOf("hog") is [{ Pid: not null }], "the only slot is taken");
        var asked = Home.Insert("asks");
        Home.WaitFor(() => Home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'weather'") == 1, "the tool is in line");
        var run = Home.RunsOf("asks")[0].Id;
        Assert.Equal(run, Home.Get<long>("SELECT parent_run_id FROM triggers WHERE job_name = 'weather'"));
        Assert.Contains($"a tool of run {run}", Home.Cli("why", "weather").Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains($"run {run} waits for its tool \"weather\"", Home.Cli("why", "asks").Exits(0).Out, StringComparison.Ordinal);

        _home.Daemon.Kill();
        _home.Restart();

        Assert.Equal("succeeded", Home.Closed(asked, 60).Status);
        Assert.Equal("run\n", File.ReadAllText(Home.In("ran.txt")));
        Assert.Equal(["canceled", "succeeded"], Home.Column("SELECT status FROM triggers WHERE job_name = 'weather' ORDER BY id"));
        Assert.Equal(
            [$"run {run}, which asked for it, has ended: lost"],
            Home.Column("SELECT reason FROM triggers WHERE job_name = 'weather' AND status = 'canceled'")
        );
    }

    [RequiresFact(Need.Node)]
    public void A_tool_that_cannot_run_says_in_the_log_of_its_run_what_it_waits_for()
    {
        var asked = Home.Insert("elsewhere");
        Home.WaitFor(
            () => Home.Column("SELECT message FROM logs WHERE job_name = 'elsewhere' AND level = 'WARNING'").Count > 0,
            "the run says what it waits for"
        );
        var said = Home.Column("SELECT message FROM logs WHERE job_name = 'elsewhere' AND level = 'WARNING'");
        Assert.StartsWith("tool far waits (trigger ", Assert.Single(said), StringComparison.Ordinal);
        Assert.Contains("nowhere", said[0], StringComparison.Ordinal);
        Assert.Contains("waits for its tool \"far\"", Home.Cli("why", "elsewhere").Exits(0).Out, StringComparison.Ordinal);
        Home.Cli("stop", "elsewhere").Exits(0);
        Assert.Equal("canceled", Home.Closed(asked).Status);
    }

    [RequiresFact(Need.Node)]
    public void A_missing_argument_fails_at_once()
    {
        var closed = Home.Closed(Home.Insert("unasked"));
        Assert.Equal("failed", closed.Status);
        Assert.Contains("topic", closed.Reason, StringComparison.Ordinal);
        Assert.Single(Home.RunsOf("unasked"));
    }

    [RequiresFact(Need.Node)]
    public void A_model_that_rests_says_with_what_it_has_failed()
    {
        for (var i = 0; i < 3; i++)
            Home.Closed(Home.Insert("refused"));
        var reason = Home.Closed(Home.Insert("refused")).Reason;
        Assert.Contains("has failed lately or is at its limit: gone: it has failed lately (", reason, StringComparison.Ordinal);
        Assert.Contains("500", reason, StringComparison.Ordinal);
    }
}
