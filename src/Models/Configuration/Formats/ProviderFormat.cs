using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Models.Configuration;

/// <summary>One of <c>providers</c>.</summary>
internal sealed class ProviderFormat()
    : MapFormat<ModelProvider>(ModelProvider.Blank, Entries, "field", "{kind: openai, url: \"http://127.0.0.1:11434/v1\"}")
{
    private static readonly ImmutableArray<MapEntry<ModelProvider>> Entries =
    [
        new MapEntry<ModelProvider, ProviderKind>(
            "kind",
            new ChoiceFormat<ProviderKind>(
                ("openai", ProviderKind.OpenAi),
                ("azure", ProviderKind.Azure),
                ("anthropic", ProviderKind.Anthropic),
                ("gemini", ProviderKind.Gemini)
            ),
            provider => provider.Kind,
            (provider, value) => provider with { Kind = value }
        )
        {
            Description = "The format it speaks.",
        },
        new MapObject<ModelProvider, string>(
            "url",
            new AddressFormat()!,
            provider => provider.Url,
            (provider, value) => provider with { Url = value }
        )
        {
            Description = "Where it is; without it, the vendor's own address.",
        },
        new MapObject<ModelProvider, string>(
            "key",
            new KeySourceFormat()!,
            provider => provider.Key,
            (provider, value) => provider with { Key = value }
        )
        {
            Description = "Where its key is: env:NAME or file:PATH.",
        },
        new MapEntry<ModelProvider, ProviderPlace>(
            "where",
            new ChoiceFormat<ProviderPlace>(("local", ProviderPlace.Local), ("remote", ProviderPlace.Remote)),
            provider => provider.Where,
            (provider, value) => provider with { Where = value }
        )
        {
            Description = "Whether calls to it stay in your own network.",
        },
        new MapEntry<ModelProvider, TimeSpan>(
            "timeout",
            new DurationFormat(TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            provider => provider.Timeout,
            (provider, value) => provider with { Timeout = value }
        )
        {
            Description = "How long it may take to the first byte of an answer, and between two pieces of a stream.",
        },
        new MapEntry<ModelProvider, int>(
            "requests_per_minute",
            new IntegerFormat(1, int.MaxValue),
            provider => provider.RequestsPerMinute,
            (provider, value) => provider with { RequestsPerMinute = value }
        )
        {
            Description = "The most requests in a minute.",
        },
        new MapEntry<ModelProvider, int>(
            "tokens_per_minute",
            new IntegerFormat(1, int.MaxValue),
            provider => (int?)provider.TokensPerMinute,
            (provider, value) => provider with { TokensPerMinute = value }
        )
        {
            Description = "The most tokens in a minute.",
        },
        new MapObject<ModelProvider, ImmutableSortedDictionary<string, string>>(
            "headers",
            new EnvFormat(),
            provider => provider.Headers,
            (provider, value) => provider with { Headers = value }
        )
        {
            Description = "Sent with each request.",
        },
        new MapObject<ModelProvider, string>(
            "api_version",
            new TextFormat()!,
            provider => provider.ApiVersion,
            (provider, value) => provider with { ApiVersion = value }
        )
        {
            Description = "The version of its interface.",
        },
    ];

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ModelProvider value)
    {
        if (!base.TryRead(node, report, out value))
            return false;
        if (value.Kind is null)
            return report.Error(node, "has no kind; expected one of openai, azure, anthropic, gemini");
        if (value.Url is null && ModelProvider.OwnAddress(value.Kind).Length == 0)
            return report.Error(node, "has no url; expected the address of the resource such as https://shop.openai.azure.com");
        return true;
    }
}
