using Aios.Expressions;

namespace Aios.Tests.Expressions;

public sealed class ExpressionTests
{
    private static readonly TestScope Scope = TestScope.Of(
        """
        {
          "steps": {"a": {"result": {"ok": true, "total": 3, "name": "x"}}, "b-c": {"result": null}},
          "kwargs": {"list": [1, 2, 3, 4], "n": 3, "real": 2.5, "big": 9223372036854775808, "text": "a\u00e4😀"},
          "args": []
        }
        """
    );

    [Theory]
    [InlineData("steps.a.result.ok && size(kwargs.list) > 3", "true")]
    [InlineData("steps['b-c'].result == null && steps.`b-c`.result == null", "true")]
    [InlineData("kwargs.list.filter(x, x % 2 == 0).map(x, x * kwargs.n)", "[6,12]")]
    [InlineData("kwargs.list.map(x, x > 2, kwargs.list.filter(y, y > x))", "[[4],[]]")]
    [InlineData("kwargs.n == 3.0 && 3u == kwargs.n && kwargs.n in [3.0]", "true")]
    [InlineData("type(kwargs.real) == double && type(kwargs.n) == int && type(kwargs.big) == double", "true")]
    [InlineData("has(kwargs.n) && !has(kwargs.m) && 'n' in kwargs && !(3 in kwargs)", "true")]
    [InlineData("kwargs.text.size() + kwargs.text.indexOf('😀')", "5")]
    [InlineData("kwargs.text.reverse() + kwargs.text.substring(2)", "\"😀äa😀\"")]
    [InlineData("args == [] && size(args) == 0 && args.all(x, false)", "true")]
    [InlineData("{'b': 1, 'a': [kwargs.real, 1.0, 2u, b'\\xff', null]}", """{"b":1,"a":[2.5,1.0,2,"/w==",null]}""")]
    [InlineData("{1: 'a', true: 'b', 2u: 'c'}", """{"1":"a","true":"b","2":"c"}""")]
    [InlineData("'a,b,,c'.split(',').join('-') + 'x'.split('').join()", "\"a-b--cx\"")]
    [InlineData("'aaa'.replace('a', 'b', 2) + 'ab'.replace('', '.')", "\"bba.a.b.\"")]
    [InlineData("'a\\n'.matches('a$')", "false")]
    [InlineData("'٣'.matches('[[:digit:]]|\\\\d') || !'x1'.matches('(?P<name>[a-z])\\\\d$')", "false")]
    [InlineData("duration('1h') + duration('30m') == duration('90m') && string(duration('-1.5s')) == '-1.5s'", "true")]
    [InlineData("timestamp('2026-11-30T10:00:00+01:00')", "\"2026-11-30T09:00:00Z\"")]
    [InlineData("(timestamp('2026-03-29T01:00:00Z') - duration('1s')).getHours('Europe/Berlin')", "1")]
    [InlineData("1 / 0 == 1 || steps.a.result.ok // a comment", "true")]
    [InlineData("kwargs.m.n == 1 || true", "true")]
    [InlineData("!(missing && false)", "true")]
    [InlineData("['\uE000' < '\U0001F600', '\uFFFF' < '\U00010000', 'a' < 'ab', 'b' > 'ab']", "[true,true,true,true]")]
    [InlineData("double('NaN') == double('NaN')", "false")]
    [InlineData(
        "[double('Infinity'), double('NaN'), -double('Infinity'), 1e100, 0.1 + 0.2]",
        """["Infinity","NaN","-Infinity",1E+100,0.30000000000000004]"""
    )]
    public void An_expression_has_a_value(string text, string json) => Assert.Equal(json, Expression.Parse(text).Evaluate(Scope).ToJson());

    [Theory]
    [InlineData("a ==", "character 5: found the end, expected a value")]
    [InlineData("steps.a. == 3", "character 10: found \"==\", expected a field")]
    [InlineData("x = 3", "character 3: found \"=\"; write \"==\" to compare")]
    [InlineData("a & b", "character 3: found \"&\"; write \"&&\" for \"and\"")]
    [InlineData("sizes(steps)", "character 1: there is no function \"sizes\". Did you mean \"size\"?")]
    [InlineData("steps.a.contain('x')", "character 9: there is no method \"contain\". Did you mean \"contains\"?")]
    [InlineData("contains(a, b)", "character 1: there is no function \"contains\". Write text.contains(part).")]
    [InlineData("a.string()", "character 3: there is no method \"string\". Write string(value).")]
    [InlineData("list.all(1, true)", "character 10: found \"1\", expected the name of a variable, as in list.all(x, ...)")]
    [InlineData("has(a)", "character 1: has() takes a field, as in has(steps.a.result.field)")]
    [InlineData("'abc", "character 1: a string that begins here does not end")]
    [InlineData("'\\q'", "character 2: found the escape sequence \"\\\\q\"; write \"\\\\\" for a backslash, or r\"...\"")]
    [InlineData("'\\ud800'", "character 8: the escape sequence names no character of Unicode")]
    [InlineData("9223372036854775808", "character 1: 9223372036854775808 is too large for an int (64 bits)")]
    [InlineData("for", "character 1: \"for\" is a reserved word of CEL; write [\"for\"] for a field of that name")]
    [InlineData("a.in", "character 3: found \"in\", expected a field; write [\"in\"] for a field of that name")]
    [InlineData("size(1, 2)", "character 1: found 2 arguments, expected size(value)")]
    public void A_mistake_in_an_expression_is_told_with_its_place(string text, string message)
    {
        Assert.False(Expression.TryParse(text, out _, out var error));
        Assert.Equal(message, error.Message);
        Assert.Equal(int.Parse(message.Split(' ', ':')[1]) - 1, error.Position);
    }

    [Theory]
    [InlineData(
        "steps.a.result.totl > 1",
        "steps.a.result.totl: there is no field \"totl\"; it has \"ok\", \"total\", \"name\". Did you mean \"total\"?"
    )]
    [InlineData("1 + step.a", "step: there is no \"step\" here. Did you mean \"steps\"?")]
    [InlineData("kwargs.list[9]", "kwargs.list[9]: the list has 4 items, the first is [0]; there is no [9]")]
    [InlineData("kwargs.list.x", "kwargs.list.x: only a map has fields, but a list of 4 stands before .x")]
    [InlineData("kwargs.n + 'a'", "kwargs.n + 'a': + does not take the int 3 and the string \"a\"; make it a text with string()")]
    [InlineData(
        "kwargs.n * kwargs.real",
        "kwargs.n * kwargs.real: * does not take the int 3 and the double 2.5; make them one type with int(), uint() or double()"
    )]
    [InlineData("size(kwargs.n)", "size(kwargs.n): size() takes a string, bytes, a list or a map, found the int 3")]
    [InlineData("true && kwargs.n", "kwargs.n: && takes true or false, found the int 3")]
    [InlineData("'x' in 'xy'", "'x' in 'xy': in takes a list or a map behind it; for a text write text.contains(part)")]
    [InlineData("1 / 0", "1 / 0: division by zero")]
    public void What_has_no_value_is_told_with_what_is_there_instead(string text, string message) =>
        Assert.Equal(message, Assert.Throws<ExpressionException>(() => Expression.Parse(text).Evaluate(Scope)).Message);

    [Theory]
    [InlineData("steps.a.result.y + kwargs['x']", "steps.a.result.y@0 kwargs.x@19")]
    [InlineData("args[0] + args[kwargs.n].x", "args.0@0 args@10 kwargs.n@15")]
    [InlineData("steps.a.list.exists(x, x == item.y)", "steps.a.list@0 item.y@28")]
    [InlineData("size(kwargs) + kwargs.list.size() + type(int)", "kwargs@5 kwargs.list@15")]
    [InlineData("[1].map(args, args + .args)", "args@22")]
    [InlineData("has(steps.`a-b`.result) ? flow : null", "steps.a-b.result@4 flow@26")]
    [InlineData("{'a': 1}.a + 'x'.size()", "")]
    public void References_are_static_paths(string text, string references) =>
        Assert.Equal(references, string.Join(' ', Expression.Parse(text).References.Select(found => $"{found}@{found.Position}")));

    [Fact]
    public void A_condition_is_true_or_false_and_nothing_else()
    {
        Assert.True(Expression.Parse("kwargs.n > 2").Evaluate(Scope).AsCondition());
        Assert.False(Expression.Parse("kwargs.n > 3").Evaluate(Scope).AsCondition());
        var error = Assert.Throws<ExpressionException>(() => Expression.Parse("kwargs.text").Evaluate(Scope).AsCondition());
        Assert.Equal("the condition is the string \"aä😀\", expected true or false", error.Message);
    }

    [Fact]
    public async Task An_expression_is_evaluated_by_many_threads_at_once()
    {
        var expression = Expression.Parse(
            "kwargs.list.map(x, string(x).matches('[' + string(kwargs.n) + string(x) + ']') && x in kwargs.list)"
        );
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => expression.Evaluate(Scope).ToJson())));
        Assert.All(results, result => Assert.Equal("[true,true,true,true]", result));
    }
}
