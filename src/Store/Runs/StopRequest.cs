namespace Aios.Store.Runs;

/// <summary>What somebody wants of a run that goes on, in <c>runs.stop_request</c>.</summary>
internal enum StopRequest
{
    /// <summary>TERM, and KILL after the job's grace.</summary>
    Stop,

    /// <summary>KILL at once.</summary>
    Kill,

    /// <summary>As <see cref="Stop"/>, and its trigger goes back into the line.</summary>
    Restart,
}
