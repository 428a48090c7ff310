namespace Aios.Running.Python;

/// <summary>
/// Where the interpreter comes from that calls a function. The seam for one that is warm and forks: everything else
/// about a function's run stays as it is.
/// </summary>
internal interface IPythonInterpreter
{
    /// <summary>Starts the call in a process of its own.</summary>
    /// <param name="call">What to call.</param>
    /// <param name="spec">Environment and folder; its argument vector is not yet set.</param>
    /// <param name="observer">Hears of it.</param>
    /// <exception cref="StartFailure">It could not be started.</exception>
    IChild Start(Launch.Function call, ProcessSpec spec, IChildObserver observer);
}
