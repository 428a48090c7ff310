using Aios.Store.Runs;

namespace Aios.Health;

/// <summary>How a process of an <c>always</c> job has ended.</summary>
/// <param name="Status">Its run's status.</param>
/// <param name="Lasted">How long it lived.</param>
/// <param name="Reason">The run's reason.</param>
/// <param name="RunId">The run.</param>
internal sealed record ProcessEnd(RunStatus Status, TimeSpan Lasted, string? Reason, long RunId)
{
    /// <summary>Somebody asked for it.</summary>
    public bool IsWanted { get; init; }

    /// <summary>It failed of its own: a daemon that died, or somebody who stopped it, says nothing about the job.</summary>
    public bool IsFailure => !IsWanted && Status is (RunStatus.Failed or RunStatus.TimedOut);

    /// <summary>It says something about the job.</summary>
    public bool Counts => !IsWanted && Status is (RunStatus.Failed or RunStatus.TimedOut or RunStatus.Succeeded);
}
