using System.Collections.Immutable;

namespace Aios.Store.Events;

/// <summary>What can happen. All but <see cref="ListReloaded"/> is noticed by the database itself.</summary>
internal static class EventKinds
{
    /// <summary>A daemon has taken over its job list.</summary>
    public const string ListReloaded = "list.reloaded";

    /// <summary>A run is over.</summary>
    public const string RunEnded = "run.ended";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<string> All =
    [
        "trigger.queued",
        "trigger.closed",
        "run.started",
        "run.progress",
        RunEnded,
        "job.paused",
        "job.stopped",
        "job.ended",
        "job.resumed",
        ListReloaded,
        "flow.step",
        "approval.waiting",
        "approval.decided",
        "device.online",
        "device.offline",
    ];
}
