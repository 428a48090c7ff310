using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Aios.Tests.BlackBox;
using Aios.Tests.Docs;

namespace Aios.Tests.Examples;

/// <summary>Each home in examples/ does its task.</summary>
public sealed class ExampleTests
{
    [RequiresFact(Need.Python)]
    public void Website_watch_tells_of_a_page_that_is_gone_and_of_its_return()
    {
        using var page = new HttpReceiver { Reply = (_, _) => "An Example page" };
        using var home = ExampleHome.Copy("website-watch", ("https://example.org", page.Url), ("backoff: 10s", "backoff: 100ms"));
        home.Start();
        home.WaitFor(() => home.RunsOf("website_watch") is [{ Status: "succeeded" }], "it has looked at once");

        page.AnswerNext("503 Busy");
        page.AnswerNext("503 Busy");
        Assert.Equal("failed", home.Closed(home.Insert("website_watch")).Status);
        home.WaitFor(
            () =>
                Lines(home, "notices.txt")
                    .Any(line =>
                        line.Contains(" failure: ", StringComparison.Ordinal)
                        && line.Contains("it answers 503 Busy", StringComparison.Ordinal)
                    ),
            "it has told of the failure"
        );
        Assert.Equal("succeeded", home.Closed(home.Insert("website_watch")).Status);
        home.WaitFor(
            () => Lines(home, "notices.txt").Any(line => line.Contains(" recovery: ", StringComparison.Ordinal)),
            "it has told of the return"
        );

        Assert.Equal("failed", home.Closed(home.Insert("website_watch", $$$"""{"pages": {"{{{page.Url}}}": "Something else"}}""")).Status);
        Assert.Contains("the word \"Something else\" is missing", home.RunsOf("website_watch")[^1].Reason, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Python)]
    public void Folder_backup_packs_and_keeps_the_newest()
    {
        using var home = ExampleHome.Copy("folder-backup");
        Directory.CreateDirectory(home.In("backups"));
        for (var day = 1; day <= 3; day++)
            File.WriteAllText(home.In("backups", $"Programs-2020-01-0{day}-020000.tar.gz"), "old");
        File.WriteAllText(home.In("backups", "other.txt"), "stays");
        home.Start();

        var run = home.Closed(home.Insert("folder_backup", """{"keep": 2}"""));
        Assert.Equal("succeeded", run.Status);
        var backups = Directory.EnumerateFiles(home.In("backups"), "Programs-*").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, backups.Count);
        Assert.EndsWith("2020-01-03-020000.tar.gz", backups[0], StringComparison.Ordinal);
        Assert.Contains("Programs/folder_backup.py", Packed(backups[1]));
        Assert.True(File.Exists(home.In("backups", "other.txt")));

        home.Closed(home.Insert("folder_backup", """{"folder": "."}"""), 60);
        Assert.Contains("would hold each other", home.RunsOf("folder_backup")[^1].Reason, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Python)]
    public void Csv_inbox_works_on_each_file_once()
    {
        using var home = ExampleHome.Copy("csv-inbox", ("interval: 5s", "interval: 200ms"));
        Directory.CreateDirectory(home.In("inbox"));
        Put("good.csv", File.ReadAllText(home.In("sample.csv")));
        Put("bad.csv", "product,amount\nApples,3\n");
        home.Start();
        home.WaitFor(
            () => File.Exists(home.In("done", "good.totals.json")) && File.Exists(home.In("failed", "bad.csv.reason.txt")),
            "both have been worked on"
        );
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'process_file' AND processed IS NULL") == 0,
            "nothing is left to do"
        );

        using var totals = JsonDocument.Parse(File.ReadAllText(home.In("done", "good.totals.json")));
        Assert.Equal("5.80", totals.RootElement.GetProperty("Apples").GetString());
        Assert.Contains("the column price is missing", File.ReadAllText(home.In("failed", "bad.csv.reason.txt")), StringComparison.Ordinal);
        Assert.Equal(2, home.RunsOf("process_file").Count);
        Assert.Empty(Directory.EnumerateFiles(home.In("inbox")));

        void Put(string name, string text)
        {
            File.WriteAllText(home.In("inbox", name), text);
            File.SetLastWriteTimeUtc(home.In("inbox", name), DateTime.UtcNow.AddMinutes(-1));
        }
    }

    [RequiresFact(Need.Python)]
    public void Telegram_bot_answers_each_message_once_also_after_it_was_killed()
    {
        var chat = new List<string> { "buy milk", "/list" };
        using var telegram = new HttpReceiver
        {
            Reply = (line, body) =>
                line.Contains("/getUpdates", StringComparison.Ordinal) ? Updates(body) : """{"ok": true, "result": {}}""",
        };
        using var home = ExampleHome.Copy(
            "telegram-bot",
            ("https://api.telegram.org", telegram.Url),
            ("min_uptime: 10s", "min_uptime: 0s")
        );
        Directory.CreateDirectory(home.In("secrets"));
        File.WriteAllText(home.In("secrets", "token"), "123:abcdef\n");
        home.Start();
        home.WaitFor(() => Sent().Count == 2, "both messages are answered");
        Assert.Equal(["Kept as number 1.", "1. buy milk"], Sent());
        Assert.All(telegram.Requests, request => Assert.Contains("/bot123:abcdef/", request.Line, StringComparison.Ordinal));

        var pid = home.Get<int>("SELECT pid FROM runs WHERE job_name = 'bot' AND status = 'running'");
        AiosProcess.Send(pid, AiosProcess.Kill9);
        lock (chat)
            chat.Add("call Ada");
        home.WaitFor(() => Sent().Count == 3, "it is back and answers");
        Assert.Equal("Kept as number 2.", Sent()[2]);

        List<string> Sent() =>
            [
                .. telegram
                    .Requests.Where(request => request.Line.Contains("/sendMessage", StringComparison.Ordinal))
                    .Select(request => Json(request.Body, "text")),
            ];

        string Updates(string body)
        {
            // A real one waits for a message as long as it is asked to.
            Thread.Sleep(100);
            using var asked = JsonDocument.Parse(body);
            var from = Math.Max(asked.RootElement.GetProperty("offset").GetInt32() - 500, 0);
            lock (chat)
            {
                var updates = chat.Skip(from)
                    .Select(
                        (text, at) => $$$"""{"update_id": {{{500 + from + at}}}, "message": {"chat": {"id": 7}, "text": "{{{text}}}"}}"""
                    );
                return $$"""{"ok": true, "result": [{{string.Join(", ", updates)}}]}""";
            }
        }
    }

    [RequiresFact(Need.Python)]
    public void Database_report_adds_up_a_day()
    {
        using var home = ExampleHome.Copy("database-report");
        home.Start();
        Assert.Equal("succeeded", home.Closed(home.Insert("make_sample")).Status);
        string day;
        using (var shop = new Sql(home.In("shop.db")))
            day = shop.Scalar<string>("SELECT max(day) FROM orders")!;
        Assert.Equal("succeeded", home.Closed(home.Insert("night_report", $$"""{"day": "{{day}}"}""")).Status);
        Assert.Equal("9.8", Raw(home.RunsOf("night_report")[0].Result!, "turnover"));
        var page = File.ReadAllText(home.In("reports", $"{day}.html"));
        Assert.Contains("<td>Pears</td><td>1</td><td>2</td><td>5.0</td>", page, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Python)]
    public void Log_anomaly_learns_what_is_usual_and_tells_of_the_rest()
    {
        using var home = ExampleHome.Copy("log-anomaly");
        Append(0, "an Error of before");
        home.Start();
        home.WaitFor(() => home.RunsOf("log_anomaly") is [{ Status: "succeeded" }], "it has begun");
        for (var look = 0; look < 5; look++)
        {
            Append(1, "Error 17 in the usual");
            Assert.Equal("1", Look());
        }

        Append(50, "ERROR: disk 3 is gone");
        Assert.Null(Look());
        Assert.Contains("50 errors in app.log", home.RunsOf("log_anomaly")[^1].Reason, StringComparison.Ordinal);
        home.WaitFor(
            () => Lines(home, "notices.txt").Any(line => line.Contains("50 x ERROR: disk # is gone", StringComparison.Ordinal)),
            "it has told"
        );

        File.Move(home.In("app.log"), home.In("app.log.1"));
        Append(2, "error in the new file");
        File.AppendAllText(home.In("app.log"), "an error that is not compl");
        Assert.Equal("2", Look());

        void Append(int times, string line) =>
            File.AppendAllLines(home.In("app.log"), Enumerable.Repeat(line, times).Append("all is well"));

        string? Look()
        {
            home.Closed(home.Insert("log_anomaly"));
            return home.RunsOf("log_anomaly")[^1].Result is { } result ? Raw(result, "errors") : null;
        }
    }

    [RequiresFact(Need.Python)]
    public void Gpu_batch_waits_for_the_device_and_is_gathered()
    {
        using var home = ExampleHome.Copy("gpu-batch", ("backoff: [2s, 5s, 10s]", "backoff: [200ms]"));
        home.Start("--device-id", "office");
        Assert.Equal("succeeded", home.Closed(home.Insert("split", """{"numbers": 1000, "parts": 4}""")).Status);
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'work' AND status = 'waiting'") == 4,
            "the parts wait"
        );
        Assert.Empty(home.RunsOf("work"));

        home.Start("--device-id", "workshop", "--tags", "gpu");
        var gather = home.Get<long>("SELECT id FROM triggers WHERE job_name = 'gather'");
        Assert.Equal("succeeded", home.Closed(gather, 60).Status);
        using var result = JsonDocument.Parse(home.Runs(gather)[^1].Result!);
        Assert.Equal(332_833_500, result.RootElement.GetProperty("total").GetInt64());
        Assert.Equal(["workshop"], result.RootElement.GetProperty("devices").EnumerateArray().Select(device => device.GetString()));
    }

    [RequiresFact(Need.Python | Need.Docker)]
    public void Container_build_builds_each_content_once()
    {
        var name = $"aios-example-{Guid.NewGuid():n}";
        using var home = ExampleHome.Copy(
            "container-build",
            ("name: my-app", $"name: {name}"),
            ("interval: 1m", "interval: 1d"),
            ("keep: 3 ", "keep: 1\n    base: aios-test/busybox:1 ")
        );
        try
        {
            home.Start([("DOCKER_BUILDKIT", "0")]);
            home.WaitFor(() => home.RunsOf("container_build") is [{ Status: "succeeded" or "failed" }], "it has built", 120);
            var first = home.RunsOf("container_build")[0];
            Assert.True(
                first.Result is not null && Raw(first.Result, "built") == "true",
                $"{first.Reason}\n{string.Join('\n', home.Column("SELECT message FROM logs WHERE run_id = @1", first.Id))}"
            );
            Assert.Contains("Hello from a container.", home.Column("SELECT message FROM logs"));

            home.Closed(home.Insert("container_build"), 120);
            Assert.Equal("false", Raw(home.RunsOf("container_build")[^1].Result!, "built"));
            File.AppendAllText(home.In("source", "hello.sh"), "echo And another.\n");
            home.Closed(home.Insert("container_build"), 120);
            Assert.Equal("true", Raw(home.RunsOf("container_build")[^1].Result!, "built"));
            Assert.NotEqual(Json(first.Result, "image"), Json(home.RunsOf("container_build")[^1].Result!, "image"));
            Assert.DoesNotContain(Json(first.Result, "image"), Images());
        }
        finally
        {
            foreach (var image in Images())
                CliResult.Of(new("docker", ["rmi", "--force", image]));
        }

        string[] Images() =>
            CliResult
                .Of(new("docker", ["images", name, "--format", "{{.Repository}}:{{.Tag}}"]))
                .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [RequiresFact(Need.Python)]
    public void Heartbeat_tells_the_service_and_notices_what_did_not_come()
    {
        using var service = new HttpReceiver();
        using var home = ExampleHome.Copy("heartbeat");
        Directory.CreateDirectory(home.In("secrets"));
        File.WriteAllText(home.In("secrets", "heartbeat"), service.Url + "/beat\n");
        home.Start();
        home.WaitFor(
            () => service.Requests.Any(request => request.Line.StartsWith("GET /beat ", StringComparison.Ordinal)),
            "the service has heard of it"
        );
        home.WaitFor(
            () => Lines(home, "notices.txt").Any(line => line.Contains("There is no folder", StringComparison.Ordinal)),
            "it has told that nothing came"
        );

        Directory.CreateDirectory(home.In("arrivals"));
        File.WriteAllBytes(home.In("arrivals", "monday.tar.gz"), new byte[2000]);
        Assert.Equal("succeeded", home.Closed(home.Insert("backup_arrives")).Status);
        home.WaitFor(
            () => Lines(home, "notices.txt").Any(line => line.Contains(" recovery: ", StringComparison.Ordinal)),
            "it has told that all is well"
        );
        File.SetLastWriteTimeUtc(home.In("arrivals", "monday.tar.gz"), DateTime.UtcNow.AddHours(-40));
        home.Closed(home.Insert("backup_arrives"));
        Assert.Contains("is 40 hours old", home.RunsOf("backup_arrives")[^1].Reason, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Python)]
    public void Nightly_report_checks_asks_sends_and_cleans_up()
    {
        using var home = ExampleHome.Copy("nightly-report");
        home.Start();
        Assert.Equal("succeeded", home.Closed(home.Insert("make_sample")).Status);
        var sent = home.Insert("nightly_report");
        Decide(sent, "approved", "{\"note\": \"as usual\"}");
        Assert.Equal("succeeded", home.Closed(sent, 60).Status);
        var report = Assert.Single(Directory.EnumerateFiles(home.In("outbox"), "*.csv"));
        Assert.Equal(4, File.ReadAllLines(report).Length);
        Assert.Equal("as usual\n", File.ReadAllText(Path.ChangeExtension(report, ".note.txt")));
        Assert.False(Directory.Exists(home.In("work", $"{sent}")));

        var refused = home.Insert("nightly_report");
        Decide(refused, "rejected", null);
        Assert.Contains("step ask failed", home.Closed(refused, 60).Reason, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home.In("work", $"{refused}")));

        void Decide(long flow, string status, string? fields)
        {
            home.WaitFor(
                () => home.Get<int>($"SELECT count(*) FROM approvals WHERE flow_id = {flow} AND status = 'waiting'") == 1,
                "a person is asked",
                60
            );
            using var sql = new Sql(home.Database);
            Assert.Equal(2, sql.Scalar<long>("SELECT json_array_length(result) FROM steps WHERE flow_id = ?1 AND step = 'check'", flow));
            sql.Do("UPDATE approvals SET status = ?2, reason = ?2, result = ?3 WHERE flow_id = ?1", flow, status, fields);
        }
    }

    [Fact]
    public void Each_example_is_in_the_list_and_has_a_page()
    {
        var root = Path.Combine(Documents.Root, "examples");
        var list = File.ReadAllText(Path.Combine(root, "README.md"));
        Assert.All(Directory.EnumerateDirectories(root).Select(path => Path.GetFileName(path)!), name =>
        {
            Assert.Contains($"| [{name}]({name}) |", list, StringComparison.Ordinal);
            Assert.Contains($"examples/{name}", File.ReadAllText(Path.Combine(root, name, "README.md")), StringComparison.Ordinal);
        });
    }

    // A copy of the example, with what a person would change.
    private static string[] Lines(AiosHome home, string file) => File.Exists(home.In(file)) ? File.ReadAllLines(home.In(file)) : [];

    private static string Json(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetString()!;
    }

    private static string Raw(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetRawText();
    }

    private static List<string> Packed(string archive)
    {
        using var file = File.OpenRead(archive);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new TarReader(unpacked);
        var names = new List<string>();
        while (reader.GetNextEntry() is { } entry)
            names.Add(entry.Name);
        return names;
    }
}
