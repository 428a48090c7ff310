using System.Diagnostics;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Docs;

public class PerformancePageTests
{
    [RequiresFact(Need.Python)]
    public void Its_tables_and_charts_are_those_that_the_measured_figures_make()
    {
        using var script = Process.Start(
            new ProcessStartInfo("python3", ["-B", Path.Combine(Documents.Root, "bench", "page"), "--check"])
            {
                RedirectStandardError = true,
            }
        )!;
        var errors = script.StandardError.ReadToEnd();
        Assert.True(script.WaitForExit(TimeSpan.FromSeconds(60)), "bench/page does not end");
        Assert.Equal("", errors);
        Assert.Equal(0, script.ExitCode);
    }
}
