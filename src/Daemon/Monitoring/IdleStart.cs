using Aios.Daemon.Loop;
using Aios.Jobs.Schedules;

namespace Aios.Daemon.Monitoring;

/// <summary>Starts <c>idle</c> jobs when the device becomes idle, and ends the quiet period when work comes.</summary>
internal sealed class IdleStart(DaemonParts parts, LoopState loop) : IDuty
{
    /// <inheritdoc />
    public bool IsDue => !parts.Context.Settings.UntilIdle && parts.List.Current.Of(StartedBy.Idle).Any();

    /// <inheritdoc />
    public void Run()
    {
        if (parts.Supervisor.IsWorking || loop.Last.LacksSlots)
            parts.Idle.EndQuiet();
        else
            loop.StartsIdle |= parts.Idle.BecomesIdle(parts.Supervisor.Living.Any(run => run.IsIdle));
    }
}
