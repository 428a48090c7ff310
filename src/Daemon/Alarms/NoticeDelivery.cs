using Aios.Daemon.Loop;
using Aios.Notices;

namespace Aios.Daemon.Alarms;

/// <summary>Sends the notices that are due.</summary>
internal sealed class NoticeDelivery(NoticeDispatcher dispatcher) : IDuty
{
    /// <inheritdoc />
    public bool IsDue => DueIn <= TimeSpan.Zero;

    /// <inheritdoc />
    public TimeSpan DueIn => dispatcher.DueIn;

    /// <inheritdoc />
    public bool MayEnd => dispatcher.MayEnd;

    /// <inheritdoc />
    public void Run() => dispatcher.RunDue();
}
