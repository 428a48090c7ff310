using Aios.Store.Runs;

namespace Aios.Daemon.Claiming;

/// <summary>What is to be done with a trigger at the front of the line.</summary>
internal abstract record Verdict
{
    private Verdict() { }

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
