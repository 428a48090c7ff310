using System.Collections.Immutable;

namespace Aios.Expressions.Nodes;

/// <summary><c>[a, b, ...]</c></summary>
internal sealed class ListNode(int start, int end, ImmutableArray<Node> items)
    : Node(start, end, items.IsEmpty ? 0 : items.Max(item => item.Height))
{
    public const int BytesOfItem = 24;

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step();
        evaluation.Make(items.Length * BytesOfItem);
        var values = new Value[items.Length];
        for (var at = 0; at < values.Length; at++)
        {
            values[at] = items[at].Evaluate(evaluation);
            if (values[at].IsError)
                return values[at];
        }

        return Value.Of(values);
    }
}

/// <summary><c>{a: b, ...}</c></summary>
internal sealed class MapNode(int start, int end, ImmutableArray<(Node Key, Node Value)> members)
    : Node(start, end, members.IsEmpty ? 0 : members.Max(member => Math.Max(member.Key.Height, member.Value.Height)))
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step();
        evaluation.Make(members.Length * 4 * ListNode.BytesOfItem);
        var map = new BuiltMap();
        foreach (var member in members)
        {
            var key = member.Key.Evaluate(evaluation);
            if (key.IsError)
                return key;
            if (key.Kind == ValueKind.Double || !KeyComparer.IsKey(key))
                return evaluation.Fail(member.Key, "a key of a map", "a string, int, uint or bool", key);
            var value = member.Value.Evaluate(evaluation);
            if (value.IsError)
                return value;
            if (!map.TryAdd(key, value))
                return evaluation.Fail(member.Key, $"the map has the key {Description.Of(key)} twice");
        }

        return Value.Of(map);
    }
}
