namespace Aios.Store.Runs;

/// <summary>How much stands in line, on all devices together.</summary>
/// <param name="Queued">Triggers that may start as soon as there is room.</param>
/// <param name="WaitingForTime">Triggers that wait for an instant.</param>
/// <param name="WaitingForElse">Triggers that wait for something else: a device with their tags, a job that is let go on.</param>
/// <param name="Running">Runs that go on.</param>
/// <param name="OldestQueued">Since when, UTC, the first of the queued ones could have started; null if there is none.</param>
internal sealed record QueueFigures(long Queued, long WaitingForTime, long WaitingForElse, long Running, DateTimeOffset? OldestQueued)
{
    /// <summary>Where nothing stands in line.</summary>
    public static readonly QueueFigures Empty = new(0, 0, 0, 0, null);

    /// <summary>All that wait.</summary>
    public long Waiting => WaitingForTime + WaitingForElse;
}
