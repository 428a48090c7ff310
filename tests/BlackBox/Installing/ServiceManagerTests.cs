using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Aios.Tests.BlackBox;

/// <summary>What the daemon tells the service manager that started it.</summary>
public partial class ServiceManagerTests
{
    private const string Jobs =
        """[{name: show, type: trigger, command: [sh, -c, 'echo "$NOTIFY_SOCKET,$WATCHDOG_USEC,$WATCHDOG_PID."']}]""";

    [RequiresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_says_when_it_is_ready_reloads_lives_and_ends(bool isAbstract)
    {
        using var home = new AiosHome(Jobs);
        using var manager = new ServiceSocket(isAbstract ? $"@aios-test-{Guid.NewGuid():n}" : home.In("notify"));
        var daemon = home.Start([("NOTIFY_SOCKET", manager.Address), ("WATCHDOG_USEC", "1000000"), ("WATCHDOG_PID", "")]);
        home.WaitFor(() => manager.Count("READY=1") == 1, "it is ready");
        home.WaitFor(() => manager.Count("WATCHDOG=1") >= 4, "it gives signs of life");
        Assert.Contains(
            "STATUS=1 job",
            manager.Heard.First(message => message.Contains("READY=1", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );

        var run = home.Insert("show");
        home.Closed(run);
        Assert.Equal(",,.", home.Get<string>("SELECT message FROM logs WHERE run_id IS NOT NULL"));

        var before = Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);
        daemon.Signal(AiosProcess.Hup);
        home.WaitFor(() => manager.Count("READY=1") == 2, "it has reloaded");
        var reloading = Assert.Single(manager.Heard, message => message.Contains("RELOADING=1", StringComparison.Ordinal));
        var at = long.Parse(reloading.Split("MONOTONIC_USEC=")[1].Split('\n')[0], CultureInfo.InvariantCulture);
        Assert.InRange(at, before, Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000));
        Assert.True(
            manager.Heard.IndexOf(reloading) < manager.Heard.FindLastIndex(message => message.Contains("READY=1", StringComparison.Ordinal))
        );

        Assert.Equal(0, daemon.Stop());
        home.WaitFor(() => manager.Count("STOPPING=1") == 1, "it has said that it ends");
    }

    [RequiresFact]
    public void A_watchdog_of_another_process_is_left_alone_and_a_manager_that_is_gone_harms_nothing()
    {
        using var home = new AiosHome(Jobs);
        using (var manager = new ServiceSocket(home.In("notify")))
        {
            home.Start([("NOTIFY_SOCKET", manager.Address), ("WATCHDOG_USEC", "20000"), ("WATCHDOG_PID", "1")]);
            home.WaitFor(() => manager.Count("READY=1") == 1, "it is ready");
            home.Closed(home.Insert("show"));
            Assert.Equal(0, manager.Count("WATCHDOG=1"));
        }

        home.Closed(home.Insert("show"));
    }

    [RequiresFact(Need.Strace)]
    public void A_loop_that_hangs_falls_silent_and_is_not_alive()
    {
        using var home = new AiosHome(Jobs);
        using var manager = new ServiceSocket(home.In("notify"));
        var daemon = home.Start([("NOTIFY_SOCKET", manager.Address), ("WATCHDOG_USEC", "3000000"), ("AIOS_LISTEN", "127.0.0.1:0")]);
        using var api = ApiClient.Of(daemon);
        home.WaitFor(() => manager.Count("WATCHDOG=1") >= 2, "it gives signs of life");
        api.Get("/healthz").Expect(200);
        home.WaitFor(() => api.Get("/readyz").Status == 200, "it is ready");

        // As on a network drive whose server is gone: looking into Jobs/ does not come back.
        using var hang = new Hang(daemon.Id, home.In("Jobs"));
        home.WaitFor(() => api.Get("/healthz").Status == 503, "it is found dead", 60);
        Assert.Contains("has not gone round", api.Get("/healthz").Text, StringComparison.Ordinal);
        api.Get("/readyz").Expect(503);
        var signs = manager.Count("WATCHDOG=1");
        home.WaitFor(
            () => int.Parse(Seconds().Match(api.Get("/healthz").Text).Groups[1].Value, CultureInfo.InvariantCulture) >= 6,
            "it goes on hanging",
            60
        );
        Assert.Equal(signs, manager.Count("WATCHDOG=1"));
    }

    [GeneratedRegex(@"for (\d+) s")]
    private static partial Regex Seconds();

    // Holds up each look into a folder for a minute, from outside.
    private sealed class Hang : IDisposable
    {
        private readonly Process _strace;

        public Hang(int pid, string folder) =>
            _strace = Process.Start(
                new ProcessStartInfo(
                    "strace",
                    [
                        "-f",
                        "-qq",
                        "-o",
                        "/dev/null",
                        "-p",
                        $"{pid}",
                        "-P",
                        folder,
                        "-e",
                        "trace=getdents64",
                        "-e",
                        "inject=getdents64:delay_enter=60000000",
                    ]
                )
            )!;

        public void Dispose()
        {
            AiosProcess.Send(_strace.Id, AiosProcess.Kill9);
            _strace.WaitForExit(10_000);
            _strace.Dispose();
        }
    }
}
