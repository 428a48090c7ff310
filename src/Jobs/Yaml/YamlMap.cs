using System.Collections.Immutable;

namespace Aios.Jobs.Yaml;

/// <summary>Named values, in the order they are written. The same name may occur twice: whoever reads it tells.</summary>
internal sealed class YamlMap(int line, int column, ImmutableArray<YamlEntry> entries) : YamlNode(line, column)
{
    public ImmutableArray<YamlEntry> Entries { get; } = entries;

    /// <inheritdoc/>
    public override string Found => Entries.IsEmpty ? "an empty map" : $"a map with \"{Entries[0].Name}\"";

    /// <summary>The first entry of that name, or null.</summary>
    public YamlEntry? Find(string name)
    {
        foreach (var entry in Entries)
        {
            if (entry.Name == name)
                return entry;
        }

        return null;
    }
}
