using System.Collections.Immutable;
using Aios.Daemon.Claiming;
using Aios.Notices;
using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Runs;

namespace Aios.Daemon.Ticks;

/// <summary>What a tick has found, once it is durable.</summary>
internal sealed record TickResult(List<ClaimedRun> Claimed)
{
    /// <summary>What has changed.</summary>
    public TickTally Tally { get; init; } = new();

    /// <summary>When the next waiting trigger is due, UTC.</summary>
    public DateTimeOffset? NextDue { get; init; }

    /// <summary>When each advanced job is due next, UTC.</summary>
    public List<(string JobName, DateTimeOffset? Next)> Expected { get; init; } = [];

    /// <summary>The last row that was looked at.</summary>
    public long SeenId { get; init; }

    /// <summary>Whether there are newer rows to look at.</summary>
    public bool HasMore { get; init; }

    /// <summary>Whether ordinary work stands in line for want of a slot.</summary>
    public bool LacksSlots { get; init; }

    /// <summary>How many triggers wait for their next attempt.</summary>
    public int AwaitingRetry { get; init; }

    /// <summary>The log level that the database names; null if it names none.</summary>
    public string? LogLevel { get; init; }

    /// <summary>How often somebody has entered what a call to a language model cost.</summary>
    public long Reconciliations { get; init; }

    /// <summary>The jobs that are held.</summary>
    public IReadOnlyDictionary<string, JobHold>? Holds { get; init; }

    /// <summary>The runs of this device that somebody wants to end.</summary>
    public IReadOnlyList<(long RunId, StopRequest Request)> ToStop { get; init; } = [];

    /// <summary>Jobs of which rows are still held although they may run again, and the last row that was looked at.</summary>
    public IReadOnlyDictionary<string, long> Releasing { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>How far work on rows in line has come that is done in slices.</summary>
    public LinePlaces LinePlaces { get; init; } = LinePlaces.Done;

    /// <summary>The rows that could not be handled.</summary>
    public IReadOnlyList<RowFault> Faults { get; init; } = [];

    /// <summary>The statements that changed rows, as far as that was noted.</summary>
    public IReadOnlySet<string> Worked { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Lines of the log of which none could be written, for later.</summary>
    public IReadOnlyList<LogLine> Unwritten { get; init; } = [];

    /// <summary>When this device has something to tell next, UTC; null if it has nothing.</summary>
    public DateTimeOffset? NextNotice { get; init; }

    /// <summary>What heartbeat services are told.</summary>
    public IReadOnlyList<Ping> Pings { get; init; } = [];

    /// <summary>The newest instant at which a daemon has worked on the database before, UTC; null if none has, or nobody looked.</summary>
    public DateTimeOffset? NewestInstant { get; init; }

    /// <summary>Whether it said that this device lives, and looked at <see cref="NewestInstant"/>.</summary>
    public bool HasBeaten { get; init; }

    /// <summary>Whether another daemon took this one for dead.</summary>
    public bool WasGivenUp { get; init; }
}
