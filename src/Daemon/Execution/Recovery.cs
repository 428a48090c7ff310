using Aios.Daemon.Presence;
using Aios.Daemon.Reporting;
using Aios.Daemon.Ticks;
using Aios.Jobs;
using Aios.Platform;
using Aios.Running;
using Aios.Store;
using Aios.Store.Devices;
using Aios.Store.Runs;

namespace Aios.Daemon.Execution;

/// <summary>
/// Puts right what a daemon left that ended without a goodbye: ends its processes where they can be reached, then records
/// its runs as lost, from where the rules for a failed attempt take over. That it is done twice, by two devices at once,
/// harms nobody.
/// </summary>
internal sealed class Recovery(
    DaemonContext context,
    IStore store,
    StateFolder state,
    ContainerRecovery containers,
    Inbox inbox,
    DaemonLog log
)
{
    private static readonly TimeSpan KeepGoneDevices = TimeSpan.FromDays(30);
    private static readonly TimeSpan KeepOwnerless = TimeSpan.FromDays(1);

    // Longer than a daemon that lives needs for its next heartbeat.
    private static readonly TimeSpan TimeToBeat = TimeSpan.FromSeconds(15);

    // For processes whose job nobody knows any more.
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(2);

    // Heartbeats that looked too old, and when (monotonic) each was first seen.
    private readonly Dictionary<string, (DateTimeOffset Beat, long Seen)> _silent = [];

    /// <summary>Looks after the processes of this device's former boots.</summary>
    /// <param name="former">The row that the last of them left, or null.</param>
    /// <param name="list">For the grace of each job.</param>
    public async Task RecoverFormerBoots(DeviceRecord? former, JobList list)
    {
        if (former is null)
            return;
        var left = await LeftByFormerBoots().ConfigureAwait(false);
        var ours = DaemonContext.MarkerOf(context.DatabaseId, context.Device, "");
        await EndAndRecord(
                former,
                [.. left.Where(IsProcess)],
                marker => marker.StartsWith(ours, StringComparison.Ordinal) && marker != context.Marker,
                list
            )
            .ConfigureAwait(false);
    }

    /// <summary>Looks after their containers, apart from all else: their engine may be away.</summary>
    public async Task RecoverFormerContainers(DeviceRecord? former, JobList list)
    {
        if (former is null)
            return;
        var left = await LeftByFormerBoots().ConfigureAwait(false);
        var lost = await containers.TakeUp([.. left.Where(run => !IsProcess(run))], list).ConfigureAwait(false);
        Record(former, lost, list, await Begun(lost).ConfigureAwait(false));
    }

    /// <summary>Looks after other devices that the database calls online and that do not live.</summary>
    /// <returns>Whether one was found.</returns>
    public async Task<bool> RecoverOthers(JobList list)
    {
        var devices = await store
            .Write(queue =>
            {
                queue.Devices.ForgetGoneSince(context.Now - KeepGoneDevices);
                return queue.Devices.All();
            })
            .ConfigureAwait(false);
        var found = devices.Where(device => device.Online && device.Device != context.Device && IsDead(device)).ToList();
        foreach (var dead in found)
            await TryRecover(dead, list).ConfigureAwait(false);
        return found.Count > 0;
    }

    // A row of one device that cannot be handled does not keep the others from being looked after.
    private async Task TryRecover(DeviceRecord dead, JobList list)
    {
        try
        {
            await Recover(dead, list).ConfigureAwait(false);
        }
        catch (Exception error) when (RowFault.IsOfRow(error))
        {
            log.Error(
                $"Could not look after what device \"{dead.Device}\" left, which is tried again: devices {dead.Device}: "
                    + $"{RowFault.ReasonOf(error)}"
            );
        }
    }

    private async Task Recover(DeviceRecord dead, JobList list)
    {
        log.Warning($"Device \"{dead.Device}\" has died; taking care of what it left.");
        var left = await store.Write(queue => queue.Runs.LeftByDead(dead)).ConfigureAwait(false);
        var marks = left.Select(run => run.BootId)
            .Append(dead.BootId)
            .Select(boot => DaemonContext.MarkerOf(context.DatabaseId, dead.Device, boot))
            .ToHashSet();
        await EndAndRecord(dead, [.. left.Where(IsProcess)], marks.Contains, list).ConfigureAwait(false);
        var inContainers = left.Where(run => !IsProcess(run)).ToList();
        var begun = await Begun(inContainers).ConfigureAwait(false);
        begun.UnionWith(await containers.End(dead.Device, inContainers).ConfigureAwait(false));
        Record(dead, inContainers, list, begun);
        await store
            .Write(queue =>
            {
                queue.Devices.Leave(dead.Device, dead.BootId, dead.Heartbeat);
                return true;
            })
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Removes the run files of boots that are over, once the database has no run of theirs that goes on: until then they
    /// tell which have begun.
    /// </summary>
    /// <returns>Whether all that was there is of daemons that live.</returns>
    public async Task<bool> RemoveRunFiles()
    {
        state.RemoveOwnerlessRunFiles(context.Now - KeepOwnerless);
        // Listed first: whoever makes such a folder has registered before.
        var boots = state.BootsWithRunFiles(context.DatabaseId);
        if (boots.All(boot => boot == context.BootId))
            return true;
        var (online, goingOn) = await store
            .Write(queue =>
                (
                    queue.Devices.All().Where(device => device.Online).Select(device => device.BootId).ToHashSet(),
                    queue.Runs.BootsGoingOn().ToHashSet()
                )
            )
            .ConfigureAwait(false);
        foreach (var boot in boots.Where(boot => !online.Contains(boot) && !goingOn.Contains(boot)))
            state.RemoveRunFiles(context.DatabaseId, boot);
        return boots.All(boot => boot == context.BootId || online.Contains(boot));
    }

    private static bool IsProcess(RunRecord run) => run.Container is null;

    private Task<IReadOnlyList<RunRecord>> LeftByFormerBoots() => store.Write(queue => queue.Runs.LeftBy(context.Device, context.BootId));

    // When the machine has slept or the clock has jumped, everybody's heartbeat looks old until its owner has had time for another.
    private bool IsDead(DeviceRecord device)
    {
        if (DeviceLease.Lives(device, state, context.Now))
            return false;
        if (device.LockDomain == state.LockDomain)
            return true;
        if (_silent.TryGetValue(device.Device, out var silent) && silent.Beat == device.Heartbeat)
            return context.Clock.GetElapsedTime(silent.Seen) >= TimeToBeat;
        _silent[device.Device] = (device.Heartbeat, context.Clock.GetTimestamp());
        return false;
    }

    private async Task EndAndRecord(DeviceRecord device, IReadOnlyList<RunRecord> left, Func<string, bool> isTheirs, JobList list)
    {
        IReadOnlySet<long> found = new HashSet<long>();
        if (device.Machine == Machine.Boot)
        {
            found = await EndOrphans(left, isTheirs, list).ConfigureAwait(false);
            LimitLeftovers.Remove(isTheirs);
        }

        // Read when no process is left that could still add to it.
        var begun = await Begun(left).ConfigureAwait(false);
        begun.UnionWith(found);
        Record(device, left, list, begun);
    }

    // A process that was written down, a file that it has made, a line that it has printed.
    private async Task<HashSet<long>> Begun(IReadOnlyList<RunRecord> left)
    {
        var begun = left.Where(run => run.Pid is not null).Select(run => run.Id).ToHashSet();
        foreach (var boot in left.Select(run => run.BootId).Distinct())
            begun.UnionWith(StartStamps.BegunIn(state.RunFiles(context.DatabaseId, boot)));
        var unseen = left.Where(run => !begun.Contains(run.Id)).ToList();
        if (unseen.Count > 0)
            begun.UnionWith(
                await store
                    .Write(queue => unseen.Where(run => queue.Logs.LastOf(run.Id) is not null).Select(run => run.Id).ToList())
                    .ConfigureAwait(false)
            );
        return begun;
    }

    private void Record(DeviceRecord device, IReadOnlyList<RunRecord> left, JobList list, HashSet<long> begun)
    {
        if (left.Count > 0)
            log.Warning(
                $"{(left.Count == 1 ? "1 run" : $"{left.Count} runs")} of device \"{device.Device}\" {(left.Count == 1 ? "was" : "were")} "
                    + $"lost when its daemon died: {string.Join(", ", left.Take(20).Select(run => $"{run.JobName}#{run.Id}"))}."
            );
        foreach (var run in left)
        {
            var began = begun.Contains(run.Id);
            var reason = began
                ? $"the daemon on device \"{device.Device}\" died during the run"
                : $"the daemon on device \"{device.Device}\" died before anything showed that it had started";
            inbox.Add(
                new EndedRun(
                    new RunKey(run.Id, run.TriggerId, run.JobName, run.Attempt),
                    run.Started,
                    new RunEnd(RunStatus.Lost, context.Now) { Reason = reason },
                    list.Find(run.JobName)
                )
                {
                    Began = began,
                }
            );
        }
    }

    private async Task<IReadOnlySet<long>> EndOrphans(IReadOnlyList<RunRecord> left, Func<string, bool> isTheirs, JobList list)
    {
        var recorded = left.Where(run => run is { Pid: not null, ProcessStart: not null })
            .Select(run => new ProcessIdentity(run.Pid!.Value, run.ProcessStart!.Value))
            .ToList();
        var grace = left.Select(run => list.Find(run.JobName)?.Grace).Max() ?? DefaultGrace;
        return (await new OrphanFinder(context.Clock).EndAll(isTheirs, recorded, grace).ConfigureAwait(false)).Runs;
    }
}
