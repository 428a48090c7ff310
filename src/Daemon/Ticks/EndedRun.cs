using Aios.Jobs;
using Aios.Store.Runs;
using Aios.Telemetry;

namespace Aios.Daemon.Ticks;

/// <summary>Which run.</summary>
/// <param name="Id">Its row.</param>
/// <param name="TriggerId">Its trigger.</param>
/// <param name="JobName">Its job's name.</param>
/// <param name="Attempt">Which attempt it is.</param>
internal readonly record struct RunKey(long Id, long TriggerId, string JobName, int Attempt);

/// <summary>A run that is over, with what is needed to decide what follows.</summary>
/// <param name="Run">The run.</param>
/// <param name="Started">When it started, UTC.</param>
/// <param name="End">How it ended.</param>
/// <param name="Job">The job as it was started; null if only its name is known.</param>
internal sealed record EndedRun(RunKey Run, DateTimeOffset Started, RunEnd End, Job? Job)
{
    /// <summary>The trace that it was part of; null where only the database knows.</summary>
    public RunTrace? Trace { get; init; }

    /// <summary>How long it lasted by a clock that nobody sets; null if nobody knows.</summary>
    public TimeSpan? Lasted { get; init; }

    /// <summary>Whether anything shows that it has begun. Without that, one that was lost may never have started.</summary>
    public bool Began { get; init; }

    /// <summary>Whether it has failed for a reason that is the same for each further attempt.</summary>
    public bool IsFinal { get; init; }

    /// <summary>
    /// It was interrupted through no fault of its own: its trigger goes back into the line and the attempt does not count.
    /// </summary>
    public bool Returned { get; init; }
}
