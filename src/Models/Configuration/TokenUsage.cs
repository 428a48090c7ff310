namespace Aios.Models.Configuration;

/// <summary>The tokens of a call, each counted in one class only.</summary>
/// <param name="Input">Of the request, read anew.</param>
/// <param name="Output">Of the answer.</param>
internal readonly record struct TokenUsage(long Input, long Output)
{
    /// <summary>Of the request, which the provider had already read.</summary>
    public long CachedInput { get; init; }

    /// <summary>Of the request, which the provider keeps for later.</summary>
    public long CacheWrite { get; init; }

    /// <summary>Of thoughts.</summary>
    public long Reasoning { get; init; }

    /// <summary>Images of the request.</summary>
    public int Images { get; init; }

    /// <summary>All tokens.</summary>
    public long Total => Input + CachedInput + CacheWrite + Output + Reasoning;
}
