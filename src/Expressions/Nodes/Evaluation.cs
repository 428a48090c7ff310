namespace Aios.Expressions.Nodes;

/// <summary>An evaluation of an expression: what it looks things up in, and what it has cost so far.</summary>
internal sealed class Evaluation(string text, IScope scope, int locals)
{
    private const int LongestPart = 60;

    private long _steps;
    private long _made;

    public IScope Scope => scope;

    /// <summary>The variables of macros, from the outermost in.</summary>
    public Value[] Locals { get; } = locals == 0 ? [] : new Value[locals];

    /// <summary>Counts a step.</summary>
    /// <exception cref="ExpressionException">There were too many. No operator hides this.</exception>
    public void Step()
    {
        if (++_steps > Limits.Steps)
            throw TooLong();
    }

    /// <summary>Counts work on so many bytes.</summary>
    public void Work(long bytes)
    {
        _steps += bytes / Limits.BytesInStep;
        if (_steps > Limits.Steps)
            throw TooLong();
    }

    /// <summary>Counts a text or a list of so many bytes, before it is made.</summary>
    public void Make(long bytes)
    {
        _made += bytes;
        if (_made > Limits.Made)
            throw new ExpressionException($"the expression makes more than {Limits.Made / (1024 * 1024)} MiB of texts and lists", 0);
        Work(bytes);
    }

    /// <summary>Why a part of the expression has no value.</summary>
    public Value Fail(Node node, string why)
    {
        var part = text[node.Start..node.End].ReplaceLineEndings(" ");
        var shown = part.Length > LongestPart ? $"{part[..LongestPart]}..." : part;
        return Value.OfError(new ExpressionException($"{shown}: {why}", node.Start));
    }

    /// <summary>The same for an operand of the wrong type.</summary>
    public Value Fail(Node node, string what, string expected, in Value found) =>
        Fail(node, $"{what} takes {expected}, found {Description.Of(found)}");

    private static ExpressionException TooLong() => new($"the expression needs more than {Limits.Steps:N0} steps", 0);
}
