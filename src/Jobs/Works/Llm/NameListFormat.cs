using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>Names, at least so many, none of them twice.</summary>
/// <param name="what">What they name, in the plural.</param>
/// <param name="example">A list of them.</param>
/// <param name="least">The fewest.</param>
internal sealed class NameListFormat(string what, string example, int least = 1) : FieldFormat<ImmutableArray<string>>
{
    private const int Most = 100;

    /// <inheritdoc/>
    public override string Kind => $"list of {what}";

    /// <inheritdoc/>
    public override string Expected => $"a list of {(least > 1 ? $"at least {least} " : "")}{what} such as {example}, each once";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableArray<string> value)
    {
        value = [];
        var items =
            node is YamlList list ? list.Items
            : least <= 1 && node is YamlScalar ? [node]
            : [];
        if (items.Length < least || items.Length > Most || items.Any(item => item is not YamlScalar { IsNull: false, Text.Length: > 0 }))
            return Fail(node, report, out value);
        value = [.. items.Select(item => ((YamlScalar)item).Text)];
        return value.Distinct(StringComparer.Ordinal).Count() == value.Length || Fail(node, report, out value);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("type");
        if (least <= 1)
            json.WriteStringValue("string");
        json.WriteStringValue("array");
        json.WriteEndArray();
        json.WriteNumber("minItems", least);
        json.WriteNumber("maxItems", Most);
        json.WriteBoolean("uniqueItems", true);
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableArray<string> value)
    {
        json.WriteStartArray();
        foreach (var name in value)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }
}
