using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Daemon.Claiming;

/// <summary>What is to be done with a trigger at the front of the line.</summary>
internal abstract record Verdict
{
    private Verdict() { }

    /// <summary>Does with the row what it says, where that is to leave the line without a run.</summary>
    /// <returns>Whether the row has left the line.</returns>
    public bool TurnAway(ITriggers triggers, long id, DateTimeOffset now)
    {
        switch (this)
        {
            case Delay delay:
                triggers.Delay(id, delay.Due, delay.Reason);
                return true;
            case Hold hold:
                triggers.Hold(id, hold.Reason);
                return true;
            case Close close:
                triggers.Close(id, close.Status, close.Reason, now);
                return true;
            default:
                return false;
        }
    }

    /// <summary>It may start now.</summary>
    public sealed record Start(Jobs.Job Job) : Verdict;

    /// <summary>It stays in line: room will come, or another device takes it.</summary>
    public sealed record Stay : Verdict
    {
        public static readonly Stay InLine = new();
    }

    /// <summary>It leaves the line until an instant.</summary>
    public sealed record Delay(DateTimeOffset Due, string Reason) : Verdict;

    /// <summary>It leaves the line until something else changes.</summary>
    public sealed record Hold(string Reason) : Verdict;

    /// <summary>It will not run.</summary>
    public sealed record Close(RunStatus Status, string Reason) : Verdict;
}
