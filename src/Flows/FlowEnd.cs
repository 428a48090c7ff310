using Aios.Jobs;
using Aios.Store.Flows;
using Aios.Store.Results;
using Aios.Store.Runs;

namespace Aios.Flows;

/// <summary>A flow that is over.</summary>
/// <param name="Flow">Which.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Reason">Why; null if all went well.</param>
/// <param name="ResultJson">The result of its last step.</param>
/// <param name="Job">Its job, as it was when the flow began; null if nobody understands its plan.</param>
internal sealed record FlowEnd(FlowRecord Flow, RunStatus Status, string? Reason, string? ResultJson, Job? Job)
{
    /// <summary>Where that is, if it is too long for a row.</summary>
    public ResultReference? ResultFile { get; init; }

    /// <summary>Whether it was interrupted, and its trigger goes back into the line.</summary>
    public bool Returned { get; init; }
}
