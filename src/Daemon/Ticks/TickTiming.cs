using Aios.Daemon.Loop;

namespace Aios.Daemon.Ticks;

/// <summary>When the next tick is due.</summary>
internal sealed class TickTiming(DaemonParts parts, LoopState loop, Scheduler scheduler)
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan LineDelay = TimeSpan.FromMilliseconds(40);

    private readonly IntervalGate _gather = new(parts.Context.Clock, Gathering);
    private readonly IntervalGate _lines = new(parts.Context.Clock, LineDelay);

    /// <summary>Whether it is due.</summary>
    public bool IsDue
    {
        get
        {
            if (loop.HasMore || loop.JudgesAll || loop.Beats || loop.StartsIdle)
                return true;
            if ((parts.Inbox.IsUrgent && !IsGathering) || (parts.Inbox.HasLines && _lines.IsOpen) || parts.Inbox.StartIn <= TimeSpan.Zero)
                return true;
            var now = parts.Context.Now;
            return loop.Last.NextDue <= now || scheduler.NextDue <= now;
        }
    }

    /// <summary>How long until it is due, as far as that depends on time.</summary>
    public TimeSpan DueIn
    {
        get
        {
            var (now, wait) = (parts.Context.Now, TimeSpan.MaxValue);
            if (loop.Last.NextDue is { } due)
                wait = Min(wait, due - now);
            if (scheduler.NextDue is { } occurrence)
                wait = Min(wait, occurrence - now);
            if (parts.Inbox.HasLines)
                wait = Min(wait, _lines.Remaining);
            if (parts.Inbox.StartIn is { } start)
                wait = Min(wait, start);
            if (parts.Inbox.IsUrgent && parts.Supervisor.HasNext)
                wait = Min(wait, _gather.Remaining);
            return wait;
        }
    }

    // A commit costs much, whatever it writes down. While each slot that becomes free has its next run, nothing is won by haste.
    private bool IsGathering => parts.Supervisor.HasNext && !_gather.IsOpen;

    /// <summary>A tick begins: lines of output that come from now on may wait for others.</summary>
    public void Begin() => _lines.Begin();

    /// <summary>A tick is durable: ends of runs that come from now on may wait for others.</summary>
    public void Complete() => _gather.Begin();

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
