using System.Diagnostics;

namespace Aios.Tests.BlackBox;

/// <summary>Another user of the machine, or whoever may connect, takes all connections: nobody else is kept out.</summary>
public sealed class ApiFloodTests : IDisposable
{
    // Opens connections, sends on each what a client sends that never comes to an end, says so, and then how long each of them lived.
    private const string Flood = """
        import os, pwd, resource, select, socket, sys, time
        resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
        port, count, text = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].encode().decode('unicode_escape').encode('latin1')
        if sys.argv[4]:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(pwd.getpwnam(sys.argv[4]).pw_uid)
        began, sockets = time.monotonic(), []
        for i in range(count):
            one = socket.socket()
            one.bind((f'127.{i % 200 + 1}.0.1', 0))
            one.connect(('127.0.0.1', port))
            try:
                one.send(text[:i % (len(text) + 1)])
            except OSError:
                pass
            sockets.append(one)
        print('open', flush=True)
        poll = select.poll()
        for one in sockets: poll.register(one, select.POLLIN)
        left = {one.fileno(): one for one in sockets}
        while left and time.monotonic() - began < 60:
            for descriptor, _ in poll.poll(1000):
                try:
                    if left[descriptor].recv(65536): continue
                except OSError:
                    pass
                poll.unregister(descriptor)
                left.pop(descriptor).close()
        print(len(left), f'{time.monotonic() - began:.0f}', flush=True)
        """;

    private readonly AiosHome _home = new("""- {name: hello, type: trigger, command: ["true"]}""");
    private readonly ApiClient _api;

    public ApiFloodTests() => _api = ApiClient.Start(_home);

    [RequiresTheory(Need.OtherUser | Need.Python)]
    [InlineData("")]
    [InlineData("GET /api/v1/jobs HTTP/1.1\\r\\nHost: localhost\\r\\nX-Slow: ")]
    [InlineData("\\r\\n\\r\\n\\r\\n\\r\\n")]
    [InlineData(
        "POST /api/v1/triggers HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/json\\r\\nContent-Length: 100\\r\\n\\r\\n{"
    )]
    public void Thousands_of_connections_of_another_user_keep_nobody_out(string text)
    {
        using var flood = Start("nobody", text);
        Assert.Equal("open", flood.StandardOutput.ReadLine());
        for (var i = 0; i < 20; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var fresh = new HttpClient { BaseAddress = _api.Address };
            Assert.True(fresh.GetAsync("/readyz").Result.IsSuccessStatusCode);
            Assert.True(fresh.GetAsync("/api/v1/jobs").Result.IsSuccessStatusCode);
            Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }

        Assert.Equal("succeeded", _home.Closed(_api.Post("jobs/hello/trigger").Expect(201)["id"].GetInt64()).Status);
        var end = flood.StandardOutput.ReadLine()!.Split(' ');
        Assert.Equal("0", end[0]);
        // Ten seconds from the accept, and some for a loaded machine.
        Assert.InRange(int.Parse(end[1], System.Globalization.CultureInfo.InvariantCulture), 0, 40);
    }

    [RequiresFact(Need.Python)]
    public void Connections_of_ones_own_keep_nobody_out_either()
    {
        using var flood = Start("", "");
        Assert.Equal("open", flood.StandardOutput.ReadLine());
        using var fresh = new HttpClient { BaseAddress = _api.Address };
        Assert.True(fresh.GetAsync("/readyz").Result.IsSuccessStatusCode);
        Assert.StartsWith("0 ", flood.StandardOutput.ReadLine(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _api.Dispose();
        _home.Dispose();
    }

    private Process Start(string user, string text) =>
        Process.Start(
            new ProcessStartInfo("python3", ["-c", Flood, $"{_api.Address.Port}", "2100", text, user])
            {
                RedirectStandardOutput = true,
                WorkingDirectory = "/",
            }
        )!;
}
