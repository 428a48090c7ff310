namespace Aios.Running.Python;

/// <summary>A run of a Python function.</summary>
/// <param name="Request">Its arguments and its job.</param>
/// <param name="Function">What to call.</param>
/// <param name="Spec">Environment, folder and limits; not its argument vector, nor what the exchange adds to the environment.</param>
/// <param name="Home">Where the home is.</param>
internal sealed record FunctionCall(RunRequest Request, Launch.Function Function, ProcessSpec Spec, string Home);
