using Aios.Daemon.Monitoring;
using Aios.Daemon.Reporting;
using Aios.Jobs;
using Aios.Running;
using Aios.Tests.Running;

namespace Aios.Tests.Daemon;

/// <summary>A limit that nothing keeps is told, once.</summary>
public sealed class LimitWarningsTests
{
    private static readonly Job Quiet = Sandbox.Command("true") with { Limits = new() { Output = 1 } };
    private static readonly Job Greedy = Sandbox.Command("true") with
    {
        Name = "greedy",
        Limits = new() { Memory = 1 << 20 },
    };

    [Fact]
    public void Each_is_told_when_the_list_is_taken_over_and_not_again_while_it_stays()
    {
        using var box = new Sandbox((settings, time) => new Runner(settings, time, new PlainProcessHost()));
        using var terminal = new StringWriter();
        using (var log = new DaemonLog(terminal, TimeProvider.System))
        {
            var warnings = new LimitWarnings(box.Runner, log);
            foreach (var list in (JobList[])[List(Quiet), List(Quiet, Greedy), List(Greedy)])
                warnings.Tell(list);
        }

        var line = Assert.Single(terminal.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            "The limit memory (only on Linux) is not kept on this device. Jobs that have it: greedy.",
            line,
            StringComparison.Ordinal
        );
    }

    private static JobList List(params Job[] jobs) => new([.. jobs], [], [], []);
}
