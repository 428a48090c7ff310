using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>What a page that shows and edits everything asks for.</summary>
public class ApiListTests
{
    private const string Jobs = """
        - {name: hello, type: trigger, command: ["true"]}
        - {name: bad, type: trigger, command: ["false"]}
        - {name: far, type: trigger, tags: [moon], command: ["true"]}
        - {name: early, type: daily, time: "04:00", timezone: UTC, command: ["true"]}
        """;

    [RequiresFact]
    public void All_jobs_come_with_their_latest_runs_and_why_they_wait()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        foreach (var _ in Enumerable.Range(0, 3))
            home.Closed(home.Insert("hello"));
        home.Closed(home.Insert("bad"));
        var far = home.Insert("far");
        home.WaitFor(() => home.Trigger(far).Status == "waiting", "it waits");
        var jobs = api.Get("jobs?recent=2").Expect(200)["items"].EnumerateArray().ToDictionary(job => job.GetProperty("name").GetString()!);
        var recent = jobs["hello"].GetProperty("recent").EnumerateArray().ToList();
        Assert.Equal(home.RunsOf("hello").Select(run => run.Id).Reverse().Take(2), recent.Select(run => run.GetProperty("id").GetInt64()));
        Assert.All(recent, run => Assert.Equal("succeeded", run.GetProperty("status").GetString()));
        Assert.Equal("failed", jobs["bad"].GetProperty("recent")[0].GetProperty("status").GetString());
        Assert.Contains("moon", jobs["far"].GetProperty("waiting").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, jobs["hello"].GetProperty("waiting").ValueKind);
        Assert.Equal("daily at 04:00 (UTC)", jobs["early"].GetProperty("schedule").GetString());
        Assert.Equal(0, api.Get("jobs").Expect(200)["items"][0].GetProperty("recent").GetArrayLength());
        api.Get("jobs?recent=51").Expect(400);
    }

    [RequiresFact]
    public void Load_counts_runs_into_the_steps_in_which_they_began()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        home.Closed(home.Insert("hello"));
        home.Closed(home.Insert("bad"));
        // An hour of work that began two hours ago, and a run that began yesterday.
        var start = DateTimeOffset.UtcNow.AddHours(-2);
        home.Execute(
            "INSERT INTO runs (id, trigger_id, job_name, attempt, status, device, boot_id, started, ended) SELECT 1001, trigger_id, "
                + "job_name, 1, 'succeeded', device, boot_id, @1, @2 FROM runs WHERE id = 1",
            start.ToUnixTimeMilliseconds() / 1000.0,
            start.AddHours(1).ToUnixTimeMilliseconds() / 1000.0
        );
        var until = start.AddHours(3);
        var load = api.Get($"load?since={start:yyyy-MM-ddTHH:mm:ss.fffZ}&until={until:yyyy-MM-ddTHH:mm:ss.fffZ}&steps=3").Expect(200)[
            "steps"
        ];
        Assert.Equal([1, 1, 0], load.EnumerateArray().Select(step => step.GetProperty("succeeded").GetInt64()));
        Assert.Equal([0, 1, 0], load.EnumerateArray().Select(step => step.GetProperty("failed").GetInt64()));
        Assert.InRange(load[0].GetProperty("busy_seconds").GetDouble(), 3598, 3600.1);
        api.Get("load?since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z").Expect(400);
    }

    [RequiresFact]
    public void A_file_is_saved_only_over_the_version_that_was_read()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        Assert.Equal(
            "jobs.yaml",
            Assert.Single(api.Get("job-list/files").Expect(200)["items"].EnumerateArray()).GetProperty("file").GetString()
        );
        var read = api.Get("job-list/files/jobs.yaml").Expect(200);
        Assert.Equal(Jobs, read["text"].GetString());
        var tag = read.Headers["ETag"];
        var more = Body(Jobs + "\n- {name: added, type: trigger, command: [\"true\"]}\n");

        Assert.Equal("urn:aios:problem:version-needed", api.Send("PUT", "job-list/files/jobs.yaml", more).Expect(428)["type"].GetString());
        var saved = api.Send("PUT", "job-list/files/jobs.yaml", more, ("If-Match", tag)).Expect(200);
        home.WaitFor(() => api.Get("jobs/added").Status == 200, "the new list is in force");
        Assert.Equal(
            "urn:aios:problem:version-changed",
            api.Send("PUT", "job-list/files/jobs.yaml", Body("[]"), ("If-Match", tag)).Expect(412)["type"].GetString()
        );
        Assert.Contains("added", File.ReadAllText(home.In("Jobs", "jobs.yaml")), StringComparison.Ordinal);
        Assert.Equal(saved.Headers["ETag"], api.Get("job-list/files/jobs.yaml").Headers["ETag"]);
        Assert.Equal("file jobs.yaml", home.Get<string>("SELECT subject FROM audit WHERE action = 'list.save'"));
        Assert.Equal(1, home.Get<int>("SELECT count(*) FROM audit WHERE action = 'list.save'"));
        Assert.Equal(["jobs.yaml"], Directory.EnumerateFiles(home.In("Jobs")).Select(path => Path.GetFileName(path)));
    }

    [RequiresFact]
    public void A_new_file_is_made_once_and_only_as_part_of_the_list()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var text = Body("- {name: other, type: trigger, command: [\"true\"]}\n");
        api.Send("PUT", "job-list/files/more.yaml", text, ("If-None-Match", "*")).Expect(200);
        api.Send("PUT", "job-list/files/more.yaml", text, ("If-None-Match", "*")).Expect(412);
        home.WaitFor(() => api.Get("jobs/other").Status == 200, "the new list is in force");
        foreach (
            var name in (string[])["..%2F..%2Fevil.yaml", "%2Ftmp%2Fevil.yaml", ".hidden.yaml", "evil.sh", "a%00.yaml", "..%5Cevil.yaml"]
        )
        {
            api.Send("PUT", $"job-list/files/{name}", text, ("If-None-Match", "*")).Expect(400);
            api.Get($"job-list/files/{name}").Expect(400);
        }

        api.Get("job-list/files/none.yaml").Expect(404);
        api.Send("PUT", "job-list/files/none.yaml", text, ("If-Match", "*")).Expect(412);
    }

    [RequiresFact]
    public void A_list_with_mistakes_is_not_saved_and_a_link_stays_a_link()
    {
        using var home = new AiosHome();
        File.Delete(home.In("Jobs", "jobs.yaml"));
        File.WriteAllText(home.In("real.yaml"), Jobs);
        File.CreateSymbolicLink(home.In("Jobs", "jobs.yaml"), home.In("real.yaml"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(home.In("real.yaml"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var api = ApiClient.Start(home);
        var refused = api.Send(
                "PUT",
                "job-list/files/jobs.yaml",
                Body("- {name: x, type: dayly, command: [\"true\"]}\n"),
                ("If-Match", "*")
            )
            .Expect(422);
        Assert.Contains("daily", refused["detail"].GetString(), StringComparison.Ordinal);
        Assert.Equal(Jobs, File.ReadAllText(home.In("real.yaml")));

        api.Send("PUT", "job-list/files/jobs.yaml", Body("[]"), ("If-Match", "*")).Expect(200);
        Assert.Equal("[]", File.ReadAllText(home.In("real.yaml")));
        Assert.NotNull(new FileInfo(home.In("Jobs", "jobs.yaml")).LinkTarget);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(home.In("real.yaml")));
    }

    [RequiresFact]
    public void A_draft_is_judged_among_the_other_files_and_its_occurrences_are_told()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        const string draft =
            """{"text": "- {name: hello, type: daily, time: \"05:00\", timezone: UTC, command: [\"true\"]}\n- {name: often, type: cron, cron: \"*/5 * * * *\", timezone: UTC, command: [\"true\"]}", "file": "more.yaml", "occurrences": 3}""";
        var judged = api.Post("job-list/validate", draft).Expect(200);
        var mistake = Assert.Single(judged["errors"].EnumerateArray());
        Assert.Equal("more.yaml", mistake.GetProperty("file").GetString());
        Assert.Equal(1, mistake.GetProperty("line").GetInt32());
        var often = judged["next"].EnumerateArray().Single(job => job.GetProperty("job_name").GetString() == "often");
        var at = often.GetProperty("at").EnumerateArray().Select(instant => instant.GetDateTimeOffset()).ToList();
        Assert.Equal(3, at.Count);
        Assert.All(at, instant => Assert.Equal(0, instant.Minute % 5));
        Assert.False(File.Exists(home.In("Jobs", "more.yaml")));
        Assert.Equal(0, api.Post("job-list/validate", """{"text": "[]"}""").Expect(200)["next"].GetArrayLength());

        var key = home.Cli("keys", "add", "narrow", "--jobs", "hel*").Out.Trim();
        api.Post("job-list/validate", draft, ("Authorization", $"Bearer {key}")).Expect(400);
        api.Get("job-list/files", ("Authorization", $"Bearer {key}")).Expect(403);
    }

    [RequiresFact]
    public void The_verb_says_where_the_console_is_and_that_it_is_nowhere()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start("--listen", "127.0.0.1:0");
        using var api = ApiClient.Of(daemon);
        Assert.Equal($"{api.Address}", home.Cli("console", "--print").Exits(0).Out.Trim());
        daemon.Stop();
        var none = home.Cli("console").Exits(1);
        Assert.Contains("Start one with", none.Error, StringComparison.Ordinal);
    }

    private static string Body(string text) => $"{{\"text\": {JsonSerializer.Serialize(text)}}}";
}
