using System.Collections.Immutable;
using Aios.Jobs;

namespace Aios.Models.Configuration;

/// <summary>A name that requests use, and what answers it.</summary>
internal sealed record ModelRoute
{
    /// <summary>Before anything of it is read.</summary>
    public static readonly ModelRoute Blank = new();

    /// <summary>In models.yaml.</summary>
    public string Name { get; init; } = "";

    /// <summary>Models, in order; default only while it is read.</summary>
    public ImmutableArray<string> Models { get; init; }

    /// <summary>Which is called first.</summary>
    public RouteStrategy Strategy { get; init; }

    /// <summary>For which failures the next one is tried.</summary>
    public FailureKind FallbackOn { get; init; } = FailureKind.Elsewhere;

    /// <summary>How many times more all of them are tried.</summary>
    public int Retries { get; init; }

    /// <summary>Models whose output costs more for a million tokens are left out, US dollars; null for none.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>After how long without any content the next model is asked as well; null for never.</summary>
    public TimeSpan? Hedge { get; init; }

    /// <summary>Models whose answers begin later are tried last; null for none.</summary>
    public TimeSpan? LatencyTarget { get; init; }

    /// <summary>Where its calls may go; null for what the file says of all.</summary>
    public ModelPrivacy? Privacy { get; init; }
}
