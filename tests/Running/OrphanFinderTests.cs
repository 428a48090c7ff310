using System.Diagnostics;
using Aios.Running;

namespace Aios.Tests.Running;

public sealed class OrphanFinderTests : IDisposable
{
    private readonly string _marker = "orphans:" + Guid.NewGuid();
    private readonly OrphanFinder _finder = new(TimeProvider.System);

    public void Dispose() => _ = _finder.EndAll(marker => marker == _marker, [], TimeSpan.Zero).Wait(Eventually.Guard);

    [LinuxFact]
    public async Task Marked_processes_are_found_after_their_parent_is_gone_and_ended()
    {
        await Leave("setsid sleep 1000 & setsid sh -c 'trap \"\" TERM; while :; do sleep 0.1; done' &", 2);

        var (count, _) = await _finder
            .EndAll(marker => marker.StartsWith(_marker, StringComparison.Ordinal), [], TimeSpan.FromMilliseconds(300))
            .WaitAsync(Eventually.Guard);

        Assert.True(count >= 2);
        Assert.Empty(Processes.With(_marker));
    }

    [LinuxFact]
    public async Task Marks_of_others_are_left_alone()
    {
        await Leave("setsid sleep 1000 &", 1);

        var (count, _) = await _finder.EndAll(marker => marker == "another's", [], TimeSpan.Zero).WaitAsync(Eventually.Guard);

        Assert.Equal(0, count);
        Assert.Single(Processes.With(_marker));
    }

    [LinuxFact]
    public async Task A_recorded_session_is_found_without_a_mark()
    {
        using var leader = Process.Start(
            new ProcessStartInfo("setsid", ["-w", "env", "-i", "/bin/sh", "-c", "echo $$; sleep 1000 & sleep 1000"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var pid = Processes.Pid((await leader.StandardOutput.ReadLineAsync())!);
        var start = ProcessIdentity.StartOf(pid)!.Value;

        Assert.Equal(
            0,
            (await _finder.EndAll(_ => false, [new(pid, start - 1)], TimeSpan.FromSeconds(1)).WaitAsync(Eventually.Guard)).Processes
        );
        var (count, _) = await _finder.EndAll(_ => false, [new(pid, start)], TimeSpan.FromSeconds(10)).WaitAsync(Eventually.Guard);

        Assert.InRange(count, 2, 3);
        Assert.False(Processes.IsAlive(pid));
        await leader.WaitForExitAsync().WaitAsync(Eventually.Guard);
    }

    [LinuxFact]
    public async Task A_recorded_session_whose_leader_is_gone_is_found()
    {
        using var shell = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "setsid sh -c 'env -i sleep 1000 > /dev/null & echo $$ $!'"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var pids = (await shell.StandardOutput.ReadLineAsync())!.Split(' ').Select(Processes.Pid).ToArray();
        await shell.WaitForExitAsync().WaitAsync(Eventually.Guard);
        await Eventually.Is(() => !Processes.IsAlive(pids[0]), "the leader's end");

        await Eventually.Is(() => ProcessIdentity.StartOf(pids[0]) is null, "the leader's reaping");
        var (count, _) = await _finder.EndAll(_ => false, [new(pids[0], 1)], TimeSpan.FromSeconds(10)).WaitAsync(Eventually.Guard);

        Assert.Equal(1, count);
        Assert.False(Processes.IsAlive(pids[1]));
    }

    [LinuxFact]
    public void This_process_has_an_identity()
    {
        Assert.Equal(Environment.ProcessId, ProcessIdentity.Current.Pid);
        Assert.True(ProcessIdentity.Current.Start > 0);
        Assert.True(ProcessIdentity.Current.IsAlive);
        Assert.Null(ProcessIdentity.StartOf(int.MaxValue));
    }

    // As a daemon that was killed would leave them.
    private async Task Leave(string script, int count)
    {
        var info = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true };
        info.Environment["AIOS_MARK"] = _marker;
        info.Environment["AIOS_RUN_ID"] = "1";
        using var parent = Process.Start(info)!;
        await parent.WaitForExitAsync().WaitAsync(Eventually.Guard);
        await Eventually.Is(() => Processes.With(_marker).Count >= count, "the orphans");
    }
}
