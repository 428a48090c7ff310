using Aios.Jobs;
using Aios.Telemetry;

namespace Aios.Running;

/// <summary>One execution that shall start now.</summary>
/// <param name="RunId">The run's row; names its files and is in its environment.</param>
/// <param name="TriggerId">The trigger it serves.</param>
/// <param name="Job">What to run, under which rules.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="ArgsJson">The positional arguments, merged by the caller: a JSON array.</param>
/// <param name="KwargsJson">The named arguments, merged by the caller: a JSON object.</param>
internal sealed record RunRequest(long RunId, long TriggerId, Job Job, int Attempt, string ArgsJson, string KwargsJson)
{
    /// <summary>The trace that it is part of.</summary>
    internal RunTrace? Trace { get; init; }

    /// <summary>What its program is told of that, as W3C writes it; null for nothing.</summary>
    public string? TraceParent { get; init; }
}
