using System.ComponentModel;
using System.Diagnostics;

namespace Aios.Service;

/// <summary>Asks systemd, by its own tools.</summary>
internal sealed class Systemctl(ServiceScope scope)
{
    // Starting waits until the daemon is ready, and stopping until all programs have ended.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    /// <summary>Whether systemd runs this machine: what sd_booted(3) asks.</summary>
    public static bool RunsHere => Directory.Exists("/run/systemd/system");

    /// <summary>What process 1 is.</summary>
    public static string FirstProcess => File.Exists("/proc/1/comm") ? File.ReadAllText("/proc/1/comm").Trim() : "unknown";

    /// <summary>Does it.</summary>
    /// <exception cref="ServiceException">It failed.</exception>
    public string Do(params string[] arguments)
    {
        var (status, output, error) = Ask(arguments);
        return status == 0
            ? output
            : throw new ServiceException($"systemctl {string.Join(' ', Flags.Concat(arguments))} failed: {error.Trim()}");
    }

    /// <summary>Does it, and tells how it ended.</summary>
    public (int Status, string Output, string Error) Ask(params string[] arguments) => Run("systemctl", [.. Flags, .. arguments]);

    /// <summary>The last lines of the unit's journal.</summary>
    public string Journal(string unit) =>
        Run("journalctl", [.. Flags, "--unit", unit, "--lines", "10", "--no-pager", "--output", "cat"]).Output;

    /// <summary>Has the user's services run without the user; whether that is so now.</summary>
    public static bool Linger() => Run("loginctl", ["enable-linger"]).Status == 0;

    private string[] Flags => scope == ServiceScope.User ? ["--user"] : [];

    private static (int Status, string Output, string Error) Run(string program, IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Longest))
                throw new ServiceException($"{program} {string.Join(' ', arguments)} has not ended.");
            Task.WaitAll(output, error);
            return (process.ExitCode, output.Result, error.Result);
        }
        catch (Win32Exception error)
        {
            throw new ServiceException($"{program} could not be started: {error.Message}", error);
        }
    }
}
