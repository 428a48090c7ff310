using Aios.Daemon.Loop;

namespace Aios.Daemon.History;

/// <summary>Keeps history within its limits, in steps between ticks.</summary>
internal sealed class RetentionSteps(DaemonParts parts, LoopState loop) : IDuty
{
    /// <inheritdoc />
    public bool IsDue => IsBusy || DueIn <= TimeSpan.Zero;

    /// <inheritdoc />
    public TimeSpan DueIn => parts.Retention.DueIn;

    /// <inheritdoc />
    public bool MayEnd => parts.Retention.MayEnd;

    // What a step would hold up.
    private bool IsBusy => loop.HasMore || loop.Last.LacksSlots || parts.Supervisor.IsWorking || parts.Inbox.IsUrgent;

    /// <inheritdoc />
    public void Run() => parts.Retention.RunDue(IsBusy);
}
