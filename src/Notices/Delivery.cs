namespace Aios.Notices;

/// <summary>What came of trying to tell somebody something.</summary>
/// <param name="Problem">Why it was not told; null if it was.</param>
/// <param name="IsHopeless">Whether trying again would not help.</param>
internal sealed record Delivery(string? Problem, bool IsHopeless = false)
{
    /// <summary>It was told.</summary>
    public static readonly Delivery Done = new((string?)null);

    /// <summary>When the other side wants to be asked again, from now; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
