using System.Collections.Immutable;
using Aios.Expressions.Functions;
using Aios.Expressions.Nodes;
using Aios.Platform;

namespace Aios.Expressions.Syntax;

/// <summary>Names, calls and macros.</summary>
internal sealed partial class Parser
{
    private const string Has = "has";

    private static readonly ImmutableArray<string> Macros = ["all", "exists", "exists_one", "filter", "map"];

    private static readonly ImmutableArray<string> Reserved =
    [
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "package",
        "namespace",
        "return",
        "var",
        "void",
        "while",
    ];

    // A name is a function, the variable of a macro, a type, or something of the scope.
    private Node ParseName(bool isGlobal)
    {
        var token = _token;
        var name = TextOf(token);
        if (Reserved.Contains(name))
            throw Failure($"\"{name}\" is a reserved word of CEL; write [\"{name}\"] for a field of that name", token.Start);
        Advance();
        if (_token.Kind == TokenKind.LeftParenthesis)
            return ParseFunction(token, name);
        if (!isGlobal && _locals.LastIndexOf(name) is var slot and >= 0)
            return new LocalNode(token.Start, token.End, slot);
        if (name == "google")
            name = ParseTypeOfProtobuf(name);
        return TypeNames.Find(name) is { } type
            ? new LiteralNode(token.Start, _end, Value.OfType(type))
            : new RootNode(token.Start, _end, name);
    }

    private string ParseTypeOfProtobuf(string name)
    {
        while (TryTake(TokenKind.Dot))
        {
            name = $"{name}.{TextOf(_token)}";
            Take(TokenKind.Identifier, "google.protobuf.Timestamp or google.protobuf.Duration");
        }

        return name;
    }

    private Node ParseFunction(Token token, string name)
    {
        Advance();
        if (name == Has)
            return ParseHas(token);
        var function = FunctionTable.Find(name, isMethod: false) ?? throw Unknown(token, name, isMethod: false);
        return Called(token, function, token.Start, ParseArguments(TokenKind.RightParenthesis, "\",\" or \")\"", mayEndWithComma: false));
    }

    private Node ParseMethod(Node receiver, Token token)
    {
        var name = TextOf(token);
        Advance();
        if (Macros.Contains(name))
            return ParseMacro(receiver, name);
        var function = FunctionTable.Find(name, isMethod: true) ?? throw Unknown(token, name, isMethod: true);
        var arguments = ParseArguments(TokenKind.RightParenthesis, "\",\" or \")\"", mayEndWithComma: false);
        return Called(token, function, receiver.Start, [receiver, .. arguments]);
    }

    private Node Called(Token token, Function function, int start, ImmutableArray<Node> arguments)
    {
        if (arguments.Length < function.Least || arguments.Length > function.Most)
            throw Failure($"found {arguments.Length - (function.IsMethod ? 1 : 0)} arguments, expected {function.Form}", token.Start);
        if (function.Name == "matches" && arguments[1] is LiteralNode { Value: { Kind: ValueKind.String } pattern } literal)
        {
            if (Patterns.Make(pattern.AsString()).Why is { } why)
                throw Failure(why, literal.Start);
        }

        return Checked(new CallNode(start, _end, function, arguments));
    }

    private HasNode ParseHas(Token token)
    {
        var node = ParseExpression();
        Take(TokenKind.RightParenthesis, "\")\"");
        return node is SelectNode select
            ? new HasNode(token.Start, _end, select.Operand, select.Field)
            : throw Failure("has() takes a field, as in has(steps.a.result.field)", token.Start);
    }

    private Node ParseMacro(Node range, string name)
    {
        var variable = _token;
        var local = TextOf(variable);
        if (variable.Kind != TokenKind.Identifier || Reserved.Contains(local))
            throw Expected($"the name of a variable, as in list.{name}(x, ...)");
        Advance();
        Take(TokenKind.Comma, "\",\"");

        var slot = _locals.Count;
        _locals.Add(local);
        MostLocals = Math.Max(MostLocals, _locals.Count);
        var body = ParseExpression();
        var second = name == "map" && TryTake(TokenKind.Comma) ? ParseExpression() : null;
        _locals.RemoveAt(slot);
        Take(TokenKind.RightParenthesis, "\")\"");
        return name switch
        {
            "all" => new QuantifierNode(_end, Quantifier.All, range, slot, body),
            "exists" => new QuantifierNode(_end, Quantifier.Exists, range, slot, body),
            "exists_one" => new QuantifierNode(_end, Quantifier.ExistsOne, range, slot, body),
            "filter" => new TransformNode(_end, range, slot, body, null),
            _ => new TransformNode(_end, range, slot, second is null ? null : body, second ?? body),
        };
    }

    private static ExpressionException Unknown(Token token, string name, bool isMethod)
    {
        var other = FunctionTable.Find(name, !isMethod);
        var advice =
            other is not null ? $" Write {other.Form}."
            : !isMethod && Macros.Contains(name) ? $" Write list.{name}(x, ...)."
            : NearestName.Hint(name, FunctionTable.Names(isMethod).Concat(isMethod ? Macros : [Has]));
        return Failure($"there is no {(isMethod ? "method" : "function")} \"{name}\".{advice}", token.Start);
    }
}
