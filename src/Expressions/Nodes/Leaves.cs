using Aios.Platform;

namespace Aios.Expressions.Nodes;

/// <summary>A value that the expression contains.</summary>
internal sealed class LiteralNode(int start, int end, Value value) : Node(start, end, 0)
{
    public Value Value => value;

    public override Value Evaluate(Evaluation evaluation) => value;
}

/// <summary>A name of the scope.</summary>
internal sealed class RootNode(int start, int end, string name) : Node(start, end, 0)
{
    public string Name => name;

    public override Value Evaluate(Evaluation evaluation) =>
        evaluation.Scope.TryGet(name, out var value)
            ? value
            : evaluation.Fail(this, $"there is no {Description.Quoted(name)} here.{NearestName.Hint(name, evaluation.Scope.Roots)}");
}

/// <summary>The variable of a macro.</summary>
internal sealed class LocalNode(int start, int end, int slot) : Node(start, end, 0)
{
    public override Value Evaluate(Evaluation evaluation) => evaluation.Locals[slot];
}
