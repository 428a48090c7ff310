using Aios.Expressions;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Expressions;

public sealed class ExpressionProperties
{
    private static readonly string[] Tokens =
    [
        .. "( ) [ ] { } . , : ? + - * / % ! < > = & | \" ' ` $ ${ $${ \\ # @ ~ ^ ;".Split(' '),
        .. "== != <= >= && || in true false null 0 1 2.5 1e9 3u 0x1f -9223372036854775808 9999999999999999999 1e999".Split(' '),
        .. "args kwargs steps x .a ['a'] [0] [-1] has( size( type( int( string( timestamp( duration(".Split(' '),
        .. ".map(x, .all(x, .filter(x, .contains( .matches( .split( .join( .substring( .replace( .indexOf(".Split(' '),
        .. "r'' b'' ''' \"\"\" '\\u00e4' '\\x' '(a+)+' '1h' é 😀".Split(' '),
        " ",
        "\n",
        "\t",
        "\0",
        "\ud800",
        "//",
    ];

    private static readonly TestScope Scope = TestScope.Of(
        """{"args": [1, "a", null], "kwargs": {"a": {"b": [1.5, true]}, "\udc80": "\ud800"}, "steps": {}, "x": "text"}"""
    );

    private static readonly Gen<string> Soup = Gen.OneOf(
        Gen.Elements(Tokens).ListOf().Select(tokens => string.Concat(tokens)),
        Gen.Elements(Tokens).ListOf().Select(tokens => string.Join(' ', tokens)),
        Gen.Choose(0, 0xFFFF).Select(code => (char)code).ListOf().Select(letters => string.Concat(letters)),
        Tree.Integers.Select(tree => tree.Print(0)).SelectMany(Damaged)
    );

    [Fact]
    public void Whatever_the_text_is_there_is_a_value_or_an_error() => Holds(Soup, text =>
        {
            Ends(() => Expression.Parse(text).Evaluate(Scope).ToJson());
            Ends(() => Template.Parse(text).EvaluateJson(Scope));
            Ends(() => Template.Parse($"a{text}${{{text}}}", TemplateKind.Shell).EvaluateText(Scope));
            Ends(() => JsonTemplate.Parse(text).Evaluate(Scope));
            Ends(() => JsonTemplate.Parse(Value.Of(text).ToJson()).Evaluate(Scope));
        });

    [Fact]
    public void Parentheses_stand_where_the_precedence_of_operators_would_put_them() => Holds(Tree.Integers, tree =>
        {
            var expected = tree.Compute() is { } number ? $"{number}" : null;
            Assert.Equal(expected, ValueOf(tree.Print(0)));
            Assert.Equal(expected, ValueOf(tree.PrintAll()));
        });

    [Fact]
    public void A_text_survives_JSON() => Holds(Soup, text =>
        {
            var json = Value.Of(text).ToJson();
            Assert.Equal(text, Value.OfJson(json).AsString());
            Assert.Equal(json, Value.OfJson(json).ToJson());
            var scope = new TestScope { ["args"] = Value.OfJson($"[{json}]") };
            Assert.Equal(json, Template.Parse("${args[0]}").EvaluateJson(scope));
            Assert.Equal(text, Template.Parse("${args[0]}").EvaluateText(scope));
            Assert.Equal($"{{\"a\":{json}}}", Expression.Parse("{'a': args[0]}").Evaluate(scope).ToJson());
            Assert.True(Expression.Parse("args[0] == args[0] + ''").Evaluate(scope).AsCondition());
        });

    [Fact]
    public void JSON_stays_byte_for_byte() => Holds(Json, json =>
        {
            var scope = new TestScope { ["args"] = Value.OfJson($"[{json}]"), ["kwargs"] = Value.OfJson($"{{ \"a\" : {json} }}") };
            Assert.Equal(json, Value.OfJson(json).ToJson());
            Assert.Equal(json, JsonTemplate.Parse(json).Evaluate(scope));
            Assert.Equal(json, JsonTemplate.Parse("\"${args[0]}\"").Evaluate(scope));
            Assert.Equal($"[{json},{json}]", Expression.Parse("[kwargs.a, args[0]]").Evaluate(scope).ToJson());
            Assert.True(Expression.Parse("kwargs.a == args[0] && kwargs.a in args && args == [kwargs.a]").Evaluate(scope).AsCondition());
        });

    private static readonly Gen<string> Scalars = Gen.Elements(
        "null true false 0 -0 1 1.0 1e5 -2.50 123456789012345678901234567890 1E-400 0.1 9223372036854775807".Split(' ')
    );

    private static readonly Gen<string> Strings = Gen.Elements(
        "\"\"",
        "\"a\"",
        "\"\\u0041\"",
        "\"\\ud800\"",
        "\"\\udc80x\"",
        "\"\\/\\n\"",
        "\"😀\"",
        "\"$\""
    );

    private static readonly Gen<string> Json = Gen.Sized(size => JsonOf(Math.Min(size, 20)));

    private static Gen<string> JsonOf(int size)
    {
        if (size == 0)
            return Gen.OneOf(Scalars, Strings);
        var below = JsonOf(size / 3);
        var members = Strings.SelectMany(name => below.Select(value => $"{name}: {value}")).ListOf();
        return Gen.OneOf(
            Scalars,
            Strings,
            below.ListOf().Select(items => $"[{string.Join(" , ", items)}]"),
            members.Select(all => $"{{{string.Join(",", all)}}}")
        );
    }

    private static Gen<string> Damaged(string text) =>
        Gen.Choose(0, text.Length).SelectMany(at => Gen.Elements(Tokens).Select(token => text[..at] + token + text[at..]));

    private static string? ValueOf(string text)
    {
        try
        {
            return Expression.Parse(text).Evaluate(Scope).ToJson();
        }
        catch (ExpressionException)
        {
            return null;
        }
    }

    private static void Ends(Action action)
    {
        try
        {
            action();
        }
        catch (ExpressionException error)
        {
            Assert.DoesNotContain('\n', error.Message);
            Assert.NotEmpty(error.Message);
        }
    }

    private static void Holds<T>(Gen<T> values, Action<T> body) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(values.ToArbitrary(), body));
}
