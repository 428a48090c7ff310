using Aios.Store.Runs;

namespace Aios.Running;

/// <summary>How a run ended.</summary>
/// <param name="Status">Succeeded, Failed, Canceled or TimedOut.</param>
/// <param name="ExitCode">Of the main process; null if a signal ended it or none was started.</param>
/// <param name="Signal">The number of the signal that ended the main process, or null.</param>
/// <param name="ResultJson">What the program left as its result, valid JSON, or null.</param>
/// <param name="Reason">For people, one line: why it did not succeed, or why a result was not kept.</param>
/// <param name="Ended">When the last process of the run was gone.</param>
internal sealed record RunOutcome(RunStatus Status, int? ExitCode, int? Signal, string? ResultJson, string? Reason, DateTimeOffset Ended)
{
    /// <summary>What its processes have used; null if none was started, or the system does not say.</summary>
    public ProcessUsage? Used { get; init; }

    /// <summary>Whether it has failed for a reason that is the same for each further attempt.</summary>
    public bool IsFinal { get; init; }

    /// <summary>How long it lasted by a clock that nobody sets; null if nothing was started.</summary>
    public TimeSpan? Lasted { get; init; }

    /// <summary>Bytes that they printed; null if none was started.</summary>
    public long? OutputBytes { get; init; }

    /// <summary>Lines of it that were not kept.</summary>
    public long LinesLeftOut { get; init; }
}
