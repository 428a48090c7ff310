namespace Aios.Expressions.Nodes;

/// <summary><c>operand.field</c></summary>
internal sealed class SelectNode(int end, Node operand, string name) : Node(operand.Start, end, operand.Height)
{
    public Node Operand => operand;

    public string Field => name;

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step();
        var value = operand.Evaluate(evaluation);
        if (value.IsError)
            return value;
        if (value.Kind != ValueKind.Map)
            return evaluation.Fail(this, $"only a map has fields, but {Description.Of(value)} stands before .{name}");
        return value.AsMap().TryGet(name, out var found) ? found : Missing(evaluation, this, Value.Of(name), value.AsMap());
    }

    public static Value Missing(Evaluation evaluation, Node node, in Value key, MapValue map)
    {
        var names = map.Keys.Where(other => other.Kind == ValueKind.String).Select(other => other.AsString());
        return key.Kind == ValueKind.String
            ? evaluation.Fail(node, $"there is no field {Description.Quoted(key.AsString())}{Description.Names(key.AsString(), names)}")
            : evaluation.Fail(node, $"the map has no key {Description.Of(key)}");
    }
}

/// <summary><c>has(operand.field)</c></summary>
internal sealed class HasNode(int start, int end, Node operand, string name) : Node(start, end, operand.Height)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step();
        var value = operand.Evaluate(evaluation);
        if (value.IsError)
            return value;
        return value.Kind == ValueKind.Map
            ? Value.Of(value.AsMap().TryGet(name, out _))
            : evaluation.Fail(this, $"only a map has fields, but {Description.Of(value)} stands before .{name}");
    }
}

/// <summary><c>operand[index]</c></summary>
internal sealed class IndexNode(int end, Node operand, Node index) : Node(operand.Start, end, Math.Max(operand.Height, index.Height))
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step();
        var value = operand.Evaluate(evaluation);
        if (value.IsError)
            return value;
        var key = index.Evaluate(evaluation);
        if (key.IsError)
            return key;
        return value.Kind switch
        {
            ValueKind.List => At(evaluation, value.AsList(), key),
            ValueKind.Map => value.AsMap().TryGet(key, out var found) ? found : SelectNode.Missing(evaluation, this, key, value.AsMap()),
            _ => evaluation.Fail(this, $"[] takes a list or a map before it, found {Description.Of(value)}"),
        };
    }

    private Value At(Evaluation evaluation, ListValue list, in Value key)
    {
        if (!key.IsNumber || Comparison.ToWhole(key) is not { } place)
            return evaluation.Fail(this, $"the index of a list is a whole number, found {Description.Of(key)}");
        // A list of JSON is searched from its start.
        evaluation.Work(place);
        return place >= 0 && place < list.Count
            ? list[(int)place]
            : evaluation.Fail(this, $"the list has {list.Count} items, the first is [0]; there is no [{place}]");
    }
}
