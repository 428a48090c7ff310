using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>Environment variables. A number or boolean is taken as the text that is written.</summary>
internal sealed class EnvFormat : FieldFormat<ImmutableSortedDictionary<string, string>>
{
    /// <inheritdoc/>
    public override string Kind => "map of strings";

    /// <inheritdoc/>
    public override string Expected => "a map such as {LANG: C, RETRIES: 5}";

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out ImmutableSortedDictionary<string, string> value)
    {
        if (node is not YamlMap map)
            return Fail(node, report, out value);

        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var isWhole = report.Once(map);
        foreach (var entry in map.Entries)
        {
            isWhole &= IsVariable(entry, report);
            variables[entry.Name] = (entry.Value as YamlScalar)?.Text ?? "";
        }

        value = isWhole ? variables.ToImmutable() : null;
        return isWhole;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("propertyNames");
        json.WriteString("pattern", "^[^=]+$");
        json.WriteEndObject();
        json.WriteStartObject("additionalProperties");
        json.WriteStartArray("type");
        json.WriteStringValue("string");
        json.WriteStringValue("number");
        json.WriteStringValue("boolean");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, ImmutableSortedDictionary<string, string> value)
    {
        json.WriteStartObject();
        foreach (var variable in value)
            json.WriteString(variable.Key, variable.Value);
        json.WriteEndObject();
    }

    private static bool IsVariable(YamlEntry entry, Reporter report)
    {
        if (entry.Name.Length == 0 || entry.Name.AsSpan().ContainsAny('=', '\0'))
        {
            return report.Unexpected(entry.Key, "the name of an environment variable, without = in it");
        }

        if (entry.Value is YamlScalar { IsNull: false } scalar && !scalar.Text.Contains('\0'))
            return true;
        return report.Unexpected(entry.Value, $"a text or a number for {YamlScalar.Quoted(entry.Name)}; write \"\" for an empty one");
    }
}
