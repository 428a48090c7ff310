using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>An entry whose value is an object of a class; null is not given.</summary>
internal sealed class MapObject<TMap, T>(string name, FieldFormat<T> format, Func<TMap, T?> get, Func<TMap, T, TMap> set)
    : MapEntry<TMap>(name)
    where T : class
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
    public override void Write(Utf8JsonWriter json, TMap map)
    {
        if (get(map) is not { } value)
            return;

        json.WritePropertyName(Name);
        format.WriteValue(json, value);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json) => format.WriteSchema(json);
}
