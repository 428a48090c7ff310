namespace Aios.Models.Wire;

/// <summary>Why there is no answer, for whoever asked.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">For programs, as OpenAI and Anthropic name such errors.</param>
/// <param name="Message">What happened, where, and what to do.</param>
internal sealed record GatewayError(int Status, string Code, string Message)
{
    /// <summary>When to try again; null if nobody knows.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The field that is wrong; null if none is.</summary>
    public string? Field { get; init; }
}
