using Aios.Daemon.Claiming;
using Aios.Running;

namespace Aios.Daemon.Execution;

/// <summary>A run that was claimed here and is not over.</summary>
internal sealed class LivingRun(ClaimedRun claim)
{
    /// <summary>What was claimed.</summary>
    public ClaimedRun Claim { get; } = claim;

    /// <summary>The run, once it was started.</summary>
    public IRun? Run { get; set; }

    /// <summary>A stop that was asked for before there was something to stop.</summary>
    public (StopReason Reason, string Why, bool AtOnce)? PendingStop { get; set; }

    /// <summary>Set when its trigger shall go back into the line as if it had not been claimed.</summary>
    public bool Returned { get; set; }

    /// <summary>Whether it takes one of the device's slots.</summary>
    public bool TakesSlot => Claim.IsOrdinaryWork;

    /// <summary>Whether it is the process of an <c>always</c> job.</summary>
    public bool IsAlways => Claim.Request.Job.IsKeptRunning;

    /// <summary>Whether it runs only because nothing else does.</summary>
    public bool IsIdle => Claim.Source == Aios.Store.Triggers.TriggerSource.Idle;
}
