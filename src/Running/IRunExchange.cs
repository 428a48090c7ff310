using Aios.Running.Secrets;

namespace Aios.Running;

/// <summary>How a run gets its arguments and leaves its outcome.</summary>
internal interface IRunExchange
{
    /// <summary>What the program's environment must say of it.</summary>
    IEnumerable<KeyValuePair<string, string>> Environment { get; }

    /// <summary>Takes what the program left, and removes all traces. Called once, when no process of the run is left.</summary>
    /// <param name="mask">Hides secrets in the result.</param>
    RunReturn Take(SecretMask? mask);
}
