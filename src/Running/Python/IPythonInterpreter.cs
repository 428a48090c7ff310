namespace Aios.Running.Python;

/// <summary>Where the interpreter comes from that calls a function.</summary>
internal interface IPythonInterpreter : IDisposable
{
    /// <summary>Starts the call in a process of its own.</summary>
    /// <exception cref="RunStartException">It could not be started.</exception>
    IChild Start(FunctionCall call, IRunObserver observer);
}
