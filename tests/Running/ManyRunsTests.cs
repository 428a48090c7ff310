using Aios.Jobs;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

public sealed class ManyRunsTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxFact]
    public async Task Two_hundred_at_once_end_each_with_its_own_status()
    {
        var runs = Enumerable
            .Range(0, 200)
            .Select(i => _box.Start(Sandbox.Shell($"echo out{i}; while ! [ -e go ]; do sleep 0.05; done; exit {i % 100}")))
            .ToList();
        await File.WriteAllTextAsync(Path.Combine(_box.Home, "go"), "");

        var outcomes = await Task.WhenAll(runs.Select(run => run.Completion)).WaitAsync(Eventually.Guard);

        Assert.Equal(Enumerable.Range(0, 200).Select(i => (int?)(i % 100)), outcomes.Select(outcome => outcome.ExitCode));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"out{i}").Order(), _box.Output.Out.Order());
    }

    [LinuxFact]
    public async Task Thousands_of_quick_ones_leak_nothing()
    {
        await Run(100);
        var before = OpenPipes();
        var succeeded = await Run(2000);

        Assert.Equal(2000, succeeded);
        await Eventually.Is(() => OpenPipes() <= before + 8, "as many pipes as before");
        await Eventually.Is(() => !Processes.Zombies().Exists(zombie => zombie.Session == zombie.Pid), "no zombies");
        Assert.Empty(Directory.GetFileSystemEntries(_box.RunFiles));
    }

    [LinuxFact]
    public async Task Thousands_of_quick_ones_of_another_niceness_are_all_seen_to_end() =>
        Assert.Equal(3000, await Run(3000, new() { Nice = 1 }));

    // Pipes of tests beside this one are among them, so it is waited for.
    private static int OpenPipes() =>
        Directory
            .GetFiles("/proc/self/fd")
            .Count(file => new FileInfo(file).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);

    private async Task<int> Run(int count, JobLimits? limits = null)
    {
        var next = 0;
        var succeeded = 0;
        var job = Sandbox.Command("/bin/true") with { Limits = limits ?? JobLimits.None };
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (Interlocked.Increment(ref next) <= count)
                        {
                            if ((await _box.Run(job)).Status == RunStatus.Succeeded)
                            {
                                Interlocked.Increment(ref succeeded);
                            }
                        }
                    })
                )
        );
        return succeeded;
    }
}
