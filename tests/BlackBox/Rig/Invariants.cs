using System.Diagnostics;
using Aios.Tests.Docs;

namespace Aios.Tests.BlackBox;

/// <summary>Asks <c>bench/invariants.py</c>, which judges from the database and /proc alone; the soak asks the same questions.</summary>
internal static class Invariants
{
    /// <summary>What is violated in a database, one line each; empty if nothing is.</summary>
    /// <param name="database">The file.</param>
    /// <param name="arguments">As the script takes them, such as <c>--drained</c>.</param>
    public static string Violations(string database, params string[] arguments)
    {
        using var script = Process.Start(
            new ProcessStartInfo("python3", [Path.Combine(Documents.Root, "bench", "invariants.py"), database, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = script.StandardError.ReadToEndAsync();
        var found = script.StandardOutput.ReadToEnd();
        Assert.True(script.WaitForExit(TimeSpan.FromSeconds(60)), "bench/invariants.py does not end");
        Assert.True(script.ExitCode is 0 or 1 && errors.Result.Length == 0, errors.Result);
        return script.ExitCode == 0 ? "" : found;
    }

    /// <summary>Asserts that none is violated while daemons live.</summary>
    public static void Hold(AiosHome home, params string[] arguments) => Assert.Equal("", Violations(home.Database, arguments));

    /// <summary>
    /// Waits until all that was asked for is over, ends the daemon, and asserts that none is violated and nothing is left.
    /// </summary>
    public static void HoldToTheEnd(AiosHome home, AiosProcess daemon, params string[] arguments)
    {
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL AND source = 'insert'") == 0,
            "all that was asked for is over",
            120
        );
        Hold(home, arguments);
        Assert.Equal(0, daemon.Stop());
        home.Drain();
        Hold(home, [.. arguments, "--drained"]);
    }
}
