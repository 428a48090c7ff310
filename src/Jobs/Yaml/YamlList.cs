using System.Collections.Immutable;

namespace Aios.Jobs.Yaml;

/// <summary>A list of values.</summary>
internal sealed class YamlList(int line, int column, ImmutableArray<YamlNode> items) : YamlNode(line, column)
{
    public ImmutableArray<YamlNode> Items { get; } = items;

    /// <inheritdoc/>
    public override string Found => Items.IsEmpty ? "an empty list" : "a list";
}
