using Aios.Daemon.Claiming;
using Aios.Daemon.Loop;
using Aios.Daemon.Ticks;
using Aios.Jobs;

namespace Aios.Daemon.Monitoring;

/// <summary>
/// Takes over the job list when its files have changed. Watchers report a change at once; where they cannot, a look each second
/// finds it.
/// </summary>
internal sealed class JobListReload : IDuty
{
    private readonly DaemonParts _parts;
    private readonly LoopState _loop;
    private readonly Scheduler _scheduler;
    private readonly StatusLine _status;
    private readonly IntervalGate _gate;

    public JobListReload(DaemonParts parts, LoopState loop, Scheduler scheduler, StatusLine status)
    {
        (_parts, _loop, _scheduler, _status) = (parts, loop, scheduler, status);
        _gate = new IntervalGate(parts.Context.Clock, Orchestrator.LongestSleep);
        scheduler.Follow(Runnable);
    }

    /// <inheritdoc />
    public bool IsDue => _parts.Files.JobsTouched || _parts.List.WantsLook || _gate.IsOpen;

    /// <inheritdoc />
    public TimeSpan DueIn => _parts.List.LookAgainIn ?? TimeSpan.MaxValue;

    private IEnumerable<Job> Runnable => _parts.List.Current.Jobs.Where(job => JobEligibility.CanRun(job, _parts.Context.Settings.Tags));

    /// <inheritdoc />
    public void Run()
    {
        _ = _gate.IsDue();
        _parts.Files.ClearJobsTouched();
        var wasAskedTo = _parts.List.Force;
        var formerTrouble = _parts.List.Trouble;
        var isNew = _parts.List.TryReload();
        _loop.Beats |= _parts.List.Trouble != formerTrouble;
        if (wasAskedTo)
            _parts.Liveness.Ready(_status.Text);
        if (!isNew)
            return;
        _scheduler.Follow(Runnable, _parts.List.Changed);
        _loop.JudgesAll = true;
        _parts.Supervisor.StopUnwanted(_parts.List.Current);
    }
}
