using System.Collections;
using System.Text.Json;

namespace Aios.Expressions;

/// <summary>A list; immutable.</summary>
internal abstract class ListValue : IEnumerable<Value>
{
    public abstract int Count { get; }

    public abstract Value this[int index] { get; }

    /// <summary>The JSON text it came from, or null.</summary>
    public virtual string? RawJson => null;

    public abstract IEnumerator<Value> GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A list of values.</summary>
internal sealed class BuiltList(IReadOnlyList<Value> items) : ListValue
{
    public override int Count => items.Count;

    public override Value this[int index] => items[index];

    public override IEnumerator<Value> GetEnumerator() => items.GetEnumerator();
}

/// <summary>An array of a JSON text.</summary>
internal sealed class JsonList(JsonElement array) : ListValue
{
    public override int Count => array.GetArrayLength();

    public override Value this[int index] => Value.Of(array[index]);

    public override string RawJson => array.GetRawText();

    public override IEnumerator<Value> GetEnumerator()
    {
        foreach (var item in array.EnumerateArray())
            yield return Value.Of(item);
    }
}
