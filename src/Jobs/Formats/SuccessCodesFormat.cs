using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A list of exit statuses, at least one, or one alone.</summary>
internal sealed class SuccessCodesFormat : FieldFormat<ImmutableSortedSet<int>>
{
    private const int Most = 255;
    private static readonly IntegerFormat Item = new(0, Most);

    /// <inheritdoc/>
    public override string Kind => "list of exit statuses";

    /// <inheritdoc/>
    public override string Expected => "a list of exit statuses from 0 to 255 such as [0, 2]";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableSortedSet<int> value)
    {
        value = null;
        ImmutableArray<YamlNode> items = node is YamlList list ? list.Items : [node];
        if (items.IsEmpty || node is YamlMap)
            return Fail(node, report, out value);

        var codes = Job.OnlyZero.Clear();
        var isWhole = true;
        foreach (var item in items)
        {
            if (Item.TryRead(item, report, out var code))
                codes = codes.Add(code);
            else
                isWhole = false;
        }

        value = codes.SetEquals(Job.OnlyZero) ? Job.OnlyZero : codes;
        return isWhole;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        Item.WriteSchema(json);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteNumber("minItems", 1);
        json.WriteStartObject("items");
        Item.WriteSchema(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableSortedSet<int> value)
    {
        json.WriteStartArray();
        foreach (var code in value)
            json.WriteNumberValue(code);
        json.WriteEndArray();
    }

    /// <summary>"0 and 2".</summary>
    public static string InWords(ImmutableSortedSet<int> codes)
    {
        var texts = codes.Select(code => code.ToString(CultureInfo.InvariantCulture)).ToArray();
        return texts.Length == 1 ? texts[0] : $"{string.Join(", ", texts[..^1])} and {texts[^1]}";
    }
}
