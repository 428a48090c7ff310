using System.Collections.Immutable;
using YamlDotNet.Core;

namespace Aios.Jobs.Yaml;

/// <summary>A list or a map whose end has not been read yet.</summary>
internal sealed class OpenNode(int line, int column, AnchorName anchor, bool isMap)
{
    private readonly ImmutableArray<YamlNode>.Builder? _items = isMap ? null : ImmutableArray.CreateBuilder<YamlNode>();
    private readonly ImmutableArray<YamlEntry>.Builder? _entries = isMap ? ImmutableArray.CreateBuilder<YamlEntry>() : null;
    private List<YamlMap>? _merged;
    private YamlScalar? _key;
    private int _height = 1;
    private long _size = YamlTree.SizeOfNode;

    public AnchorName Anchor => anchor;

    public void Add(YamlNode node)
    {
        _height = Math.Max(_height, node.Height + 1);
        _size += node.Size;
        if (_items is not null)
            _items.Add(node);
        else if (_key is null)
            _key =
                node as YamlScalar
                ?? throw new YamlSyntaxException(node.Line, node.Column, $"{node.Found} cannot be the name of a value; a name is a text");
        else
            AddValue(_key, node);
    }

    /// <summary>The finished node.</summary>
    public YamlNode Close()
    {
        if (_items is not null)
            return new YamlList(line, column, _items.DrainToImmutable()) { Height = _height, Size = _size };

        LayUnder();
        return new YamlMap(line, column, _entries!.DrainToImmutable()) { Height = _height, Size = _size };
    }

    private void AddValue(YamlScalar name, YamlNode value)
    {
        _key = null;
        if (name is { IsPlain: true, Text: "<<" })
            Merge(value);
        else
            _entries!.Add(new YamlEntry(name, value));
    }

    private void Merge(YamlNode value)
    {
        ImmutableArray<YamlNode> sources = value is YamlList list ? list.Items : [value];
        foreach (var source in sources)
        {
            if (source.IsNull)
                continue;
            (_merged ??= []).Add(
                source as YamlMap
                    ?? throw new YamlSyntaxException(
                        source.Line,
                        source.Column,
                        $"found {source.Found} after \"<<\", expected a map or a list of maps"
                    )
            );
        }
    }

    // What is written in the map itself wins over what is merged in, and the earlier of two merged maps over the later.
    private void LayUnder()
    {
        if (_merged is null)
            return;

        var names = _entries!.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in _merged.SelectMany(map => map.Entries))
        {
            if (names.Add(entry.Name))
                _entries!.Add(entry);
        }
    }
}
