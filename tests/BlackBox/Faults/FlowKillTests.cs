using System.Diagnostics;
using Aios.Tests.Docs;

namespace Aios.Tests.BlackBox;

/// <summary>Flows under a daemon that is killed again and again, as <c>bench/kill_flows.py</c> does it a thousand times.</summary>
[Collection(Undisturbed.Name)]
public sealed class FlowKillTests
{
    [RequiresFact(Need.Python)]
    public void No_finished_step_runs_again_and_each_flow_ends_as_one_that_nobody_kills()
    {
        var (kills, flows) = Needs.Long ? (60, 20) : (10, 4);
        using var script = Process.Start(
            new ProcessStartInfo(
                "python3",
                [
                    Path.Combine(Documents.Root, "bench", "kill_flows.py"),
                    AiosProcess.Executable,
                    $"--kills={kills}",
                    $"--programs={kills / 5}",
                    $"--flows={flows}",
                    "--seed=7",
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = script.StandardError.ReadToEndAsync();
        var summary = script.StandardOutput.ReadToEnd();
        Assert.True(script.WaitForExit(TimeSpan.FromMinutes(15)), "bench/kill_flows.py does not end");
        Assert.True(script.ExitCode == 0, $"{errors.Result}\n{summary}");
    }
}
