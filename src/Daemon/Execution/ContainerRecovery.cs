using Aios.Daemon.Reporting;
using Aios.Jobs;
using Aios.Running.Containers;
using Aios.Store;
using Aios.Store.Runs;

namespace Aios.Daemon.Execution;

/// <summary>
/// Looks after the containers that a dead daemon left. They outlive it: those of this device's own former boots go on, or
/// tell how they ended; those that belong to no run any more are removed.
/// </summary>
internal sealed class ContainerRecovery(DaemonContext context, IStore store, Supervisor supervisor, ContainerRuns containers, DaemonLog log)
{
    // What an engine that is away holds up is removed when it is back.
    private static readonly TimeSpan SweepPatience = TimeSpan.FromSeconds(30);

    /// <summary>Takes up those of this device's former boots that can be; the answer is the others, which are lost.</summary>
    public async Task<IReadOnlyList<RunRecord>> TakeUp(IReadOnlyList<RunRecord> left, JobList list)
    {
        // Who has no containers, and had none, asks no engine.
        if (left.Count == 0 && !list.NeedEngine)
            return [];

        var fates = await Task.WhenAll(left.Select(run => containers.FateOf(run.Id))).ConfigureAwait(false);
        var goingOn = left.Where((_, index) => fates[index] == ContainerFate.CanTell).ToList();
        foreach (var run in goingOn)
            await TakeUp(run, list).ConfigureAwait(false);
        if (goingOn.Count > 0)
            log.Info(
                $"Took up {goingOn.Count} {(goingOn.Count == 1 ? "run" : "runs")} in containers that continued without a daemon: "
                    + $"{string.Join(", ", goingOn.Take(20).Select(run => $"{run.JobName}#{run.Id}"))}."
            );

        var kept = goingOn.Select(run => run.Id).ToHashSet();
        await RemoveLeft(context.Device, kept.Contains).ConfigureAwait(false);
        return RemoveFiles(left.Where(run => !kept.Contains(run.Id)));
    }

    /// <summary>
    /// Ends the containers of a device that is dead, as far as this device's engine has them; the answer is the runs that have
    /// begun.
    /// </summary>
    public async Task<IReadOnlyList<long>> End(string device, IReadOnlyList<RunRecord> left)
    {
        if (left.Count == 0)
            return [];
        var fates = left.Select(run => containers.FateOf(run.Id)).ToList();
        await Task.WhenAny(Task.WhenAll(fates), Task.Delay(SweepPatience, context.Clock)).ConfigureAwait(false);
        var begun = left.Where((_, index) => fates[index] is { IsCompletedSuccessfully: true, Result: ContainerFate.CanTell })
            .Select(run => run.Id)
            .ToList();
        // Only those: the device may just be coming back, and what it starts then is its own.
        var lost = left.Select(run => run.Id).ToHashSet();
        await RemoveLeft(device, run => !lost.Contains(run)).ConfigureAwait(false);
        RemoveFiles(left);
        return begun;
    }

    private List<RunRecord> RemoveFiles(IEnumerable<RunRecord> lost)
    {
        var runs = lost.ToList();
        foreach (var run in runs)
            containers.RemoveFiles(run.Id);
        return runs;
    }

    private async Task TakeUp(RunRecord run, JobList list)
    {
        var (isOurs, last) = await store
            .Write(queue => (queue.Runs.TakeUp(run.Id, context.BootId), queue.Logs.LastOf(run.Id)))
            .ConfigureAwait(false);
        if (!isOurs)
            return;
        // A job that is in no list any more still has a run that goes on.
        var job = list.Find(run.JobName) ?? new Job { Name = run.JobName };
        supervisor.TakeUp(run, job, last is { } known ? new LogPosition(known.At, known.Lines) : null);
    }

    private async Task RemoveLeft(string device, Func<long, bool> isKept)
    {
        var sweep = Tell(device, containers.RemoveLeft(device, isKept));
        await Task.WhenAny(sweep, Task.Delay(SweepPatience, context.Clock)).ConfigureAwait(false);
    }

    private async Task Tell(string device, Task<int> sweep)
    {
        var removed = await sweep.ConfigureAwait(false);
        if (removed > 0)
            log.Warning(
                $"Removed {removed} {(removed == 1 ? "container" : "containers")} of device \"{device}\" that belonged to no run any more."
            );
    }
}
