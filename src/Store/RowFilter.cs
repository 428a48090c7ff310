using Aios.Store.Runs;

namespace Aios.Store;

/// <summary>Which triggers, runs or rows of the audit; what is null does not matter.</summary>
internal sealed record RowFilter
{
    /// <summary>Only those of this job.</summary>
    public string? JobName { get; init; }

    /// <summary>Only those of jobs that match one of these patterns, in which <c>*</c> stands for any letters; empty for all.</summary>
    public IReadOnlyList<string> JobPatterns { get; init; } = [];

    /// <summary>Only those that stand so.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Only those that began (runs) or were made (triggers) at this instant or later, UTC.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only those that began or were made before this instant, UTC.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only runs of this trigger.</summary>
    public long? TriggerId { get; init; }

    /// <summary>Only runs on this device.</summary>
    public string? Device { get; init; }

    /// <summary>Only what was done by those whose name contains this.</summary>
    public string? Actor { get; init; }

    /// <summary>Only this action, or those of this kind: "job" for all that begin with "job.".</summary>
    public string? Action { get; init; }
}
