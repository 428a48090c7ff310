namespace Aios.Expressions;

/// <summary>A map; immutable. Its keys are strings, ints, uints or bools. Numbers that are equal are the same key.</summary>
internal abstract class MapValue
{
    public abstract int Count { get; }

    /// <summary>In the order of the text or the expression that made the map.</summary>
    public abstract IEnumerable<Value> Keys { get; }

    /// <summary>The JSON text it came from, or null.</summary>
    public virtual string? RawJson => null;

    public abstract bool TryGet(string key, out Value value);

    public virtual bool TryGet(in Value key, out Value value)
    {
        if (key.Kind == ValueKind.String)
            return TryGet(key.AsString(), out value);
        value = default;
        return false;
    }
}
