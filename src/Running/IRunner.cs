using Aios.Running.Containers;

namespace Aios.Running;

/// <summary>Starts runs.</summary>
internal interface IRunner : IDisposable
{
    /// <summary>
    /// Starts a run on the calling thread (some tenths of a millisecond). Does not throw for what a user can cause: a
    /// run that cannot start is one whose <see cref="IRun.Completion"/> is Failed and says why. Safe from several
    /// threads at once.
    /// </summary>
    IRun Start(RunRequest request, IRunOutput output);

    /// <summary>Takes up a run in a container that a daemon left which died.</summary>
    /// <param name="request">The run; its arguments were given to it then.</param>
    /// <param name="started">When it was started.</param>
    /// <param name="known">How far its output is written down; null if none is.</param>
    /// <param name="output">Takes the rest of it.</param>
    IRun TakeUp(RunRequest request, DateTimeOffset started, LogPosition? known, IRunOutput output);

    /// <summary>The end of a run is durable: what was kept for the case that it is not can go. Returns at once.</summary>
    void Forget(long runId);
}
