namespace Aios.Running;

/// <summary>Starts processes and tells of their output and end. The seam between runs and an operating system.</summary>
internal interface IProcessHost : IDisposable
{
    /// <summary>Starts a process as the leader of a session of its own.</summary>
    /// <exception cref="RunStartException">It could not be started.</exception>
    IChild Start(ProcessSpec spec, IChildObserver observer);

    /// <summary>What keeps the limits of the processes that it starts.</summary>
    /// <param name="marker">The value of <c>AIOS_MARK</c> of all of them.</param>
    ILimiter MakeLimiter(string marker);
}
