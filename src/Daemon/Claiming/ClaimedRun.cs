using Aios.Daemon.Ticks;
using Aios.Running;
using Aios.Store.Triggers;

namespace Aios.Daemon.Claiming;

/// <summary>A run that has been written down and is to start now.</summary>
/// <param name="Request">What to start.</param>
/// <param name="Source">Where its trigger came from.</param>
/// <param name="Origin">Where its trigger comes from in time.</param>
/// <param name="At">When it was claimed, UTC.</param>
internal sealed record ClaimedRun(RunRequest Request, string Source, TriggerOrigin Origin, DateTimeOffset At)
{
    /// <summary>Which run it is.</summary>
    public RunKey Key => new(Request.RunId, Request.TriggerId, Request.Job.Name, Request.Attempt);

    /// <summary>
    /// Neither kept alive (<c>always</c>), nor done for want of better (<c>idle</c>), nor a mere wait for others: it takes a slot.
    /// </summary>
    public bool IsOrdinaryWork => !Request.Job.IsKeptRunning && Source != TriggerSource.Idle && Request.Job.Work.TakesSlot;
}
