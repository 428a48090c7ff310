using System.Collections.Immutable;
using Aios.Jobs;

namespace Aios.Models.Calls;

/// <summary>Who calls a model.</summary>
internal sealed record Caller
{
    /// <summary>The holder of a key, or the user of this machine; null for a run.</summary>
    public string? Name { get; init; }

    /// <summary>The run whose program calls; null for others.</summary>
    public long? RunId { get; init; }

    /// <summary>The flow of that run.</summary>
    public long? FlowId { get; init; }

    /// <summary>The job of that run.</summary>
    public string? JobName { get; init; }

    /// <summary>The tags of that job.</summary>
    public ImmutableSortedSet<string> Tags { get; init; } = [];

    /// <summary>What it may call.</summary>
    public ModelAccess Access { get; init; } = ModelAccess.All;

    /// <summary>Where its calls may go; null for what the settings say.</summary>
    public ModelPrivacy? Privacy { get; init; }

    /// <summary>The job that pays: of a step, its flow.</summary>
    public string? JobOfBudget => JobName?.IndexOf('/', StringComparison.Ordinal) is { } slash and >= 0 ? JobName![..slash] : JobName;
}
