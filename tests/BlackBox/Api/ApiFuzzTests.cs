using System.Diagnostics;
using Aios.Tests.Docs;
using Aios.Tests.Support;

namespace Aios.Tests.BlackBox;

/// <summary>The short form of <c>bench/fuzz_requests.py</c>.</summary>
public sealed class ApiFuzzTests
{
    [RequiresTheory(Need.Python)]
    [InlineData(11)]
    [InlineData(12)]
    public void Hostile_requests_are_answered_and_change_nothing_for_others(int seed)
    {
        var start = new ProcessStartInfo(
            "python3",
            [
                Path.Combine(Documents.Root, "bench", "fuzz_requests.py"),
                AiosProcess.Executable,
                "--requests",
                "1500",
                "--seconds",
                "120",
                "--seed",
                $"{seed}",
                "--port",
                $"{Ports.Free()}",
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
    }
}
