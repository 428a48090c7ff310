using System.Collections.Immutable;

namespace Aios.Expressions.Nodes;

/// <summary>
/// <c>a &amp;&amp; b &amp;&amp; ...</c> and <c>a || b || ...</c>: an operand that decides the result does so wherever it stands, even
/// if others fail.
/// </summary>
internal sealed class LogicNode(ImmutableArray<Node> operands, bool decider)
    : Node(operands[0].Start, operands[^1].End, operands.Max(operand => operand.Height))
{
    public override Value Evaluate(Evaluation evaluation)
    {
        Value? failure = null;
        foreach (var operand in operands)
        {
            evaluation.Step();
            var value = operand.Evaluate(evaluation);
            if (value.Kind == ValueKind.Bool)
            {
                if (value.AsBool() == decider)
                    return value;
                continue;
            }

            failure ??= value.IsError ? value : evaluation.Fail(operand, decider ? "||" : "&&", "true or false", value);
        }

        return failure ?? Value.Of(!decider);
    }
}

/// <summary><c>!operand</c></summary>
internal sealed class NotNode(int start, Node operand) : Node(start, operand.End, operand.Height)
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step();
        var value = operand.Evaluate(evaluation);
        if (value.IsError)
            return value;
        return value.Kind == ValueKind.Bool ? Value.Of(!value.AsBool()) : evaluation.Fail(this, "!", "true or false", value);
    }
}

/// <summary><c>condition ? yes : no</c></summary>
internal sealed class ConditionalNode(Node condition, Node yes, Node no)
    : Node(condition.Start, no.End, Math.Max(condition.Height, Math.Max(yes.Height, no.Height)))
{
    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step();
        var value = condition.Evaluate(evaluation);
        if (value.IsError)
            return value;
        return value.Kind == ValueKind.Bool
            ? (value.AsBool() ? yes : no).Evaluate(evaluation)
            : evaluation.Fail(condition, "?", "true or false", value);
    }
}
