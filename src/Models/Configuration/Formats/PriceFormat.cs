using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Models.Configuration;

/// <summary>What a model costs: <c>free</c>, or a map of classes.</summary>
internal sealed class PriceFormat() : MapFormat<ModelPrice>(ModelPrice.Blank, Entries, "class", "{input: 0.15, output: 0.60}, or free")
{
    private const string Free = "free";
    private static readonly NumberFormat Dollars = new(0, 1_000_000);

    private static readonly ImmutableArray<MapEntry<ModelPrice>> Entries =
    [
        Class("input", "A million tokens of requests.", price => price.Input, (price, value) => price with { Input = value }),
        Class("output", "A million tokens of answers.", price => price.Output, (price, value) => price with { Output = value }),
        Class(
            "cached_input",
            "A million tokens of requests that the provider had already read.",
            price => price.CachedInput,
            (price, value) => price with { CachedInput = value }
        ),
        Class(
            "cache_write",
            "A million tokens of requests that the provider keeps.",
            price => price.CacheWrite,
            (price, value) => price with { CacheWrite = value }
        ),
        Class("reasoning", "A million tokens of thoughts.", price => price.Reasoning, (price, value) => price with { Reasoning = value }),
        Class("image", "One image.", price => price.Image, (price, value) => price with { Image = value }),
        Class("request", "One request.", price => price.Request, (price, value) => price with { Request = value }),
    ];

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ModelPrice value)
    {
        value = ModelPrice.Free;
        if (node is YamlScalar scalar && (scalar.Text.Equals(Free, StringComparison.OrdinalIgnoreCase) || IsZero(scalar.Text)))
            return true;
        return base.TryRead(node, report, out value);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        json.WriteString("const", Free);
        json.WriteEndObject();
        json.WriteStartObject();
        base.WriteSchema(json);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static bool IsZero(string text) => text.Trim('0', '.').Length == 0 && text.Contains('0', StringComparison.Ordinal);

    private static MapEntry<ModelPrice, decimal> Class(
        string name,
        string description,
        Func<ModelPrice, decimal?> get,
        Func<ModelPrice, decimal, ModelPrice> set
    ) => new(name, Dollars, get, set) { Description = description };
}
