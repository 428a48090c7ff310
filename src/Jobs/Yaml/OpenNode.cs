using System.Collections.Immutable;
using YamlDotNet.Core;

namespace Aios.Jobs.Yaml;

/// <summary>A list or a map whose end has not been read yet.</summary>
internal sealed class OpenNode(int line, int column, AnchorName anchor, bool isMap)
{
    private readonly ImmutableArray<YamlNode>.Builder? items = isMap ? null : ImmutableArray.CreateBuilder<YamlNode>();
    private readonly ImmutableArray<YamlEntry>.Builder? entries = isMap ? ImmutableArray.CreateBuilder<YamlEntry>() : null;
    private List<YamlMap>? merged;
    private YamlScalar? key;
    private int height = 1;
    private long size = YamlTree.SizeOfNode;

    public AnchorName Anchor => anchor;

    public void Add(YamlNode node)
    {
        height = Math.Max(height, node.Height + 1);
        size += node.Size;
        if (items is not null) items.Add(node);
        else if (key is null) key = node as YamlScalar ?? throw new YamlSyntaxException(node.Line, node.Column, $"{node.Found} cannot be the name of a value; a name is a text");
        else AddValue(key, node);
    }

    /// <summary>The finished node.</summary>
    public YamlNode Close()
    {
        if (items is not null) return new YamlList(line, column, items.DrainToImmutable()) { Height = height, Size = size };

        LayUnder();
        return new YamlMap(line, column, entries!.DrainToImmutable()) { Height = height, Size = size };
    }

    private void AddValue(YamlScalar name, YamlNode value)
    {
        key = null;
        if (name is { IsPlain: true, Text: "<<" }) Merge(value);
        else entries!.Add(new YamlEntry(name, value));
    }

    private void Merge(YamlNode value)
    {
        ImmutableArray<YamlNode> sources = value is YamlList list ? list.Items : [value];
        foreach (var source in sources)
        {
            if (source.IsNull) continue;
            (merged ??= []).Add(source as YamlMap ?? throw new YamlSyntaxException(source.Line, source.Column, $"found {source.Found} after \"<<\", expected a map or a list of maps"));
        }
    }

    // What is written in the map itself wins over what is merged in, and the earlier of two merged maps over the later.
    private void LayUnder()
    {
        if (merged is null) return;

        var names = entries!.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in merged.SelectMany(map => map.Entries))
        {
            if (names.Add(entry.Name)) entries!.Add(entry);
        }
    }
}
