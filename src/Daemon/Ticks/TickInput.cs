using System.Collections.Immutable;
using Aios.Daemon.Claiming;
using Aios.Jobs;
using Aios.Store.Jobs;

namespace Aios.Daemon.Ticks;

/// <summary>What one tick is to do. It is not changed by the tick, which may be done again after a rollback.</summary>
internal sealed record TickInput(DateTimeOffset Now, JobList List, InboxBatch Inbox)
{
    /// <summary>Scheduled jobs whose time has come.</summary>
    public IReadOnlyCollection<string> DueJobs { get; init; } = [];

    /// <summary>Whether the list is new: who has which job is written down, and what was held is judged again.</summary>
    public bool ListIsNew { get; init; }

    /// <summary>Whether this list has come into force since the last tick, and not only something that it is judged by.</summary>
    public bool ListWasTakenOver { get; init; }

    /// <summary>Whether the files of the list differ from the list in force, because they are just being saved.</summary>
    public Func<bool> ListIsChanging { get; init; } = static () => false;

    /// <summary>Why those files are not in force; null if they are.</summary>
    public string? ListTrouble { get; init; }

    /// <summary>Whether to see that each <c>always</c> job has its trigger, and to say that this device lives.</summary>
    public bool Beats { get; init; }

    /// <summary>What is wrong with this device, for all to see.</summary>
    public string? Trouble { get; init; }

    /// <summary>Why no run can begin or end on it, in words; null if they can.</summary>
    public string? Stalls { get; init; }

    /// <summary>How the container engine is, in words; null while no job has an image.</summary>
    public string? Engine { get; init; }

    /// <summary>The last row of <c>triggers</c> that was looked at; null before the first look.</summary>
    public long? SeenId { get; init; }

    /// <summary>How many runs may start; null while none may (the daemon is stopping).</summary>
    public int? Claimable { get; init; }

    /// <summary>How many calls to language models may begin, which take no slots.</summary>
    public Func<FreeCalls> FreeCalls { get; init; } = static () => default;

    /// <summary>Whether <c>idle</c> work may run.</summary>
    public bool Quiet { get; init; }

    /// <summary>The jobs that were held when the last tick looked; null before the first look.</summary>
    public IReadOnlyDictionary<string, JobHold>? Holds { get; init; }

    /// <summary>Jobs that may run again, of which rows are still held, and the last row that was looked at.</summary>
    public IReadOnlyDictionary<string, long> Releasing { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>How far work on rows in line has come that is done in slices.</summary>
    public LinePlaces LinePlaces { get; init; } = LinePlaces.Done;

    /// <summary>The rows that are left out.</summary>
    public required RowFaults LeftOut { get; init; }

    /// <summary>Whether it has failed before, so that the row at fault is looked for.</summary>
    public bool IsCareful { get; init; }

    /// <summary>Whether a quiet period has just come of age.</summary>
    public bool StartIdle { get; init; }
}
