using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>An entry whose value has a format of its own.</summary>
internal abstract class FormattedEntry<TMap, T>(string name, FieldFormat<T> format, Func<TMap, T, TMap> set) : MapEntry<TMap>(name)
{
    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, ref TMap map)
    {
        if (!format.TryRead(node, report, out var value))
            return false;

        map = set(map, value);
        return true;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json) => format.WriteSchema(json);

    /// <summary>Writes name and value.</summary>
    protected void WriteGiven(Utf8JsonWriter json, T value)
    {
        json.WritePropertyName(Name);
        format.WriteValue(json, value);
    }
}
