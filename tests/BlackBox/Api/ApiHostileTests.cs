using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Aios.Tests.BlackBox;

/// <summary>Requests that nobody makes by accident: none changes anything, none ends the daemon.</summary>
public sealed class ApiHostileTests : IDisposable
{
    private readonly AiosHome _home = new("""- {name: hello, type: trigger, command: ["true"]}""");
    private readonly ApiClient _api;

    public ApiHostileTests() => _api = ApiClient.Start(_home);

    [RequiresFact]
    public void What_cannot_be_read_is_refused()
    {
        string[] requests =
        [
            "\r\n\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET /api/v1/jobs HTTP/1.1\r\n\r\n",
            "GET /api/v1/jobs HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n bad: header\r\n\r\n",
            "POST /api/v1/jobs/hello/trigger HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + "5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /api/v1/jobs/hello/trigger HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n",
            "POST /api/v1/jobs/hello/trigger HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                + "chunked\r\n\r\nzz\r\n",
            "POST /api/v1/jobs/hello/trigger HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + "99999999999\r\n\r\n",
            $"GET /api/v1/{new string('a', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n",
            $"GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('a', 40_000)}\r\n\r\n",
            $"GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: 1\r\n"))}\r\n",
            "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        ];
        foreach (var request in requests)
        {
            var answer = _api.Raw(request, 500);
            Assert.DoesNotContain("HTTP/1.1 2", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("HTTP/1.1 5", answer.Replace("HTTP/1.1 505", "", StringComparison.Ordinal), StringComparison.Ordinal);
            // To one who begins with HTTP/2 the server says in HTTP/2 that it goes.
            if (answer.StartsWith("HTTP", StringComparison.Ordinal))
                Assert.Contains("\"type\":\"urn:aios:problem:", answer, StringComparison.Ordinal);
        }

        Unharmed();
    }

    [RequiresTheory]
    [InlineData("ffffffff")]
    [InlineData("7fffffff")]
    [InlineData("80000000")]
    [InlineData("fffffffff")]
    [InlineData("ffffffffffffffff")]
    [InlineData("10000000000000000")]
    [InlineData("-1")]
    [InlineData("0x10")]
    [InlineData("1;")]
    [InlineData(" 1")]
    [InlineData("")]
    [InlineData("1 1")]
    [InlineData("5\r\n{}x")]
    public void A_wrong_length_of_a_chunk_is_told_with_400_or_413(string length)
    {
        var answer = _api.Raw(
            $"POST /api/v1/jobs/hello/trigger HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                + $"chunked\r\n\r\n{length}\r\n{{}}\r\n0\r\n\r\n",
            1000
        );
        Assert.Matches("^HTTP/1.1 4(00|13|08) |^$", answer);
        if (answer.Length > 0)
            Assert.Contains("\"type\":\"urn:aios:problem:", answer, StringComparison.Ordinal);
        Unharmed();
    }

    [RequiresFact]
    public void Paths_lead_nowhere_else_and_headers_cannot_be_injected()
    {
        foreach (
            var path in (string[])
                [
                    "/../../etc/passwd",
                    "/api/v1/../../etc/passwd",
                    "/api/v1/%2e%2e/%2e%2e/etc/passwd",
                    "/api/v1/jobs/..%2f..%2fetc%2fpasswd",
                    "//etc/passwd",
                    "/api/v1/jobs/%00",
                    "/api/v1/jobs/hello%0d%0aSet-Cookie:%20a=b",
                    "/%",
                    "/api/v1/jobs/%ff%fe",
                ]
        )
        {
            var answer = _api.Raw($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            Assert.Matches("^HTTP/1.1 40[04]", answer);
            Assert.DoesNotContain("Set-Cookie", answer.Split("\r\n\r\n")[0], StringComparison.Ordinal);
            Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        }

        var made = _api.Post("jobs/hello/trigger", """{"dedup_key": "a\r\nSet-Cookie: b=c"}""").Expect(201);
        Assert.False(made.Headers.ContainsKey("Set-Cookie"));
    }

    [RequiresFact]
    public void A_body_that_is_too_large_or_too_deep_is_refused()
    {
        var tooLarge = _api.Raw(
            "POST /api/v1/triggers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n{"
        );
        Assert.StartsWith("HTTP/1.1 413", tooLarge, StringComparison.Ordinal);
        Assert.Contains("urn:aios:problem:too-large", tooLarge, StringComparison.Ordinal);
        Assert.Equal(400, _api.Post("jobs/hello/trigger", $$"""{"args": {{new string('[', 100_000)}}""").Status);
        Assert.Contains(
            "nested deeper than 1000 levels",
            _api.Post("jobs/hello/trigger", $$"""{"args": {{new string('[', 2000)}}{{new string(']', 2000)}}}""")
                .Expect(400)["detail"]
                .GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            400,
            _api.Post("triggers", $$"""{"triggers": [{{string.Join(",", Enumerable.Repeat("{\"job_name\": \"hello\"}", 1001))}}]}""").Status
        );
        Unharmed();
    }

    // The bytes of a client that writes Latin-1, a lone surrogate as Python's "surrogatepass" does it, and others.
    [RequiresTheory]
    [InlineData("{\"kwargs\": {\"a\": \"\u00ff\"}}")]
    [InlineData("{\"kwargs\": {\"a\": \"\u00ed\u00b3\u00a9\"}}")]
    [InlineData("{\"kwargs\": {\"\u00e9\": 1}}")]
    [InlineData("{\"args\": [\"\u00c0\u0080\"]}")]
    [InlineData("{\"dedup_key\": \"\u00f4\u0090\u0080\u0080\"}")]
    [InlineData("{\"\u00fe\": 1}")]
    [InlineData("\u00ef\u00bb\u00bf{\"dedup_key\": \"\u0080\"}")]
    public void A_body_that_is_not_UTF_8_is_refused(string body)
    {
        var answer = _api.Raw(
            $"POST /api/v1/jobs/hello/trigger HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                + $"application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("the body is not UTF-8", answer, StringComparison.Ordinal);
        Unharmed();
    }

    [RequiresFact]
    public void Pipelined_requests_are_each_answered()
    {
        var one = "GET /api/v1/jobs/hello HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var last = one.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal);
        var answer = _api.Raw(string.Concat(Enumerable.Repeat(one, 49)) + last);
        Assert.Equal(50, answer.Split("HTTP/1.1 200 OK").Length - 1);
    }

    [RequiresFact]
    public void Hundreds_of_clients_that_send_slowly_hold_nobody_up()
    {
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < 300; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                socket.Connect(IPAddress.Loopback, _api.Address.Port);
                socket.Send(
                    Encoding.ASCII.GetBytes(
                        i % 2 == 0
                            ? "GET /api/v1/jobs HT"
                            : "POST /api/v1/triggers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                + "100\r\n\r\n{"
                    )
                );
            }

            _api.Get("jobs").Expect(200);
            Assert.Equal("succeeded", _home.Closed(_api.Post("jobs/hello/trigger").Expect(201)["id"].GetInt64()).Status);
            _home.WaitFor(() => sockets.All(IsClosed), "each of them was shown out", 60);
        }
        finally
        {
            foreach (var socket in sockets)
                socket.Dispose();
        }
    }

    public void Dispose()
    {
        _api.Dispose();
        _home.Dispose();
    }

    // Readable and nothing to read: the other end has closed it.
    private static bool IsClosed(Socket socket)
    {
        if (!socket.Poll(0, SelectMode.SelectRead))
            return false;
        try
        {
            var answer = new byte[4096];
            while (socket.Available > 0)
                socket.Receive(answer);
            return socket.Poll(0, SelectMode.SelectRead) && socket.Receive(answer) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private void Unharmed()
    {
        Assert.Equal(0, _home.Get<int>("SELECT count(*) FROM triggers"));
        Assert.Equal("succeeded", _home.Closed(_api.Post("jobs/hello/trigger").Expect(201)["id"].GetInt64()).Status);
    }
}
