using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Aios.Expressions.Nodes;
using Aios.Expressions.Syntax;

namespace Aios.Expressions;

/// <summary>
/// An expression in the syntax of CEL (https://github.com/google/cel-spec). It does nothing but compute a value from those of
/// a scope, and ends within <see cref="Limits"/>. Immutable and thread-safe.
/// </summary>
internal sealed class Expression
{
    private readonly string _whole;
    private readonly Node _node;
    private readonly int _locals;

    private Expression(string whole, int start, int end, Parser parser, Node node)
    {
        _whole = whole;
        _node = node;
        _locals = parser.MostLocals;
        References = parser.References;
        Text = start == 0 && end == whole.Length ? whole : whole[start..end].Trim();
    }

    public string Text { get; }

    /// <summary>What it refers to, in the order of the text.</summary>
    public ImmutableArray<Reference> References { get; }

    /// <exception cref="ExpressionException">It is not an expression: what was found, where, and what was expected.</exception>
    public static Expression Parse(string text)
    {
        var parser = new Parser(text, 0);
        var node = parser.ParseAll();
        return new Expression(text, 0, text.Length, parser, node);
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out Expression? e, [NotNullWhen(false)] out ExpressionException? error)
    {
        try
        {
            (e, error) = (Parse(text), null);
            return true;
        }
        catch (ExpressionException failure)
        {
            (e, error) = (null, failure);
            return false;
        }
    }

    /// <summary>The expression that begins at <paramref name="start"/> and ends before a brace that closes what is around it.</summary>
    /// <param name="text">The text around it; positions in errors and references count from its start.</param>
    /// <param name="start">Behind the brace that opens.</param>
    /// <param name="end">Behind the brace that closes.</param>
    /// <exception cref="ExpressionException">There is no such expression.</exception>
    public static Expression ParseBraced(string text, int start, out int end)
    {
        var parser = new Parser(text, start);
        var node = parser.ParseBraced(out var brace);
        end = brace + 1;
        return new Expression(text, start, brace, parser, node);
    }

    /// <exception cref="ExpressionException">It has no value: which part of it, and what is there instead.</exception>
    public Value Evaluate(IScope scope)
    {
        var value = _node.Evaluate(new Evaluation(_whole, scope, _locals));
        return value.Kind == ValueKind.Error ? throw value.AsError() : value;
    }

    public override string ToString() => Text;
}
