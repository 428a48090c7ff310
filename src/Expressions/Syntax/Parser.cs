using System.Collections.Immutable;
using Aios.Expressions.Functions;
using Aios.Expressions.Nodes;

namespace Aios.Expressions.Syntax;

/// <summary>Makes an expression of a text, once. The grammar is that of CEL without messages.</summary>
internal sealed partial class Parser
{
    private readonly string _text;
    private readonly Lexer _lexer;
    private readonly int _start;
    private readonly List<string> _locals = [];
    private readonly List<Reference> _references = [];
    private Token _token;
    private int _end;
    private int _depth;

    public Parser(string text, int start)
    {
        (_text, _start) = (text, start);
        if (start == 0 && text.Length > Limits.Text)
            throw new ExpressionException($"the expression is longer than {Limits.Text / 1024} KiB", 0);
        _lexer = new Lexer(text, start);
        _token = _lexer.Next();
    }

    public int MostLocals { get; private set; }

    public ImmutableArray<Reference> References => [.. _references.OrderBy(reference => reference.Position)];

    public Node ParseAll()
    {
        var node = ParseExpression();
        return _token.Kind == TokenKind.End ? node : throw Expected("an operator or the end");
    }

    /// <summary>An expression with a brace behind it.</summary>
    /// <param name="brace">Where that is.</param>
    public Node ParseBraced(out int brace)
    {
        var node = ParseExpression();
        brace = _token.Start;
        return _token.Kind == TokenKind.RightBrace ? node : throw Expected("an operator or \"}\"");
    }

    private Node ParseExpression()
    {
        Enter();
        var node = ParseBinary(1);
        if (TryTake(TokenKind.Question))
        {
            var yes = ParseBinary(1);
            Take(TokenKind.Colon, "\":\"");
            node = Checked(new ConditionalNode(node, yes, ParseExpression()));
        }

        _depth--;
        return node;
    }

    private Node ParseBinary(int least)
    {
        var left = ParseUnary();
        while (Precedence(_token.Kind) is var precedence && precedence >= least)
        {
            var sign = _token.Kind;
            left = Checked(
                sign is TokenKind.And or TokenKind.Or
                    ? ParseLogic(left, sign, precedence)
                    : new BinaryNode(sign, left, ParseOperand(precedence))
            );
        }

        return left;
    }

    private Node ParseOperand(int precedence)
    {
        Advance();
        return ParseBinary(precedence + 1);
    }

    private LogicNode ParseLogic(Node first, TokenKind sign, int precedence)
    {
        var operands = ImmutableArray.CreateBuilder<Node>();
        operands.Add(first);
        while (_token.Kind == sign)
            operands.Add(ParseOperand(precedence));
        return new LogicNode(operands.ToImmutable(), sign == TokenKind.Or);
    }

    private Node ParseUnary()
    {
        var sign = _token;
        if (sign.Kind is not (TokenKind.Not or TokenKind.Minus))
            return ParseMember(null);
        Advance();
        if (sign.Kind == TokenKind.Minus && _token.Kind is TokenKind.Int or TokenKind.Double)
            return ParseMember(sign);

        Enter();
        var operand = ParseUnary();
        _depth--;
        return Checked(sign.Kind == TokenKind.Not ? new NotNode(sign.Start, operand) : new NegateNode(sign.Start, operand));
    }

    // What is behind a value: fields, indices and methods.
    private Node ParseMember(Token? minus)
    {
        var node = ParsePrimary(minus);
        var path = node is RootNode root ? new PathBuilder(root.Name, root.Start) : null;
        while (_token.Kind is TokenKind.Dot or TokenKind.LeftBracket)
        {
            if (_token.Kind == TokenKind.LeftBracket)
                node = ParseIndex(node, path);
            else
                node = ParseField(node, path);
            Checked(node);
        }

        if (path is not null)
            _references.Add(path.ToReference());
        return node;
    }

    private IndexNode ParseIndex(Node node, PathBuilder? path)
    {
        Advance();
        var index = ParseExpression();
        Take(TokenKind.RightBracket, "\"]\"");
        path?.Add(
            index is LiteralNode { Value.Kind: ValueKind.String or ValueKind.Int or ValueKind.Uint } literal ? literal.Value.ToText() : null
        );
        return new IndexNode(_end, node, index);
    }

    private Node ParseField(Node node, PathBuilder? path)
    {
        Advance();
        var name = _token;
        if (name.Kind is not (TokenKind.Identifier or TokenKind.QuotedField))
            throw Expected(
                name.Kind is TokenKind.In or TokenKind.Null or TokenKind.True or TokenKind.False
                    ? $"a field; write [\"{TextOf(name)}\"] for a field of that name"
                    : "a field"
            );
        Advance();
        var field = TextOf(name).Trim('`');
        if (_token.Kind == TokenKind.LeftParenthesis && name.Kind == TokenKind.Identifier)
        {
            path?.Add(null);
            return ParseMethod(node, name);
        }

        path?.Add(field);
        return new SelectNode(_end, node, field);
    }

    private Node ParsePrimary(Token? minus)
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.LeftParenthesis:
                Advance();
                var inner = ParseExpression();
                Take(TokenKind.RightParenthesis, "\")\"");
                return inner;
            case TokenKind.LeftBracket:
                return ParseList();
            case TokenKind.LeftBrace:
                return ParseMap();
            case TokenKind.Dot:
                Advance();
                return _token.Kind == TokenKind.Identifier ? ParseName(isGlobal: true) : throw Expected("a name");
            case TokenKind.Identifier:
                return ParseName(isGlobal: false);
            default:
                return ParseLiteral(minus);
        }
    }

    private LiteralNode ParseLiteral(Token? minus)
    {
        var token = _token;
        var text = _text.AsSpan(token.Start, token.End - token.Start);
        var value = token.Kind switch
        {
            TokenKind.Int or TokenKind.Uint or TokenKind.Double => Literals.Number(token.Kind, text, minus is null ? "" : "-", token.Start),
            TokenKind.String => Value.Of(Literals.Text(text, token.Start)),
            TokenKind.Bytes => Value.Of(Literals.Bytes(text, token.Start)),
            TokenKind.True => Value.True,
            TokenKind.False => Value.False,
            TokenKind.Null => Value.Null,
            _ => throw Expected("a value"),
        };
        Advance();
        return new LiteralNode(minus?.Start ?? token.Start, token.End, value);
    }

    private ListNode ParseList()
    {
        var start = _token.Start;
        Advance();
        var items = ParseArguments(TokenKind.RightBracket, "\",\" or \"]\"", mayEndWithComma: true);
        return new ListNode(start, _end, items);
    }

    private MapNode ParseMap()
    {
        var start = _token.Start;
        Advance();
        var members = ImmutableArray.CreateBuilder<(Node, Node)>();
        while (_token.Kind != TokenKind.RightBrace)
        {
            var key = ParseExpression();
            Take(TokenKind.Colon, "\":\"");
            members.Add((key, ParseExpression()));
            if (!TryTake(TokenKind.Comma))
                break;
        }

        Take(TokenKind.RightBrace, "\",\" or \"}\"");
        return new MapNode(start, _end, members.ToImmutable());
    }

    private ImmutableArray<Node> ParseArguments(TokenKind close, string expected, bool mayEndWithComma)
    {
        var arguments = ImmutableArray.CreateBuilder<Node>();
        while (_token.Kind != close || (arguments.Count > 0 && !mayEndWithComma))
        {
            arguments.Add(ParseExpression());
            if (!TryTake(TokenKind.Comma))
                break;
        }

        Take(close, expected);
        return arguments.ToImmutable();
    }

    private static int Precedence(TokenKind kind) =>
        kind switch
        {
            TokenKind.Or => 1,
            TokenKind.And => 2,
            >= TokenKind.Equal and <= TokenKind.GreaterEqual or TokenKind.In => 3,
            TokenKind.Plus or TokenKind.Minus => 4,
            TokenKind.Times or TokenKind.Divide or TokenKind.Modulo => 5,
            _ => 0,
        };

    private void Advance()
    {
        _end = _token.End;
        _token = _lexer.Next();
    }

    private bool TryTake(TokenKind kind)
    {
        if (_token.Kind != kind)
            return false;
        Advance();
        return true;
    }

    private void Take(TokenKind kind, string expected)
    {
        if (!TryTake(kind))
            throw Expected(expected);
    }

    private void Enter()
    {
        if (++_depth > Limits.Nesting)
            throw TooDeep(_token.Start);
    }

    private static Node Checked(Node node) => node.Height <= Limits.Nesting ? node : throw TooDeep(node.Start);

    private string TextOf(Token token) => _text[token.Start..token.End];

    private ExpressionException Expected(string expected)
    {
        var found = _token.Kind == TokenKind.End ? "the end" : Description.Quoted(TextOf(_token));
        return Failure($"found {found}, expected {expected}", _token.Start);
    }

    private static ExpressionException TooDeep(int position) =>
        Failure($"the expression is nested deeper than {Limits.Nesting} levels", position);

    private static ExpressionException Failure(string what, int position) => new($"character {position + 1}: {what}", position);
}
