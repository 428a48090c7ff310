using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>What a program can do over HTTP.</summary>
public class ApiTests
{
    private const string Jobs = """
        - {name: hello, type: trigger, command: [sh, -c, 'echo "hi $AIOS_KWARGS"; echo "{\"n\": 1}" > "$AIOS_RESULT"']}
        - {name: slow, type: trigger, command: [sleep, "600"]}
        - {name: fails, type: trigger, command: [sh, -c, "exit 3"]}
        - {name: hourly, type: cron, cron: "0 * * * *", timezone: UTC, command: ["true"]}
        - {name: far, type: trigger, tags: [gpu], command: ["true"]}
        - {name: web, type: always, command: [sleep, "600"]}
        """;

    [RequiresFact]
    public void A_job_is_triggered_and_its_run_its_lines_and_its_result_are_read()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var created = api.Post("jobs/hello/trigger", """{"kwargs": {"a": 1}, "priority": 5}""").Expect(201);
        var trigger = created["id"].GetInt64();
        Assert.Equal($"/api/v1/triggers/{trigger}", created.Headers["Location"]);
        Assert.Equal("api", created["source"].GetString());

        home.Closed(trigger);
        var run = api.Get($"runs?trigger={trigger}").Expect(200)["items"][0];
        Assert.Equal("succeeded", run.GetProperty("status").GetString());
        var id = run.GetProperty("id").GetInt64();
        Assert.Equal("""{"n":1}""", api.Get($"runs/{id}").Expect(200)["result"].GetRawText());
        Assert.Equal("""{"n": 1}""", api.Get($"runs/{id}/result").Expect(200).Text.Trim());
        home.WaitFor(() => api.Get($"runs/{id}/logs")["items"].GetArrayLength() == 1, "its line is there");
        Assert.Equal("""hi {"a": 1}""", api.Get($"runs/{id}/logs")["items"][0].GetProperty("message").GetString());
        Assert.Equal("succeeded", api.Get("jobs/hello")["last_run"].GetProperty("status").GetString());
    }

    [RequiresFact]
    public void With_an_idempotency_key_a_creation_is_done_once()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var key = ("Idempotency-Key", "order 4711");
        var first = api.Post("jobs/far/trigger", """{"args": [1]}""", key).Expect(201);
        var second = api.Post("jobs/far/trigger", """{"args": [1]}""", key).Expect(201);
        var other = api.Post("jobs/far/trigger", """{"args": [2]}""", key).Expect(422);

        Assert.Equal(first["id"].GetInt64(), second["id"].GetInt64());
        Assert.Equal("true", second.Headers["Idempotency-Replayed"]);
        Assert.Equal("urn:aios:problem:key-used-otherwise", other["type"].GetString());
        Assert.Equal(1, home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'far'"));
    }

    [RequiresFact]
    public void Many_triggers_are_made_in_one_request_or_none_is()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var wrong = api.Post("triggers", """{"triggers": [{"job_name": "far"}, {"job_name": "nothing"}]}""").Expect(400);
        Assert.Equal("/triggers/1/job_name", wrong["errors"][0].GetProperty("field").GetString());
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'far'"));

        var many = string.Join(
            ",",
            Enumerable.Range(0, 500).Select(i => $$"""{"job_name": "far", "args": [{{i}}], "dedup_key": "k{{i % 400}}"}""")
        );
        var made = api.Post("triggers", $$"""{"triggers": [{{many}}]}""").Expect(201);
        Assert.Equal(400, made["created"].GetInt32());
        Assert.Equal(500, made["items"].GetArrayLength());
        Assert.Equal(400, home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'far'"));
        Assert.Equal(
            0,
            api.Post("triggers", """{"triggers": [{"job_name": "far", "dedup_key": "k1"}]}""").Expect(200)["created"].GetInt32()
        );
    }

    [RequiresFact]
    public void Pages_follow_one_another_without_a_gap_and_without_a_row_twice()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        home.InsertMany("far", 23);
        var seen = new List<long>();
        string? cursor = "";
        while (cursor is not null)
        {
            var page = api.Get($"triggers?job=far&limit=5{(cursor.Length == 0 ? "" : $"&cursor={cursor}")}").Expect(200);
            seen.AddRange(page["items"].EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
            cursor = page["next_cursor"].GetString();
        }

        Assert.Equal(23, seen.Count);
        Assert.Equal(seen.OrderDescending().Distinct(), seen);
    }

    [RequiresFact]
    public void A_run_is_canceled_and_tried_again()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var trigger = api.Post("jobs/slow/trigger", """{"args": []}""").Expect(201)["id"].GetInt64();
        home.WaitFor(() => home.Runs(trigger) is [{ Status: "running" }], "it runs");
        var run = home.Runs(trigger)[0].Id;
        api.Post($"runs/{run}/retry").Expect(409);
        api.Post($"runs/{run}/cancel").Expect(202);
        Assert.Equal("canceled", home.Closed(trigger).Status);
        Assert.Contains("is over", api.Post($"runs/{run}/cancel").Expect(409)["detail"].GetString(), StringComparison.Ordinal);

        var failed = api.Post("jobs/fails/trigger", """{"kwargs": {"a": "b"}}""").Expect(201)["id"].GetInt64();
        home.Closed(failed);
        var again = api.Post($"runs/{home.Runs(failed)[0].Id}/retry").Expect(201)["id"].GetInt64();
        Assert.Equal("""{"a": "b"}""", home.Get<string>("SELECT kwargs FROM triggers WHERE id = @1", again));
        Assert.Equal("failed", home.Closed(again).Status);
    }

    [RequiresFact]
    public void A_trigger_that_waits_or_runs_is_taken_back()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var waiting = api.Post("jobs/hello/trigger", """{"run_at": "2099-01-01T00:00:00Z"}""").Expect(201)["id"].GetInt64();
        Assert.Equal("canceled", api.Post($"triggers/{waiting}/cancel").Expect(202)["status"].GetString());
        api.Post($"triggers/{waiting}/cancel").Expect(409);

        var running = api.Post("jobs/slow/trigger").Expect(201)["id"].GetInt64();
        home.WaitFor(() => home.Runs(running) is [{ Status: "running" }], "it runs");
        api.Post($"triggers/{running}/cancel").Expect(202);
        Assert.Equal("canceled", home.Closed(running).Status);
    }

    [RequiresFact]
    public void A_job_is_paused_resumed_stopped_and_restarted()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        home.WaitFor(() => home.RunsOf("web") is [{ Status: "running" }], "the server runs");
        api.Post("jobs/hello/pause").Expect(204);
        Assert.Equal("paused", api.Get("jobs/hello")["held"].GetString());
        var waits = api.Post("jobs/hello/trigger").Expect(201)["id"].GetInt64();
        home.WaitFor(() => home.Trigger(waits).Status == "waiting", "it waits");
        Assert.Contains("paused", api.Get("jobs/hello")["waiting"].GetString(), StringComparison.Ordinal);
        api.Post("jobs/hello/resume").Expect(204);
        Assert.Equal("succeeded", home.Closed(waits).Status);

        Assert.Equal(1, api.Post("jobs/web/restart").Expect(202)["runs"].GetArrayLength());
        home.WaitFor(() => home.RunsOf("web") is [{ Status: "canceled" }, { Status: "running" }], "it runs again");
        api.Post("jobs/web/stop", """{"now": true}""").Expect(202);
        home.WaitFor(() => home.RunsOf("web").All(run => run.Status == "canceled"), "it has ended");
        Assert.Equal("stopped", api.Get("jobs/web")["held"].GetString());
        api.Post("jobs/hello/restart").Expect(409);
        api.Post("jobs/nothing/pause").Expect(404);
    }

    [RequiresFact]
    public void Why_a_job_waits_is_told()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        Assert.Contains("the tag gpu", api.Get("jobs/far").Expect(200)["waiting"].GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, api.Get("jobs/hello")["waiting"].ValueKind);
        var next = api.Get("jobs/hourly/next?count=3").Expect(200)["items"];
        Assert.Equal(TimeSpan.FromHours(2), next[2].GetProperty("at").GetDateTimeOffset() - next[0].GetProperty("at").GetDateTimeOffset());
    }

    [RequiresFact]
    public void Settings_are_changed_while_it_runs()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var before = Level();
        api.Send("PATCH", "config", """{"log_level": "warning"}""").Expect(204);
        home.WaitFor(() => Level() == "warning", "it is in force");
        Assert.Equal("warning", home.Cli("config", "get", "log-level").Exits(0).Out.Trim());
        api.Send("PATCH", "config", """{"log_level": "loud"}""").Expect(400);
        api.Send("PATCH", "config", """{"loglevel": "info"}""").Expect(400);
        api.Send("PATCH", "config", """{"log_level": null}""").Expect(204);
        home.WaitFor(() => Level() == before, "what it was started with counts again");

        string? Level() => api.Get("config").Expect(200)["log_level"].GetString();
    }

    [RequiresFact]
    public void State_is_set_read_and_taken_out()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        api.Send("PUT", "state/a%2Fb?job=hello", """{"value": {"x": [1, null]}}""").Expect(204);
        api.Send("PUT", "state/a%2Fb", """{"value": "shared"}""").Expect(204);
        Assert.Equal("""{"x":[1,null]}""", api.Get("state/a%2Fb?job=hello").Expect(200)["value"].GetRawText());
        Assert.Equal("shared", api.Get("state")["items"][0].GetProperty("value").GetString());
        Assert.Equal("shared", home.Cli("state", "get", "a/b", "--shared").Out.Trim());
        api.Send("DELETE", "state/a%2Fb?job=hello").Expect(204);
        api.Send("DELETE", "state/a%2Fb?job=hello").Expect(404);
        api.Send("PUT", "state/x", "{}").Expect(400);
    }

    [RequiresFact]
    public void A_list_is_checked_and_read_again()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var judged = api.Post("job-list/validate", """{"text": "- {name: a, type: dayly}"}""").Expect(200);
        Assert.False(judged["valid"].GetBoolean());
        Assert.Contains(judged["errors"].EnumerateArray(), error =>
            error.GetProperty("line").GetInt32() == 1
            && error.GetProperty("message").GetString()!.Contains("found \"dayly\"", StringComparison.Ordinal)
        );
        Assert.True(
            api.Post("job-list/validate", """{"text": "- {name: a, type: trigger, command: [x]}"}""").Expect(200)["valid"].GetBoolean()
        );
        var excerpt = api.Post("job-list/validate", """{"text": "- name: a\n  type: daily\n   time: '09:00'\n"}""")
            .Expect(200)["errors"][0]
            .GetProperty("excerpt")
            .GetString();
        Assert.Equal("2 |   type: daily\n  |   ^\n3 |    time: '09:00'\n  |    ^ 1 space more", excerpt);
        api.Post("job-list/reload").Expect(202);

        home.ReplaceJobs("- {name: a, type: dayly, command: [x]}");
        home.WaitFor(
            () => api.Get("job-list")["trouble"].GetString() is { } trouble && trouble.Contains("dayly", StringComparison.Ordinal),
            "the trouble is told"
        );
        Assert.Equal(6, api.Get("job-list")["jobs"].GetInt32());
        Assert.Single(api.Get("status")["trouble"].EnumerateArray());
    }

    [RequiresFact]
    public void What_is_wrong_with_a_request_is_told_by_field()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var wrong = api.Post("jobs/hello/trigger", """{"kwarg": {}, "run_at": "soon"}""").Expect(400);
        Assert.Equal("application/problem+json", wrong.MediaType);
        foreach (
            var (value, meant) in new[]
            {
                ("1764464122000", "2025-11-30T00:55:22Z"),
                ("1764464122", "2025-11-30T00:55:22Z"),
                ("\"1764464122000\"", "2025-11-30T00:55:22Z"),
                ("-5", null),
                ("1e300", null),
            }
        )
        {
            var refused = api.Post("jobs/hello/trigger", $$"""{"run_at": {{value}}}""")
                .Expect(400)["errors"][0]
                .GetProperty("detail")
                .GetString()!;
            Assert.Contains("expected an instant with its offset", refused, StringComparison.Ordinal);
            Assert.Equal(meant is not null, refused.Contains("the number is probably", StringComparison.Ordinal));
            Assert.Contains(meant ?? "", refused, StringComparison.Ordinal);
        }

        Assert.Equal(["/kwarg", "/run_at"], wrong["errors"].EnumerateArray().Select(error => error.GetProperty("field").GetString()));
        Assert.Equal("limit", api.Get("runs?limit=0").Expect(400)["errors"][0].GetProperty("field").GetString());
        Assert.Contains("not JSON", api.Post("triggers", "{").Expect(400)["detail"].GetString(), StringComparison.Ordinal);
        Assert.Contains(
            "Did you mean \"hello\"",
            api.Post("jobs/helo/trigger").Expect(404)["detail"].GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("GET, HEAD", api.Send("DELETE", "runs").Expect(405)["detail"].GetString()!.Split("expected ")[1].TrimEnd('.'));
        api.Get("runs/999").Expect(404);
        api.Get("runs/x").Expect(400);
        api.Get("nothing").Expect(404);
    }

    [RequiresFact]
    public void A_locked_database_is_told_and_nothing_is_lost()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        using (var locked = home.Open())
        {
            AiosHome.Execute(locked, "BEGIN IMMEDIATE");
            home.WaitFor(() => api.Post("jobs/far/trigger").Status == 503, "the trouble is noticed", 60);
            AiosHome.Execute(locked, "COMMIT");
        }

        home.WaitFor(() => api.Post("jobs/far/trigger").Status == 201, "it is taken again");
    }
}
