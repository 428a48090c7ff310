using System.Text.Json;
using Aios.Platform;

namespace Aios.Expressions;

/// <summary>An object of a JSON text. Of members with the same name, the last counts.</summary>
internal sealed class JsonMap(JsonElement element) : MapValue
{
    // Beyond it a second search is paid for by an index.
    private const int FewMembers = 16;

    private OrderedDictionary<string, JsonElement>? _index;
    private bool _isSearched;

    // A list or a map that was found keeps its own index for the next time: a macro asks for the same one again and again.
    private Child? _last;

    public override int Count => Index.Count;

    public override IEnumerable<Value> Keys => Index.Keys.Select(name => Value.Of(name));

    public override string RawJson => element.GetRawText();

    private OrderedDictionary<string, JsonElement> Index => _index ??= MakeIndex();

    public override bool TryGet(string key, out Value value)
    {
        if (_last is { } last && last.Name == key)
        {
            value = last.Value;
            return true;
        }

        var isThere = TryFind(key, out var found);
        value = isThere ? Value.Of(found) : default;
        if (value.Kind is ValueKind.List or ValueKind.Map)
            _last = new Child(key, value);
        return isThere;
    }

    private bool TryFind(string key, out JsonElement found)
    {
        if (_index is null && _isSearched && element.GetPropertyCount() > FewMembers)
            _index = MakeIndex();
        if (_index is not null)
            return _index.TryGetValue(key, out found);
        _isSearched = true;
        try
        {
            return element.TryGetProperty(key, out found);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // A name here is no Unicode; the runtime cannot read it.
            return Index.TryGetValue(key, out found);
        }
    }

    private OrderedDictionary<string, JsonElement> MakeIndex()
    {
        var index = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
            index[Platform.RawJson.Name(member)] = member.Value;
        return index;
    }

    private sealed record Child(string Name, Value Value);
}
