using Aios.Models.Configuration;

namespace Aios.Models.Calls;

/// <summary>Why an attempt gave no answer.</summary>
/// <param name="Kind">The kind of failure.</param>
/// <param name="Reason">In words.</param>
internal sealed record AttemptFailure(FailureKind Kind, string Reason)
{
    /// <summary>Whether the provider may have worked on it, so that it may bill it.</summary>
    public bool MayBeBilled { get; init; }

    /// <summary>How long the provider asks to be left alone; null if it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the provider calls the request; null if it does not say.</summary>
    public string? ProviderRequest { get; init; }

    /// <summary>The provider's HTTP status; null if it sent none.</summary>
    public int? Status { get; init; }
}
