using System.Diagnostics;
using Aios.Running;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

// One of them counts all that the process allocates.
[Collection(Aios.Tests.BlackBox.Undisturbed.Name)]
public sealed class OutputTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxFact]
    public async Task Both_streams_are_told_apart_and_in_order()
    {
        await _box.Run(Sandbox.Shell("for i in 1 2 3; do echo o$i; echo e$i >&2; done; printf last"));

        Assert.Equal(["o1", "o2", "o3", "last"], _box.Output.Out);
        Assert.Equal(["e1", "e2", "e3"], _box.Output.Error);
    }

    [LinuxFact]
    public async Task A_line_is_told_while_the_program_runs_on()
    {
        var run = _box.Start(Sandbox.Shell("echo early; while ! [ -e go ]; do sleep 0.01; done"));

        await _box.Output.WaitFor("early");
        Assert.False(run.Completion.IsCompleted);
        await File.WriteAllTextAsync(Path.Combine(_box.Home, "go"), "");
        await run.Completion.WaitAsync(Eventually.Guard);
    }

    [LinuxFact]
    public async Task Any_bytes_are_survived()
    {
        var outcome = await _box.Run(Sandbox.Shell("head -c 300000 /dev/urandom; printf '\\n\\377\\376end\\n'"));

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal("\uFFFD\uFFFDend", _box.Output.Out[^1]);
    }

    [LinuxFact]
    public async Task A_flood_is_cut_and_takes_bounded_memory()
    {
        var before = GC.GetTotalAllocatedBytes();

        var outcome = await _box.Run(Sandbox.Shell("echo first; yes 0123456789 | head -c 200000000; echo; echo final"));

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal("first", _box.Output.Out[0]);
        Assert.Equal("final", _box.Output.Out[^1]);
        Assert.Contains(_box.Output.Out, line => line.EndsWith("left out ...", StringComparison.Ordinal));
        Assert.InRange(_box.Output.Characters, 100_000, 400_000);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 150_000_000);
    }

    [LinuxFact]
    public async Task Endless_output_does_not_starve_other_runs()
    {
        var floods = Enumerable.Range(0, 2).Select(_ => _box.Start(Sandbox.Command("yes"))).ToList();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
        {
            var output = new RecordedOutput();
            var run = _box.Runner.Start(new(1000 + i, 1, Sandbox.Shell("echo hello"), 1, "[]", "{}"), output);
            Assert.Equal(RunStatus.Succeeded, (await run.Completion.WaitAsync(Eventually.Guard)).Status);
            Assert.Equal(["hello"], output.All);
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
        floods.ForEach(flood => flood.Stop(StopReason.Canceled, "enough"));
        await Task.WhenAll(floods.Select(flood => flood.Completion)).WaitAsync(Eventually.Guard);
        Assert.True(_box.Output.Characters < 5_000_000);
    }
}
