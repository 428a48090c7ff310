using Aios.Expressions.Syntax;

namespace Aios.Expressions.Nodes;

/// <summary>An arithmetic operator, a comparison or <c>in</c>.</summary>
internal sealed class BinaryNode(TokenKind sign, Node left, Node right) : Node(left.Start, right.End, Math.Max(left.Height, right.Height))
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step();
        var a = left.Evaluate(evaluation);
        if (a.IsError)
            return a;
        var b = right.Evaluate(evaluation);
        if (b.IsError)
            return b;
        return sign switch
        {
            TokenKind.Equal => Value.Of(Comparison.AreEqual(evaluation, a, b)),
            TokenKind.NotEqual => Value.Of(!Comparison.AreEqual(evaluation, a, b)),
            TokenKind.In => IsIn(evaluation, a, b),
            TokenKind.Less or TokenKind.LessEqual or TokenKind.Greater or TokenKind.GreaterEqual => Compare(evaluation, a, b),
            _ => Arithmetic.Compute(evaluation, this, sign, a, b),
        };
    }

    private Value Compare(Evaluation evaluation, in Value a, in Value b)
    {
        if (!Comparison.IsOrdered(a, b))
            return evaluation.Fail(
                this,
                $"{Description.Of(a)} and {Description.Of(b)} have no order; compare numbers, or two values of one type"
            );
        var order = Comparison.Order(evaluation, a, b);
        return Value.Of(
            sign switch
            {
                TokenKind.Less => order < 0,
                TokenKind.LessEqual => order <= 0,
                TokenKind.Greater => order > 0,
                _ => order >= 0,
            }
        );
    }

    private Value IsIn(Evaluation evaluation, in Value item, in Value within)
    {
        if (within.Kind == ValueKind.Map)
            return Value.Of(KeyComparer.IsKey(item) && within.AsMap().TryGet(item, out _));
        if (within.Kind == ValueKind.String)
            return evaluation.Fail(this, "in takes a list or a map behind it; for a text write text.contains(part)");
        if (within.Kind != ValueKind.List)
            return evaluation.Fail(this, $"in takes a list or a map behind it, found {Description.Of(within)}");
        foreach (var candidate in within.AsList())
        {
            evaluation.Step();
            if (Comparison.AreEqual(evaluation, item, candidate))
                return Value.True;
        }

        return Value.False;
    }
}

/// <summary><c>-operand</c></summary>
internal sealed class NegateNode(int start, Node operand) : Node(start, operand.End, operand.Height)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step();
        var value = operand.Evaluate(evaluation);
        return value.Kind switch
        {
            ValueKind.Error => value,
            ValueKind.Int when value.AsInt() == long.MinValue => evaluation.Fail(this, Arithmetic.Overflow),
            ValueKind.Int => Value.Of(-value.AsInt()),
            ValueKind.Double => Value.Of(-value.AsDouble()),
            ValueKind.Duration when value.AsDuration().Nanoseconds == long.MinValue => evaluation.Fail(this, Arithmetic.Overflow),
            ValueKind.Duration => Value.Of(new Duration(-value.AsDuration().Nanoseconds)),
            _ => evaluation.Fail(this, "-", "an int, a double or a duration", value),
        };
    }
}
