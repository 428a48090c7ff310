using System.Text.Json;

namespace Aios.Jobs.Formats;

/// <summary>An entry whose value is an object of a class; null is not given.</summary>
internal sealed class MapObject<TMap, T>(string name, FieldFormat<T> format, Func<TMap, T?> get, Func<TMap, T, TMap> set)
    : FormattedEntry<TMap, T>(name, format, set)
    where T : class
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, TMap map)
    {
        if (get(map) is { } value)
            WriteGiven(json, value);
    }
}
