namespace Aios.Store.Models;

/// <summary>Which calls; what is null does not matter.</summary>
internal sealed record CallFilter
{
    /// <summary>Only those of this run.</summary>
    public long? RunId { get; init; }

    /// <summary>Only those of this flow.</summary>
    public long? FlowId { get; init; }

    /// <summary>Only those to this model.</summary>
    public string? Model { get; init; }

    /// <summary>Only those that asked for this route.</summary>
    public string? Route { get; init; }

    /// <summary>Only those of which this came.</summary>
    public CallOutcome? Outcome { get; init; }
}
