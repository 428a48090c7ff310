namespace Aios.Tests.BlackBox;

/// <summary>What people, keys and daemons do is in the audit, with nothing secret, and what is done to the audit is found.</summary>
public sealed class AuditTests
{
    private const string Jobs = """
        - {name: hello, type: trigger, command: ["true"]}
        - {name: slow, type: trigger, command: [sleep, "1000"], env: {TOKEN: very-secret-value}}
        - {name: server, type: always, command: [sleep, "1000"]}
        """;

    private const string WithFlow = Jobs + "\n- {name: flow, type: trigger, steps: [{name: ask, approval: \"Well?\"}]}";

    private static string User { get; } = $"user {Environment.UserName}";

    [RequiresFact]
    public void Each_verb_that_changes_something_is_in_it()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        home.WaitFor(() => home.RunsOf("server") is [{ Pid: not null }], "the server runs");
        Does("trigger.create", "hello", "trigger", "hello", "greeting=secret-argument", "--dedup-key", "k");
        Does(null, "hello", "trigger", "hello", "--dedup-key", "k");
        Does("job.pause", "hello", "pause", "hello");
        Does(null, "hello", "pause", "hello");
        Does("job.resume", "hello", "resume", "hello");
        Does("trigger.create", "slow", "trigger", "slow");
        home.WaitFor(() => home.RunsOf("slow") is [{ Pid: not null }], "it runs");
        Does("run.restart", "slow", "restart", $"{home.RunsOf("slow")[0].Id}");
        home.WaitFor(() => home.RunsOf("slow") is [_, { Pid: not null, Status: "running" }], "it runs again");
        Does("run.stop", "slow", "stop", $"{home.RunsOf("slow")[1].Id}");
        Does("job.restart", "server", "restart", "server");
        Does("job.stop", "server", "stop", "server", "--now");
        Does("state.set", null, "state", "set", "--shared", "where", "here");
        Does("state.set", "hello", "state", "add", "--job", "hello", "count");
        Does(null, null, "state", "set", "--shared", "where", "here");
        Does("state.delete", null, "state", "delete", "--shared", "where");
        Does("config.set", null, "config", "set", "log-level", "debug");
        Does(null, null, "config", "set", "log-level", "debug");
        Does("config.unset", null, "config", "unset", "log-level");
        var key = Does("key.add", null, "keys", "add", "deploy", "--role", "operator").Trim();
        Does("key.revoke", null, "keys", "revoke", "deploy");

        Assert.Equal("""{"arguments":["greeting"],"dedup_key":"k"}""", After("trigger.create", "hello"));
        home.Cli("trigger", "hello", "--priority", "3").Exits(0);
        Assert.Equal(
            """{"priority":3}""",
            home.Get<string>("SELECT after FROM audit WHERE action = 'trigger.create' ORDER BY id DESC LIMIT 1")
        );
        home.Cli("trigger", "hello").Exits(0);
        Assert.Null(home.Get<string>("SELECT after FROM audit WHERE action = 'trigger.create' ORDER BY id DESC LIMIT 1"));
        Assert.Equal("""{"held":"paused"}""", home.Get<string>("SELECT before FROM audit WHERE action = 'job.resume'"));
        Assert.Equal("\"here\"", home.Get<string>("SELECT before FROM audit WHERE action = 'state.delete'"));
        Assert.Equal("""{"role":"operator","jobs":"","expires":null}""", After("key.add", null));
        var all = home.Cli("audit", "--limit", "0", "--json").Exits(0).Out;
        Assert.DoesNotContain(key, all, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", all, StringComparison.Ordinal);
        Assert.Contains("***", all, StringComparison.Ordinal);
        Assert.Contains("The audit is whole", home.Cli("audit", "verify").Exits(0).Out, StringComparison.Ordinal);

        string After(string action, string? job) =>
            home.Get<string>("SELECT after FROM audit WHERE action = @1 AND job_name IS @2", action, job)!;

        string Does(string? action, string? job, params string[] arguments)
        {
            var before = home.Get<long>("SELECT count(*) FROM audit WHERE origin LIKE 'cli %'");
            var said = home.Cli(arguments).Exits(0).Out;
            var rows = home.Column(
                    "SELECT actor || '|' || action || '|' || coalesce(job_name, '') FROM audit WHERE origin LIKE 'cli %' ORDER BY id"
                )
                .Skip((int)before)
                .ToList();
            Assert.Equal(action is null ? [] : [$"{User}|{action}|{job}"], rows);
            return said;
        }
    }

    [RequiresFact]
    public void Each_request_that_changes_something_is_in_it_and_no_other()
    {
        using var home = new AiosHome(WithFlow);
        File.WriteAllText(home.In("models.yaml"), "{}");
        const string key = "a-key-that-is-long-enough";
        using var api = ApiClient.Start(home, [("AIOS_API_KEYS", $"{key}:admin")]);
        var mine = ("Authorization", $"Bearer {key}");
        var document = new OpenApiDocument(api.Get("/openapi.json").Expect(200).Json);
        home.Closed(home.Insert("hello"));
        foreach (var operation in document.Operations.OrderBy(operation => operation.Method == "DELETE"))
        {
            // For each a run that goes on, and a job that is held, so that there is something to change.
            home.Execute("UPDATE triggers SET dedup_key = NULL");
            var slow = home.Insert("slow");
            home.WaitFor(() => home.Runs(slow) is [{ Pid: not null }], "it runs");
            if (operation.Id == "resumeJob")
                home.Execute("INSERT INTO holds (job_name, kind, since) VALUES ('slow', 'paused', 0)");
            var id =
                operation.Path.Contains("/triggers/", StringComparison.Ordinal) ? slow
                : operation.Id == "retryRun" ? 1
                : home.Runs(slow)[0].Id;
            if (IsOfFlows(operation.Path))
                id = FlowFor(home, operation.Id);
            if (operation.Id == "reconcileCall")
                id = LostCall(home);
            var before = home.Get<long>("SELECT max(id) FROM audit");
            // The list stays as it is, for what comes after.
            var body =
                operation.Id == "saveJobFile" ? $"{{\"text\": {System.Text.Json.JsonSerializer.Serialize(WithFlow)}}}"
                : operation.Id == "sendSignal" ? """{"name": "paid"}"""
                : operation.Id == "decideApproval" ? Decision(home)
                : operation.Id == "retryFlow" ? "{}"
                : operation.Id == "reconcileCall" ? """{"cost": 0.5}"""
                : operation.Id == "cancelFlows" ? $$"""{"flows": [{{id}}]}"""
                : operation.Body is { } shape ? document.Example(shape)
                : null;
            api.Send(operation.Method, Fill(home, operation.Path, id), body, mine, ("If-Match", "*"));
            var rows = home.Column("SELECT actor || '|' || origin FROM audit WHERE id > @1 AND origin <> 'daemon'", before);
            string[] expected =
                operation.Method == "GET" || operation.Id is "validateJobList" or "validateModels"
                    ? []
                    : ["key 1 of AIOS_API_KEYS|api 127.0.0.1"];
            Assert.True(expected.SequenceEqual(rows), $"{operation.Id}: {string.Join(", ", rows)}");
            home.Execute("DELETE FROM holds");

            // What was restarted comes again.
            home.WaitFor(
                () =>
                {
                    home.Execute("UPDATE runs SET stop_request = 'kill' WHERE status = 'running' AND stop_request IS NULL");
                    return home.Trigger(slow).IsClosed;
                },
                $"what {operation.Id} left running has ended"
            );
        }

        api.Post("jobs/hello/trigger").Expect(201);
        Assert.Equal($"{User}|api 127.0.0.1", home.Get<string>("SELECT actor || '|' || origin FROM audit ORDER BY id DESC LIMIT 1"));
        api.Post("triggers", """{"triggers": [{"job_name": "hello"}, {"job_name": "hello"}, {"job_name": "slow"}]}""").Expect(201);
        Assert.Equal(
            """{"triggers":3,"jobs":{"hello":2,"slow":1}}""",
            home.Get<string>("SELECT after FROM audit ORDER BY id DESC LIMIT 1")
        );
        Assert.Equal("trigger.create", api.Get("audit?job=slow&limit=1").Expect(200)["items"][0].GetProperty("action").GetString());
        home.Cli("audit", "verify").Exits(0);
    }

    [RequiresFact]
    public void The_daemon_writes_down_that_it_starts_and_ends_and_what_is_new_in_its_list()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start("--device-id", "box");
        home.WaitFor(() => Changes() == 1, "the list is in force");
        home.WriteJobs(
            Jobs.Replace("very-secret-value", "another-secret-value", StringComparison.Ordinal)
                .Replace("- {name: server, type: always", "- {name: tick, type: trigger", StringComparison.Ordinal)
        );
        home.WaitFor(() => Changes() == 2, "the new list is in force");
        Assert.Equal(
            "1 new, 1 changed, 1 removed",
            home.Get<string>("SELECT subject FROM audit WHERE action = 'list.change' ORDER BY id DESC LIMIT 1")
        );
        Assert.Equal(
            """{"jobs":{"slow":{"not_shown":"has another value"},"tick":{"type":"trigger","command":["sleep","1000"]}}}""",
            Last("after")
        );
        Assert.Equal(
            """{"jobs":{"slow":{"not_shown":"has another value"},"server":{"type":"always","command":["sleep","1000"]}}}""",
            Last("before")
        );
        Assert.Equal(0, daemon.Stop());
        home.WriteJobs("- {name: hello, type: trigger, command: [\"true\"], retries: 3}");
        home.Drain("--device-id", "box");
        Assert.Equal("""{"jobs":{"hello":{"retries":3}}}""", Last("after"));
        home.Drain("--device-id", "box");
        Assert.Equal(3, Changes());

        Assert.Equal(
            ["daemon.start", "daemon.stop", "daemon.start", "daemon.stop", "daemon.start", "daemon.stop"],
            home.Column("SELECT action FROM audit WHERE action LIKE 'daemon.%' ORDER BY id")
        );
        Assert.Equal(["device box"], home.Column("SELECT DISTINCT actor FROM audit"));
        Assert.DoesNotContain(
            "secret",
            string.Concat(home.Column("SELECT coalesce(before, '') || coalesce(after, '') FROM audit")),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("secret", string.Concat(home.Column("SELECT definition FROM device_jobs")), StringComparison.Ordinal);
        Assert.Contains(home.Cli("audit", "verify").Exits(0).Out.Split(' '), word =>
            word.TrimEnd(';').Length > 64 && daemon.Output.Length > 0
        );

        long Changes() => home.Get<long>("SELECT count(*) FROM audit WHERE action = 'list.change'");
        string Last(string column) =>
            home.Get<string>($"SELECT {column} FROM audit WHERE action = 'list.change' ORDER BY id DESC LIMIT 1")!;
    }

    [RequiresFact]
    public void What_the_daemon_says_at_its_end_finds_a_chain_that_was_written_anew_later()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Drain();
        const string says = "The audit ends with ";
        var end = daemon.Output[(daemon.Output.LastIndexOf(says, StringComparison.Ordinal) + says.Length)..].Split('.')[0];
        Assert.Contains("is whole", home.Cli("audit", "verify", "--head", end).Exits(0).Out, StringComparison.Ordinal);
        var other = $"{end.Split(':')[0]}:{new string('0', 64)}";
        Assert.Contains("the given end", home.Cli("audit", "verify", "--head", other).Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("expected", home.Cli("audit", "verify", "--head", "nonsense").Exits(2).Error, StringComparison.Ordinal);
    }

    [RequiresFact(Need.SqliteShell)]
    public void What_the_sqlite3_shell_does_to_it_is_found()
    {
        using var home = new AiosHome(Jobs);
        for (var i = 0; i < 5; i++)
            home.Cli("trigger", "hello").Exits(0);
        Assert.Contains("cannot be altered", Shell("UPDATE audit SET actor = 'user eve' WHERE id = 3"), StringComparison.Ordinal);
        Assert.Contains("cannot be removed", Shell("DELETE FROM audit WHERE id = 3"), StringComparison.Ordinal);
        home.Cli("audit", "verify").Exits(0);

        Shell("DROP TRIGGER audit_is_not_altered; UPDATE audit SET actor = 'user eve' WHERE id = 3");
        var found = home.Cli("audit", "verify").Exits(1).Error;
        Assert.Contains("row 3 was altered", found, StringComparison.Ordinal);
        Assert.Contains("audit_is_not_altered", found, StringComparison.Ordinal);

        Shell("DROP TRIGGER audit_is_not_removed; DELETE FROM audit WHERE id = 6");
        Assert.Contains(
            "knows of row 6, and the last row is 5: the end was cut off",
            home.Cli("audit", "verify").Exits(1).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("accepted", home.Cli("audit", "verify", "--accept").Exits(0).Error, StringComparison.Ordinal);
        Assert.Contains("cut off", home.Get<string>("SELECT before FROM audit WHERE action = 'audit.accept'"), StringComparison.Ordinal);

        string Shell(string sql)
        {
            using var shell = System.Diagnostics.Process.Start(
                new System.Diagnostics.ProcessStartInfo("sqlite3", ["-cmd", ".timeout 10000", home.Database, sql])
                {
                    RedirectStandardError = true,
                }
            )!;
            var error = shell.StandardError.ReadToEnd();
            shell.WaitForExit();
            return error;
        }
    }

    [RequiresFact]
    public void A_restored_database_says_so_and_its_audit_is_whole()
    {
        using var home = new AiosHome(Jobs);
        home.Cli("trigger", "hello").Exits(0);
        home.Cli("backup", home.In("copy.db")).Exits(0);
        home.Cli("trigger", "hello").Exits(0);
        home.Cli("restore", home.In("copy.db"), "--yes").Exits(0);
        home.Cli("audit", "verify").Exits(0);
        Assert.Contains(
            "\"audit_row\":3",
            home.Get<string>("SELECT before FROM audit WHERE action = 'database.restore'"),
            StringComparison.Ordinal
        );

        File.Copy(home.In("copy.db"), home.Database, overwrite: true);
        Assert.Contains("the end was cut off", home.Cli("audit", "verify").Exits(1).Error, StringComparison.Ordinal);
    }

    private static bool IsOfFlows(string path) =>
        path.Contains("/flows/", StringComparison.Ordinal) || path.Contains("/approvals/", StringComparison.Ordinal);

    // A flow, or its approval, of which the order changes something.
    private static long FlowFor(AiosHome home, string operation)
    {
        var flow = home.Insert("flow");
        home.WaitFor(() => Approval(home, flow) > 0, "it waits for approval");
        if (operation == "retryFlow")
        {
            home.Execute("UPDATE runs SET stop_request = 'stop' WHERE trigger_id = @1", flow);
            home.Closed(flow);
        }

        if (operation == "updateFlow")
            home.Execute("UPDATE flow_plans SET digest = 'former'");
        return operation is "decideApproval" or "showApproval" ? Approval(home, flow) : flow;
    }

    private static long LostCall(AiosHome home)
    {
        home.Execute(
            """
            INSERT INTO calls (id, call, attempt, created, route, kind, model, provider, outcome, input_tokens, output_tokens,
                cached_input_tokens, cache_write_tokens, reasoning_tokens, images, counted, cost, reserved)
            VALUES (1, 1, 1, 1780000000, 'default', 'chat', 'small', 'fake', 'unknown', 9, 0, 0, 0, 0, 0, 'aios', 1, 1)
            """
        );
        return 1;
    }

    private static long Approval(AiosHome home, long flow) => home.Get<long>("SELECT max(id) FROM approvals WHERE flow_id = @1", flow);

    private static string Decision(AiosHome home) =>
        $$"""{"decision": "approve", "digest": "{{home.Get<string>("SELECT digest FROM approvals ORDER BY id DESC LIMIT 1")}}"}""";

    private static string Fill(AiosHome home, string path, long id) =>
        path.Replace("{job}", "slow", StringComparison.Ordinal)
            .Replace("{id}", $"{id}", StringComparison.Ordinal)
            .Replace("{key}", "x", StringComparison.Ordinal)
            .Replace("{file}", "jobs.yaml", StringComparison.Ordinal)
            .Replace("{device}", home.Get<string>("SELECT device FROM devices"), StringComparison.Ordinal);
}
