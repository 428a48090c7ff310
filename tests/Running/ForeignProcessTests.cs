using System.Diagnostics;

namespace Aios.Tests.Running;

/// <summary>Processes that another part of this process starts keep working beside the reaper.</summary>
public sealed class ForeignProcessTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxFact]
    public async Task Their_exit_codes_reach_who_started_them()
    {
        var ours = Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => _box.Run(Sandbox.Shell($"exit {i}")))));
        var theirs = Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => ExitOf(i))));

        Assert.Equal(Enumerable.Range(0, 100), await theirs.WaitAsync(Eventually.Guard));
        Assert.Equal(Enumerable.Range(0, 100), (await ours.WaitAsync(Eventually.Guard)).Select(outcome => outcome.ExitCode!.Value));
    }

    [LinuxFact]
    public async Task Several_runners_share_one_process()
    {
        using var other = new Sandbox();
        var both = Enumerable
            .Range(0, 100)
            .Select(i => Task.Run(() => (i % 2 == 0 ? _box : other).Run(Sandbox.Shell($"sleep 1000 & exit {i}"))));

        var outcomes = await Task.WhenAll(both).WaitAsync(Eventually.Guard);

        Assert.Equal(Enumerable.Range(0, 100), outcomes.Select(outcome => outcome.ExitCode!.Value));
    }

    private static async Task<int> ExitOf(int code)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exit {code}"]))!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
