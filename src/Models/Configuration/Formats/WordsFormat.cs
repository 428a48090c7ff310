using System.Collections.Immutable;
using System.Text.Json;
using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Models.Configuration;

/// <summary>A list of some of a few words, each of which is a flag; one alone needs no list.</summary>
internal sealed class WordsFormat<T>(Func<T, T, T> join, string example, params ImmutableArray<(string Name, T Value)> choices)
    : FieldFormat<T>
    where T : struct, Enum
{
    private readonly ChoiceFormat<T> _one = new(choices);

    /// <inheritdoc/>
    public override string Kind => $"list of {string.Join(", ", choices.Select(choice => choice.Name))}";

    /// <inheritdoc/>
    public override string Expected => $"a list such as {example}";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, out T value)
    {
        value = default;
        if (node is YamlMap)
            return Fail(node, report, out value);
        ImmutableArray<YamlNode> items = node is YamlList list ? list.Items : [node];
        var isWhole = true;
        foreach (var item in items)
        {
            isWhole &= _one.TryRead(item, report, out var one);
            value = join(value, one);
        }

        return isWhole;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        _one.WriteSchema(json);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, T value)
    {
        json.WriteStartArray();
        foreach (var (name, flag) in choices)
        {
            if (value.HasFlag(flag))
                json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }
}
