using Aios.Daemon.Loop;

namespace Aios.Daemon.Execution;

/// <summary>Returns runs to the line that were claimed ahead and found no slot in time.</summary>
internal sealed class LateReturns(Supervisor supervisor) : IDuty
{
    /// <inheritdoc />
    public bool IsDue => DueIn <= TimeSpan.Zero;

    /// <inheritdoc />
    public TimeSpan DueIn => supervisor.LateIn ?? TimeSpan.MaxValue;

    /// <inheritdoc />
    public bool RunsWhileStopping => true;

    /// <inheritdoc />
    public void Run() => supervisor.ReturnLate();
}
