using System.Collections.Immutable;
using Aios.Expressions.Functions;

namespace Aios.Expressions.Nodes;

/// <summary><c>function(a, b)</c> or <c>a.function(b)</c>.</summary>
internal sealed class CallNode(int start, int end, Function function, ImmutableArray<Node> arguments)
    : Node(start, end, arguments.Max(argument => argument.Height))
{
    /// <summary>What the function keeps for its next call here; immutable. Of two evaluations at once the later may replace it.</summary>
    public object? Memory { get; set; }

    public override Value Evaluate(Evaluation evaluation)
    {
        evaluation.Step();
        var values = new Value[arguments.Length];
        for (var at = 0; at < values.Length; at++)
        {
            values[at] = arguments[at].Evaluate(evaluation);
            if (values[at].IsError)
                return values[at];
        }

        return function.Body(new Call(evaluation, this, function, values));
    }
}
