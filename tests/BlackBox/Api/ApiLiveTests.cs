using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Aios.Tests.BlackBox;

/// <summary>Those who watch what happens.</summary>
public class ApiLiveTests
{
    private const string Jobs = """
        - {name: apple, type: trigger, command: ["true"]}
        - {name: berry, type: trigger, command: ["true"]}
        - {name: slow, type: trigger, command: [sleep, "600"]}
        - {name: talks, type: trigger, command: [sh, -c, "i=0; while [ $i -lt 300 ]; do echo line $i; i=$((i+1)); [ $((i % 50)) -ne 0 ] || sleep 0.1; while [ $i -eq 150 ] && [ ! -e torn ]; do sleep 0.02; done; done"]}
        """;

    [RequiresFact]
    public void All_that_happens_to_a_run_is_told_in_its_order()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        AwaitFirstPass(home);
        using var events = new EventReader(home, api, "events").Begun();
        var trigger = api.Post("jobs/slow/trigger").Expect(201)["id"].GetInt64();
        var run = events.WaitFor(happened => happened.Kind == "run.started", "the start").Data.GetProperty("run_id").GetInt64();
        // As any program may do it.
        home.Execute("UPDATE runs SET progress = 0.5, progress_text = 'half of it' WHERE id = @1", run);
        events.WaitFor(happened => happened.Kind == "run.progress", "the progress");
        api.Post($"runs/{run}/cancel").Expect(202);
        var closed = events.WaitFor(happened => happened.Kind == "trigger.closed", "the end");

        Assert.Equal(
            ["trigger.queued", "run.started", "run.progress", "run.ended", "trigger.closed"],
            events.Events.Select(happened => happened.Kind)
        );
        Assert.All(events.Events, happened => Assert.Equal("slow", happened.Data.GetProperty("job_name").GetString()));
        Assert.All(events.Events, happened => Assert.Equal(trigger, happened.Data.GetProperty("trigger_id").GetInt64()));
        Assert.Equal("half of it", events.Events[2].Data.GetProperty("progress_text").GetString());
        Assert.Equal("canceled", closed.Data.GetProperty("status").GetString());
    }

    [RequiresFact]
    public void What_concerns_a_job_and_the_list_is_told()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        AwaitFirstPass(home);
        using var events = new EventReader(home, api, "events").Begun();
        api.Post("jobs/apple/pause").Expect(204);
        api.Post("jobs/apple/pause").Expect(204);
        Assert.Equal(0, home.Cli("resume", "apple").Status);
        events.WaitFor(happened => happened.Kind == "job.resumed", "the end of the pause");
        home.ReplaceJobs("""- {name: other, type: trigger, command: ["true"]}""");
        events.WaitFor(happened => happened.Kind == "list.reloaded", "the new list");
        Assert.Equal(["job.paused", "job.resumed", "list.reloaded"], events.Events.Select(happened => happened.Kind));
    }

    [RequiresFact]
    public void A_reader_that_is_torn_off_again_and_again_misses_nothing_and_sees_nothing_twice()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        AwaitFirstPass(home);
        var seen = new List<LiveEvent>();
        var lastId = "0";
        var triggers = Task.Run(() =>
        {
            for (var i = 0; i < 20; i++)
            {
                home.InsertMany("apple", 10);
                Thread.Sleep(20);
            }
        });
        // Each time it is torn off wherever it stands then.
        for (var wanted = 1; !triggers.IsCompleted || Open(home) > 0; wanted = (wanted * 3 % 97) + 1)
            Look(wanted);
        var last = home.Get<long>("SELECT max(id) FROM events");
        while (long.Parse(lastId) < last)
            Look(1);
        Assert.True(triggers.IsCompletedSuccessfully);
        Assert.Equal(home.Column("SELECT id FROM events ORDER BY id").Select(long.Parse), seen.Select(happened => happened.Number));
        Assert.Equal(200, seen.Count(happened => happened.Kind == "run.ended"));

        void Look(int wanted)
        {
            using var reader = new EventReader(home, api, "events", lastId);
            home.WaitFor(() => reader.Events.Count >= wanted || (triggers.IsCompleted && Open(home) == 0), "some events have come");
            reader.Dispose();
            seen.AddRange(reader.Events);
            lastId = seen.Count > 0 ? seen[^1].Id! : lastId;
        }
    }

    [RequiresFact]
    public void A_reader_goes_on_after_the_daemon_was_killed_and_started_again()
    {
        using var home = new AiosHome(Jobs);
        string? lastId;
        var before = new List<LiveEvent>();
        var daemon = home.Start("--listen", "127.0.0.1:0");
        using (var api = ApiClient.Of(daemon))
        using (var reader = new EventReader(home, api, "events?after=0"))
        {
            home.Closed(home.Insert("apple"));
            reader.WaitFor(happened => happened.Kind == "trigger.closed", "the first run");
            daemon.Kill();
            home.WaitFor(() => reader.HasEnded, "the stream has ended");
            before.AddRange(reader.Events);
            lastId = reader.LastId;
        }

        home.Insert("berry");
        using (var api = ApiClient.Start(home))
        using (var reader = new EventReader(home, api, "events", lastId))
        {
            reader.WaitFor(happened => happened.Kind == "trigger.closed", "the second run");
            var all = before.Concat(reader.Events).ToList();
            Assert.Equal(
                home.Column("SELECT id FROM events WHERE id <= @1 ORDER BY id", all[^1].Number).Select(long.Parse),
                all.Select(happened => happened.Number)
            );
            Assert.Contains(reader.Events, happened =>
                happened.Kind == "run.ended" && happened.Data.GetProperty("job_name").GetString() == "berry"
            );
        }
    }

    [RequiresFact]
    public void The_lines_of_a_run_are_followed_to_its_end_across_a_torn_connection()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        AwaitFirstPass(home);
        home.Insert("talks");
        home.WaitFor(() => home.RunsOf("talks").Count == 1, "it runs");
        var run = home.RunsOf("talks")[0].Id;
        var seen = new List<LiveEvent>();
        string? lastId;
        using (var reader = new EventReader(home, api, $"runs/{run}/logs?follow&after=0"))
        {
            reader.WaitFor(line => line.Data.GetProperty("message").GetString() == "line 60", "a line in the midst");
            reader.Dispose();
            seen.AddRange(reader.Events);
            lastId = seen[^1].Id;
        }

        File.WriteAllText(home.In("torn"), "");
        using (var reader = new EventReader(home, api, $"runs/{run}/logs?follow=true&after=0", lastId))
        {
            var end = reader.WaitFor(line => line.Kind == "end", "the end");
            Assert.Equal("succeeded", end.Data.GetProperty("status").GetString());
            home.WaitFor(() => reader.HasEndedWell, "nothing more comes");
            seen.AddRange(reader.Events.Where(line => line.Kind == "line"));
            lastId = reader.LastId;
        }

        Assert.Equal(
            Enumerable.Range(0, 300).Select(i => $"line {i}"),
            seen.Where(line => line.Kind == "line").Select(line => line.Data.GetProperty("message").GetString())
        );
        // It tells a browser not to come back.
        api.Get($"runs/{run}/logs?follow", ("Last-Event-ID", lastId!)).Expect(204);
        api.Get($"runs/{run}/logs?follow", ("Last-Event-ID", "x")).Expect(400);
        api.Get("runs/77/logs?follow").Expect(404);
    }

    [RequiresFact]
    public void The_same_comes_over_a_WebSocket()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        AwaitFirstPass(home);
        using var events = new SocketReader(api, "events");
        Assert.Equal(101, events.Status);
        var begin = events.Next()!;
        Assert.Equal("position", begin.Kind);
        home.Closed(home.Insert("apple"));
        var kinds = new List<string>();
        while (kinds.LastOrDefault() != "trigger.closed")
            kinds.Add(events.WaitFor(happened => happened.Kind != "position").Kind);
        Assert.Equal(["trigger.queued", "run.started", "run.ended", "trigger.closed"], kinds);
        events.Close();

        using var again = new SocketReader(api, $"events?after={begin.Id}");
        Assert.Equal("trigger.queued", again.WaitFor(happened => happened.Kind != "position").Kind);
        var run = home.RunsOf("apple")[0].Id;
        using var lines = new SocketReader(api, $"runs/{run}/logs?follow");
        Assert.Equal("succeeded", lines.WaitFor(line => line.Kind == "end").Data.GetProperty("status").GetString());
        Assert.Null(lines.Next());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, lines.CloseStatus);
    }

    [RequiresFact]
    public void A_page_of_another_origin_opens_no_WebSocket()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        AwaitFirstPass(home);
        foreach (
            var origin in (string[])
                ["https://evil.example", "null", $"http://127.0.0.1:{api.Address.Port}.evil.example", "http://localhost:8765"]
        )
        {
            using var foreign = new SocketReader(api, "events", ("Origin", origin));
            Assert.Equal(403, foreign.Status);
        }

        using var rebound = new SocketReader(
            api,
            "events",
            ("Host", $"evil.example:{api.Address.Port}"),
            ("Origin", $"http://evil.example:{api.Address.Port}")
        );
        Assert.Equal(421, rebound.Status);
        using var proxied = new SocketReader(api, "events", ApiClient.Proxied);
        Assert.Equal(401, proxied.Status);
        using var own = new SocketReader(api, "events", ("Origin", $"http://127.0.0.1:{api.Address.Port}"));
        Assert.Equal(101, own.Status);
    }

    [RequiresFact]
    public void A_greeting_that_is_none_is_refused_in_words()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        AwaitFirstPass(home);
        foreach (
            var greeting in (string[])
                [
                    "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short",
                    "Sec-WebSocket-Version: 13",
                ]
        )
        {
            var answer = api.Raw(
                $"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n{greeting}\r\n\r\n"
            );
            Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
            Assert.Contains("Sec-WebSocket-", answer, StringComparison.Ordinal);
        }

        var right = api.Raw(
            "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
                + "13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            silence: 500
        );
        Assert.Contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", right, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_key_for_some_jobs_sees_what_happens_to_these_only_until_it_is_revoked()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        AwaitFirstPass(home);
        var key = ("Authorization", $"Bearer {home.Cli("keys", "add", "narrow", "--jobs", "a*").Out.Trim()}");
        using var live = new EventReader(home, api, "events", null, key).Begun();
        using var lines = new EventReader(home, api, "logs?follow&after=0", null, key).Begun();
        using var socket = new SocketReader(api, "events", key);
        home.Closed(home.Insert("berry"));
        home.Closed(home.Insert("apple"));
        live.WaitFor(happened => happened.Kind == "trigger.closed", "its job's run");
        socket.WaitFor(happened => happened.Kind == "trigger.closed");
        using var past = new EventReader(home, api, "events?after=0", null, key);
        past.WaitFor(happened => happened.Kind == "trigger.closed", "its job's run");
        foreach (var reader in (EventReader[])[live, past])
        {
            Assert.Equal(4, reader.Events.Count);
            Assert.All(reader.Events, happened => Assert.Equal("apple", happened.Data.GetProperty("job_name").GetString()));
        }

        Assert.DoesNotContain(lines.Events, line => line.Data.GetProperty("job_name").GetString() != "apple");
        var run = home.RunsOf("berry")[0].Id;
        api.Get($"runs/{run}/logs?follow", key).Expect(404);

        Assert.Equal(0, home.Cli("keys", "revoke", "narrow").Status);
        home.WaitFor(() => api.Get("whoami", key).Status == 401, "the key opens nothing any more");
        // Whatever happens next is not theirs to see any more; they are checked at most once a second.
        home.WaitFor(
            () =>
            {
                home.Closed(home.Insert("apple"));
                return live.HasEndedWell;
            },
            "the stream has ended"
        );
        while (socket.Next() is not null) { }

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, socket.CloseStatus);
    }

    [RequiresFact]
    public void A_reader_that_takes_nothing_for_long_holds_up_nobody_and_still_gets_all()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        AwaitFirstPass(home);
        home.Insert("slow");
        home.WaitFor(() => home.RunsOf("slow") is [{ Pid: not null }], "it runs");
        using var stalled = new StalledReader(api, "events");
        using var reader = new EventReader(home, api, "events").Begun();
        // More than fits into any buffer on the way, and more than is kept in memory for all.
        const int Many = 4000;
        var run = home.RunsOf("slow")[0].Id;
        using (var connection = home.Open())
        {
            AiosHome.Execute(connection, "BEGIN IMMEDIATE");
            for (var i = 1; i <= Many; i++)
                AiosHome.Execute(
                    connection,
                    "UPDATE runs SET progress = @2, progress_text = @3 WHERE id = @1",
                    run,
                    (double)i / Many,
                    new string('x', 4000)
                );
            AiosHome.Execute(connection, "COMMIT");
        }

        home.WaitFor(() => reader.Events.Count(happened => happened.Kind == "run.progress") == Many, "all have come to the other one", 60);
        Assert.Equal("succeeded", home.Closed(home.Insert("apple")).Status);
        var late = stalled.ReadUntil("\"progress\":1,");
        Assert.Equal(Enumerable.Range(1, Many), late.Select(happened => (int)Math.Round(happened * Many)));
    }

    [RequiresFact]
    public void A_reader_that_comes_back_too_late_is_told_what_it_has_missed()
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        AwaitFirstPass(home);
        home.Closed(home.Insert("apple"));
        home.Closed(home.Insert("berry"));
        var kept = home.Get<long>("SELECT max(id) FROM events") - 2;
        home.Execute("DELETE FROM events WHERE id < @1", kept);
        using var reader = new EventReader(home, api, "events", "1");
        reader.WaitFor(happened => happened.Kind == "trigger.closed", "the last");
        Assert.Equal(["dropped", "run.started", "run.ended", "trigger.closed"], reader.Events.Select(happened => happened.Kind));
        Assert.Equal($$"""{"after":1,"position":{{kept - 1}}}""", reader.Events[0].Data.GetRawText());
        Assert.Equal(kept - 1, reader.Events[0].Number);

        using var all = new EventReader(home, api, "events?after=0");
        all.WaitFor(happened => happened.Kind == "trigger.closed", "the last");
        Assert.Equal(3, all.Events.Count);
        // As after the database was replaced by an older copy.
        using var ahead = new SocketReader(api, "events?after=1000000");
        Assert.Equal("dropped", ahead.WaitFor(happened => happened.Kind != "position").Kind);
    }

    [RequiresFact]
    public void The_end_of_the_daemon_waits_for_nobody_who_watches()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start("--listen", "127.0.0.1:0");
        using var api = ApiClient.Of(daemon);
        using var stalled = new StalledReader(api, "events?after=0");
        using var reader = new EventReader(home, api, "events").Begun();
        using var lines = new EventReader(home, api, "logs?follow").Begun();
        using var socket = new SocketReader(api, "events");
        Assert.Equal("position", socket.Next()!.Kind);
        Assert.Equal(0, daemon.Stop());
        home.WaitFor(() => reader.HasEnded && lines.HasEnded, "the streams have ended");
        Assert.True(reader.HasEndedWell && lines.HasEndedWell, "A stream was torn off instead of ended.");
        while (socket.Next() is not null) { }

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
    }

    // The API is open before that.
    private static void AwaitFirstPass(AiosHome home) =>
        home.WaitFor(() => home.Get<long>("SELECT count(*) FROM events WHERE kind = 'list.reloaded'") > 0, "the first pass");

    private static long Open(AiosHome home) => home.Get<long>("SELECT count(*) FROM triggers WHERE processed IS NULL");

    /// <summary>Asks for events and takes none until it is told to.</summary>
    private sealed class StalledReader : IDisposable
    {
        private readonly HttpClient _client = new(new SocketsHttpHandler { ConnectCallback = Connect });
        private readonly HttpResponseMessage _answer;

        public StalledReader(ApiClient api, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{api.Address.Port}/api/v1/{path}");
            // It watches once the head of the answer is there.
            _answer = _client.Send(request, HttpCompletionOption.ResponseHeadersRead);
        }

        /// <summary>Takes all up to a text; the answer is the progress that each event tells of.</summary>
        public List<double> ReadUntil(string text)
        {
            using var reader = new StreamReader(_answer.Content.ReadAsStream(), Encoding.UTF8);
            var progress = new List<double>();
            var guard = System.Diagnostics.Stopwatch.StartNew();
            while (reader.ReadLine() is { } line)
            {
                Assert.True(guard.Elapsed < TimeSpan.FromMinutes(2), $"not read within 2 minutes: {text}");
                var at = line.IndexOf("\"progress\":", StringComparison.Ordinal);
                if (at >= 0 && line.Contains("run.progress", StringComparison.Ordinal))
                    progress.Add(double.Parse(line[(at + 11)..line.IndexOf(',', at)], System.Globalization.CultureInfo.InvariantCulture));
                if (line.Contains(text, StringComparison.Ordinal))
                    break;
            }

            return progress;
        }

        public void Dispose()
        {
            _answer.Dispose();
            _client.Dispose();
        }

        // With as little room for what it does not take as there can be.
        private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
        {
            var client = new TcpClient { ReceiveBufferSize = 4096, NoDelay = true };
            await client.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, stop);
            return client.GetStream();
        }
    }
}
