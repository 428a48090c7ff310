using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Models.Configuration;

/// <summary>A map of names that the user chooses, each with a value of one kind.</summary>
/// <param name="item">How a value is read.</param>
/// <param name="name">Gives a value its name.</param>
/// <param name="example">A map as YAML writes it.</param>
internal sealed class NamedFormat<T>(FieldFormat<T> item, Func<T, string, T> name, string example)
    : FieldFormat<ImmutableSortedDictionary<string, T>>
    where T : class
{
    private const int LongestName = 200;

    /// <inheritdoc/>
    public override string Kind => "map";

    /// <inheritdoc/>
    public override string Expected => $"a map such as {example}";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableSortedDictionary<string, T> value)
    {
        if (node is not YamlMap map)
            return Fail(node, report, out value);
        var isWhole = report.Once(map);
        var all = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
            isWhole &= TryAdd(entry, report, all);
        value = isWhole ? all.ToImmutable() : null;
        return isWhole;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("additionalProperties");
        item.WriteSchema(json);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableSortedDictionary<string, T> value)
    {
        json.WriteStartObject();
        foreach (var (key, one) in value)
        {
            json.WritePropertyName(key);
            item.WriteValue(json, one);
        }

        json.WriteEndObject();
    }

    private bool TryAdd(YamlEntry entry, Reporter report, ImmutableSortedDictionary<string, T>.Builder all)
    {
        if (entry.Name.Length is 0 or > LongestName || entry.Name.Any(char.IsControl))
            return report.Unexpected(entry.Key, $"a name of 1 to {LongestName} characters");
        if (!item.TryRead(entry.Value, report.ForField($"{report.Field}.{entry.Name}"), out var read))
            return false;
        all[entry.Name] = name(read, entry.Name);
        return true;
    }
}
