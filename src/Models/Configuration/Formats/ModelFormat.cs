using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Models.Configuration;

/// <summary>One of <c>models</c>.</summary>
internal sealed class ModelFormat()
    : MapFormat<LanguageModel>(LanguageModel.Blank, Entries, "field", "{provider: openai, price: {input: 0.15, output: 0.60}}")
{
    private const int MostTokens = 1_000_000_000;

    private static readonly ImmutableArray<MapEntry<LanguageModel>> Entries =
    [
        new MapObject<LanguageModel, string>(
            "provider",
            new TextFormat()!,
            model => model.Provider,
            (model, value) => model with { Provider = value }
        )
        {
            Description = "One of the providers.",
        },
        new MapObject<LanguageModel, string>(
            "name",
            new TextFormat()!,
            model => model.NameThere,
            (model, value) => model with { NameThere = value }
        )
        {
            Description = "What the provider calls it.",
        },
        new MapEntry<LanguageModel, int>(
            "context",
            new IntegerFormat(1, MostTokens),
            model => model.Context,
            (model, value) => model with { Context = value }
        )
        {
            Description = "The most tokens of a request with its answer.",
        },
        new MapEntry<LanguageModel, int>(
            "max_output",
            new IntegerFormat(1, MostTokens),
            model => model.MaxOutput,
            (model, value) => model with { MaxOutput = value }
        )
        {
            Description = "The most tokens of an answer.",
        },
        new MapEntry<LanguageModel, ModelAbilities>(
            "can",
            new WordsFormat<ModelAbilities>(
                (left, right) => left | right,
                "[tools, json]",
                ("tools", ModelAbilities.Tools),
                ("vision", ModelAbilities.Vision),
                ("json", ModelAbilities.Json),
                ("reasoning", ModelAbilities.Reasoning),
                ("embeddings", ModelAbilities.Embeddings)
            ),
            model => model.Can,
            (model, value) => model with { Can = value }
        )
        {
            Description = "What it can do beside answering text with text.",
        },
        new MapObject<LanguageModel, ModelPrice>(
            "price",
            new PriceFormat(),
            model => model.Price,
            (model, value) => model with { Price = value }
        )
        {
            Description = "US dollars for a million tokens, or free.",
        },
    ];

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out LanguageModel value)
    {
        if (!base.TryRead(node, report, out value))
            return false;
        return value.Provider is not null || report.Error(node, "has no provider; expected the name of one of the providers");
    }
}
