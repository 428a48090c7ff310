using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>A name that a map may have, and what its value is.</summary>
internal abstract class MapEntry<TMap>(string name)
{
    public string Name { get; } = name;

    /// <summary>One short sentence, for the schema.</summary>
    public required string Description { get; init; }

    public abstract bool TryRead(YamlNode node, Reporter report, ref TMap map);

    /// <summary>Writes name and value, where the map has it.</summary>
    public abstract void Write(Utf8JsonWriter json, TMap map);

    public abstract void WriteSchema(Utf8JsonWriter json);
}
