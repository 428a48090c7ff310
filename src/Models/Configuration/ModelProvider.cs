using System.Collections.Immutable;

namespace Aios.Models.Configuration;

/// <summary>A service that answers calls to models.</summary>
internal sealed record ModelProvider
{
    /// <summary>Before anything of it is read.</summary>
    public static readonly ModelProvider Blank = new();

    /// <summary>In models.yaml.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its format; null only while it is read.</summary>
    public ProviderKind? Kind { get; init; }

    /// <summary>Where it is, as the file has it; null for the vendor's own address.</summary>
    public string? Url { get; init; }

    /// <summary>Where its key is: <c>env:NAME</c> or <c>file:PATH</c>; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>Where it is, if the file says so.</summary>
    public ProviderPlace? Where { get; init; }

    /// <summary>How long it may take to the first byte of an answer, and between two pieces of a stream.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>At most so many requests; null is no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>At most so many tokens; null is no limit.</summary>
    public long? TokensPerMinute { get; init; }

    /// <summary>Sent with each request.</summary>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The version of the interface that is asked for; null for the one that AIOS knows.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Where requests go, without a slash at the end.</summary>
    public Uri Address => new((Url ?? OwnAddress(Kind)).TrimEnd('/'));

    /// <summary>Whether calls to it stay in the user's own network.</summary>
    public bool IsLocal => Where is { } place ? place == ProviderPlace.Local : LocalAddresses.IsLocal(Address);

    /// <summary>The address of the vendor; empty if there is none.</summary>
    public static string OwnAddress(ProviderKind? kind) =>
        kind switch
        {
            ProviderKind.OpenAi => "https://api.openai.com/v1",
            ProviderKind.Anthropic => "https://api.anthropic.com",
            ProviderKind.Gemini => "https://generativelanguage.googleapis.com",
            _ => "",
        };
}
