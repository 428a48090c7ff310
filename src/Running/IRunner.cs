namespace Aios.Running;

/// <summary>Starts runs.</summary>
public interface IRunner : IDisposable
{
    /// <summary>
    /// Starts a run on the calling thread (some tenths of a millisecond). Does not throw for what a user can cause: a
    /// run that cannot start is one whose <see cref="IRun.Completion"/> is Failed and says why. Safe from several
    /// threads at once.
    /// </summary>
    IRun Start(RunRequest request, IRunOutput output);
}
