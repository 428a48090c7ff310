using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary><c>aios why</c>: each reason there is, told by what is really so.</summary>
public sealed class WhyTests : IDisposable
{
    private readonly AiosHome _home = new(
        """
        - {name: hello, type: trigger, command: ['true']}
        - {name: long, type: trigger, command: [sleep, '1000']}
        - {name: single, type: trigger, overlap: queue, command: [sleep, '1000']}
        - {name: far, type: trigger, tags: [gpu], command: ['true']}
        - {name: off, type: daily, time: '09:00', enabled: false, command: ['true']}
        - {name: daily, type: daily, time: '09:00', command: ['true']}
        - {name: flaky, type: trigger, retries: 1, backoff: 1h, command: ['false']}
        """
    );

    [RequiresFact]
    public void Without_a_daemon_that_is_what_is_missing()
    {
        AssertWhy("hello", "hindered", "no daemon is online", "`aios` starts one");
        _home.Cli("trigger", "hello").Exits(0);
        AssertWhy("hello", "waiting", "trigger 1 waits, and no daemon is online", "`aios` starts one");
        _home.Cli("trigger", "long", "--at", "2035-05-01T00:00Z").Exits(0);
        AssertWhy("long", "waiting", "trigger 2 (run_at 2035-05-01 00:00:00 UTC) waits, and no daemon is online", "`aios` starts one");
    }

    [RequiresFact]
    public void Each_reason_is_told_with_what_would_change_it()
    {
        _home.Start("--max-parallel", "3");
        AssertWhy("hello", "unasked", "no trigger is waiting", "aios trigger hello");
        AssertWhy("daily", "scheduled", "not time yet", "aios trigger daily");
        AssertWhy("off", "hindered", "disabled in the list", "enabled: true");
        AssertWhy("far", "hindered", "needs a device with the tag gpu", "--tags gpu");
        _home.Cli("pause", "hello").Exits(0);
        AssertWhy("hello", "hindered", "paused", "aios resume hello");

        var retried = _home.Insert("flaky");
        _home.WaitFor(() => _home.Trigger(retried).Status == "waiting", "it waits for its next attempt");
        AssertWhy("flaky", "waiting", "exit status 1", null);
        Assert.Equal("failed", Why("flaky").GetProperty("last_run").GetProperty("status").GetString());

        _home.Insert("single");
        _home.WaitFor(() => _home.RunsOf("single").Count == 1, "one runs");
        _home.Insert("single");
        AssertWhy("single", "running", "until a run of the job has ended: 1 is running, and the limit is 1", "aios stop single");
        _home.Insert("long");
        _home.Insert("long");
        _home.WaitFor(() => _home.RunsOf("long").Count == 2, "two more run");
        _home.Cli("resume", "hello").Exits(0);
        _home.Insert("hello");
        _home.WaitFor(
            () =>
                Why("hello")
                    .GetProperty("because")[0]
                    .GetString()!
                    .Contains("the maximum number of runs is running on", StringComparison.Ordinal),
            "there is no room"
        );
        AssertWhy("hello", "waiting", "(3 at once)", "--max-parallel");
    }

    [RequiresFact]
    public void It_is_told_in_words_too()
    {
        _home.Drain();
        _home.Cli("pause", "daily").Exits(0);
        var words = _home.Cli("why", "daily").Exits(0).Out;
        Assert.StartsWith(
            "Job \"daily\" is not running and cannot run:\n  - paused; `aios resume daily` lets it run.\n",
            words,
            StringComparison.Ordinal
        );
        Assert.Contains("What would change that:\n  - `aios resume daily`.\n", words, StringComparison.Ordinal);
        _home.Cli("resume", "daily").Exits(0);
        Assert.Matches(@"(?m)^Next: \d{4}-\d\d-\d\d 09:00:00 .*, daily at 09:00", _home.Cli("why", "daily").Exits(0).Out);
    }

    public void Dispose() => _home.Dispose();

    private JsonElement Why(string job) => _home.Cli("why", job, "--json").Exits(0).Json;

    private void AssertWhy(string job, string state, string because, string? change)
    {
        var why = Why(job);
        Assert.Equal(state, why.GetProperty("state").GetString());
        Assert.Contains(why.GetProperty("because").EnumerateArray(), words =>
            words.GetString()!.Contains(because, StringComparison.Ordinal)
        );
        if (change is not null)
            Assert.Contains(why.GetProperty("changes").EnumerateArray(), words =>
                words.GetString()!.Contains(change, StringComparison.Ordinal)
            );
    }
}
