using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A map of few names, each with a format of its own.</summary>
/// <param name="blank">The value of an empty map.</param>
/// <param name="entries">The names.</param>
/// <param name="word">What a name is called.</param>
/// <param name="example">A map as YAML writes it.</param>
internal abstract class MapFormat<TMap>(TMap blank, ImmutableArray<MapEntry<TMap>> entries, string word, string example) : FieldFormat<TMap>
    where TMap : class
{
    /// <inheritdoc/>
    public override string Kind => $"map with any of {string.Join(", ", entries.Select(entry => entry.Name))}";

    /// <inheritdoc/>
    public override string Expected => $"a map such as {example}";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out TMap value)
    {
        if (node is not YamlMap map)
            return Fail(node, report, out value);

        var read = blank;
        var isWhole = report.Once(map);
        foreach (var given in map.Entries)
            isWhole &= TryRead(given, report, ref read);
        value = isWhole ? read : null;
        return isWhole;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var entry in entries)
        {
            json.WriteStartObject(entry.Name);
            json.WriteString("description", entry.Description);
            entry.WriteSchema(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, TMap value)
    {
        json.WriteStartObject();
        foreach (var entry in entries)
            entry.Write(json, value);
        json.WriteEndObject();
    }

    private bool TryRead(YamlEntry given, Reporter report, ref TMap read)
    {
        foreach (var entry in entries)
        {
            if (entry.Name == given.Name)
                return given.Value.IsNull || entry.TryRead(given.Value, report.ForField(Inside(report, entry.Name)), ref read);
        }

        return report.Error(
            given.Key,
            $"unknown {word} {YamlScalar.Quoted(given.Name)}",
            given.Key.Found,
            report.Nearest(given.Name, entries.Select(entry => entry.Name))
        );
    }

    private static string Inside(Reporter report, string name) => report.Field is null ? name : $"{report.Field}.{name}";
}
