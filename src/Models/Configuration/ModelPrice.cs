namespace Aios.Models.Configuration;

/// <summary>What a model costs, in US dollars: for a million tokens of each class, and for one image or request.</summary>
internal sealed record ModelPrice
{
    /// <summary>Before anything of it is read.</summary>
    public static readonly ModelPrice Blank = new();

    /// <summary>Nothing.</summary>
    public static readonly ModelPrice Free = new() { Input = 0, Output = 0 };

    private const decimal Million = 1_000_000;

    /// <summary>Tokens of the request.</summary>
    public decimal? Input { get; init; }

    /// <summary>Tokens of the answer.</summary>
    public decimal? Output { get; init; }

    /// <summary>Tokens of the request that the provider had already read; null for the price of other input.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>Tokens of the request that the provider keeps; null for the price of other input.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>Tokens of thoughts; null for the price of other output.</summary>
    public decimal? Reasoning { get; init; }

    /// <summary>One image of the request.</summary>
    public decimal? Image { get; init; }

    /// <summary>One request.</summary>
    public decimal? Request { get; init; }

    /// <summary>What tokens cost, exactly.</summary>
    public decimal CostOf(TokenUsage usage)
    {
        var input = Input ?? 0;
        var output = Output ?? 0;
        var tokens =
            (usage.Input * input)
            + (usage.CachedInput * (CachedInput ?? input))
            + (usage.CacheWrite * (CacheWrite ?? input))
            + (usage.Output * output)
            + (usage.Reasoning * (Reasoning ?? output));
        return (tokens / Million) + (usage.Images * (Image ?? 0)) + (Request ?? 0);
    }

    /// <summary>The most that so many tokens can cost, whatever class they turn out to be.</summary>
    public decimal MostFor(long input, long output, int images)
    {
        var dearestInput = Math.Max(Input ?? 0, Math.Max(CachedInput ?? 0, CacheWrite ?? 0));
        var dearestOutput = Math.Max(Output ?? 0, Reasoning ?? 0);
        return (((input * dearestInput) + (output * dearestOutput)) / Million) + (images * (Image ?? 0)) + (Request ?? 0);
    }
}
