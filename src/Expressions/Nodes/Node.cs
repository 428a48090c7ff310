namespace Aios.Expressions.Nodes;

/// <summary>A part of an expression; immutable.</summary>
/// <param name="start">Of its text, in UTF-16 units.</param>
/// <param name="end">Behind its text.</param>
/// <param name="below">The highest of its parts.</param>
internal abstract class Node(int start, int end, int below)
{
    public int Start => start;

    public int End => end;

    /// <summary>How many levels it has.</summary>
    public int Height { get; } = below + 1;

    /// <summary>Its value, or an error as a value: an operator may not need it.</summary>
    public abstract Value Evaluate(Evaluation evaluation);
}
