namespace Aios.Expressions.Nodes;

/// <summary>What a macro with a condition answers.</summary>
internal enum Quantifier
{
    All,
    Exists,
    ExistsOne,
}

/// <summary><c>range.all(x, condition)</c>, <c>exists</c> and <c>exists_one</c>.</summary>
internal sealed class QuantifierNode(int end, Quantifier quantifier, Node range, int slot, Node condition)
    : Node(range.Start, end, Math.Max(range.Height, condition.Height))
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step();
        var over = range.Evaluate(evaluation);
        if (over.IsError)
            return over;
        if (Items.Of(over) is not { } items)
            return evaluation.Fail(this, Name, "a list or a map before it", over);

        Value? failure = null;
        var count = 0;
        foreach (var item in items)
        {
            evaluation.Step();
            evaluation.Locals[slot] = item;
            var value = condition.Evaluate(evaluation);
            if (value.Kind != ValueKind.Bool)
            {
                failure ??= value.IsError ? value : evaluation.Fail(condition, Name, "true or false", value);
                if (quantifier == Quantifier.ExistsOne)
                    return failure.Value;
                continue;
            }

            if (value.AsBool() == (quantifier == Quantifier.Exists) && quantifier != Quantifier.ExistsOne)
                return value;
            count += value.AsBool() ? 1 : 0;
        }

        return failure ?? Value.Of(quantifier == Quantifier.ExistsOne ? count == 1 : quantifier == Quantifier.All);
    }

    private string Name =>
        quantifier switch
        {
            Quantifier.All => "all",
            Quantifier.Exists => "exists",
            _ => "exists_one",
        };
}

/// <summary><c>range.map(x, result)</c>, <c>range.map(x, condition, result)</c> and <c>range.filter(x, condition)</c>.</summary>
/// <param name="condition">Null for a map without one.</param>
/// <param name="result">Null for a filter, which keeps the items.</param>
internal sealed class TransformNode(int end, Node range, int slot, Node? condition, Node? result)
    : Node(range.Start, end, Math.Max(range.Height, Math.Max(condition?.Height ?? 0, result?.Height ?? 0)))
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step();
        var over = range.Evaluate(evaluation);
        if (over.IsError)
            return over;
        if (Items.Of(over) is not { } items)
            return evaluation.Fail(this, result is null ? "filter" : "map", "a list or a map before it", over);

        var made = new List<Value>();
        foreach (var item in items)
        {
            evaluation.Step();
            evaluation.Locals[slot] = item;
            var isWanted = condition?.Evaluate(evaluation) ?? Value.True;
            if (isWanted.Kind != ValueKind.Bool)
                return isWanted.IsError ? isWanted : evaluation.Fail(condition!, "a condition", "true or false", isWanted);
            if (!isWanted.AsBool())
                continue;
            var value = result?.Evaluate(evaluation) ?? item;
            if (value.IsError)
                return value;
            evaluation.Make(ListNode.BytesOfItem);
            made.Add(value);
        }

        return Value.Of(made);
    }
}

/// <summary>What macros go through.</summary>
internal static class Items
{
    /// <summary>The items of a list or the keys of a map; null of anything else.</summary>
    public static IEnumerable<Value>? Of(in Value range) =>
        range.Kind switch
        {
            ValueKind.List => range.AsList(),
            ValueKind.Map => range.AsMap().Keys,
            _ => null,
        };
}
