namespace Aios.Running;

/// <summary>One execution, from its start to the end of its last process.</summary>
internal interface IRun
{
    /// <summary>The run's row.</summary>
    long RunId { get; }

    /// <summary>The main process, which leads the run's session; null if none could be started.</summary>
    int? Pid { get; }

    /// <summary>The kernel's start time of the main process in clock ticks since boot; null if it could not be read.</summary>
    long? ProcessStart { get; }

    /// <summary>When it was started.</summary>
    DateTimeOffset Started { get; }

    /// <summary>Done when no process of the run is left and all its output was delivered. Never faults.</summary>
    Task<RunOutcome> Completion { get; }

    /// <summary>
    /// Ends the run: TERM to all its processes, KILL after the job's grace. Calling it again changes nothing, except
    /// that <paramref name="atOnce"/> kills also while a grace goes on. The first reason is the one that is kept.
    /// </summary>
    /// <param name="reason">What kind of stop it is.</param>
    /// <param name="why">For the run's record.</param>
    /// <param name="atOnce">KILL without TERM and grace.</param>
    void Stop(StopReason reason, string why, bool atOnce = false);
}
