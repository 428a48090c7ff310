using Aios.Expressions;

namespace Aios.Tests.Expressions;

/// <summary>Names and their values.</summary>
internal sealed class TestScope : IScope
{
    private readonly Dictionary<string, Value> _values = [];

    public IEnumerable<string> Roots => _values.Keys;

    public Value this[string root]
    {
        set => _values[root] = value;
    }

    /// <summary>The scope with the members of a JSON object.</summary>
    public static TestScope Of(string json)
    {
        var scope = new TestScope();
        var map = Value.OfJson(json).AsMap();
        foreach (var name in map.Keys)
        {
            Assert.True(map.TryGet(name, out var value));
            scope[name.AsString()] = value;
        }

        return scope;
    }

    public bool TryGet(string root, out Value value) => _values.TryGetValue(root, out value);
}
