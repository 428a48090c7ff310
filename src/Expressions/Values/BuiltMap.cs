namespace Aios.Expressions;

/// <summary>A map of values.</summary>
internal sealed class BuiltMap : MapValue
{
    private readonly OrderedDictionary<Value, Value> _members = new(KeyComparer.Instance);

    public override int Count => _members.Count;

    public override IEnumerable<Value> Keys => _members.Keys;

    public static BuiltMap Of(IEnumerable<KeyValuePair<string, Value>> members)
    {
        var map = new BuiltMap();
        foreach (var (name, value) in members)
            map._members[Value.Of(name)] = value;
        return map;
    }

    /// <summary>Puts a member into a map that nobody else knows yet; false if the key is there already.</summary>
    public bool TryAdd(in Value key, in Value value) => _members.TryAdd(key, value);

    public override bool TryGet(string key, out Value value) => _members.TryGetValue(Value.Of(key), out value);

    public override bool TryGet(in Value key, out Value value) => _members.TryGetValue(key, out value);
}
