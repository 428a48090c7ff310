using Aios.Expressions.Nodes;

namespace Aios.Expressions.Functions;

/// <summary>A function or a method.</summary>
/// <param name="Form">How it is written, as in <c>text.contains(part)</c>.</param>
/// <param name="Least">Arguments; what is before the dot of a method is the first of them.</param>
/// <param name="Most">Arguments.</param>
internal sealed record Function(string Form, int Least, int Most, Func<Call, Value> Body)
{
    public bool IsMethod { get; } = Form.AsSpan(0, Form.IndexOf('(', StringComparison.Ordinal)).Contains('.');

    public string Name { get; } = Form[(Form.IndexOf('.', StringComparison.Ordinal) + 1)..].Split('(')[0];
}

/// <summary>A call of a function.</summary>
internal readonly struct Call(Evaluation evaluation, CallNode node, Function function, Value[] arguments)
{
    /// <summary>See <see cref="CallNode.Memory"/>.</summary>
    public object? Memory
    {
        get => node.Memory;
        set => node.Memory = value;
    }

    public Evaluation Evaluation => evaluation;

    public int Count => arguments.Length;

    public Value this[int number] => arguments[number];

    /// <summary>The function has no result.</summary>
    public Value Fail(string why) => evaluation.Fail(node, why);

    /// <summary>An argument is of the wrong type.</summary>
    public Value Fail(int number, string expected) => evaluation.Fail(node, $"{function.Name}()", expected, arguments[number]);
}
