using Aios.Expressions;

namespace Aios.Tests.Expressions;

public sealed class TemplateTests
{
    private static readonly TestScope Scope = TestScope.Of(
        """
        {
          "kwargs": {"n": 3, "real": 1.0, "big": 123456789012345678901234567890, "text": "a \"b\"\n", "none": null, "yes": true,
                     "list": [1,  2], "half": "x\udce9", "escaped": "\u0041"},
          "steps": {"a": {"result": {"ok": true}}}
        }
        """
    );

    [Theory]
    [InlineData("${kwargs.n}", "3")]
    [InlineData("${ kwargs.n }", "3")]
    [InlineData("${kwargs.real}", "1.0")]
    [InlineData("${kwargs.big}", "123456789012345678901234567890")]
    [InlineData("${kwargs.none}", "null")]
    [InlineData("${kwargs.yes}", "true")]
    [InlineData("${kwargs.list}", "[1,  2]")]
    [InlineData("${kwargs.list + [3]}", "[1,2,3]")]
    [InlineData("${kwargs.text}", """ "a \"b\"\n" """)]
    [InlineData("${kwargs.escaped}", """ "\u0041" """)]
    [InlineData("${kwargs.half}", """ "x\udce9" """)]
    [InlineData("${kwargs.half + 'y'}", """ "x\udce9y" """)]
    [InlineData("${{'b': kwargs.real, 'a': kwargs.big}}", """{"b":1.0,"a":123456789012345678901234567890}""")]
    [InlineData("${1.0 + 2.0}", "3.0")]
    public void A_whole_reference_keeps_its_type_and_its_text(string template, string json) =>
        Assert.Equal(json.Trim(), Template.Parse(template).EvaluateJson(Scope));

    [Theory]
    [InlineData("", "")]
    [InlineData("plain } text", "plain } text")]
    [InlineData("n=${kwargs.n}, list=${kwargs.list}", "n=3, list=[1,  2]")]
    [InlineData("${kwargs.text}${kwargs.text}", "a \"b\"\na \"b\"\n")]
    [InlineData("${kwargs.none}.", "null.")]
    [InlineData("$${kwargs.n} $$ $ ${kwargs.n}$", "${kwargs.n} $$ $ 3$")]
    [InlineData("$$${kwargs.n}", "$${kwargs.n}")]
    [InlineData("a ${ {'}': \"}\"}['}'] } b", "a } b")]
    [InlineData("a ${kwargs.list.map(x, {'v': x})[0].v} b", "a 1 b")]
    public void A_text_with_references_is_a_string(string template, string text) =>
        Assert.Equal(text, Value.OfJson(Template.Parse(template).EvaluateJson(Scope)).AsString());

    [Theory]
    [InlineData("${kwargs.text}", "a \"b\"\n")]
    [InlineData("${kwargs.none}", "")]
    [InlineData("${kwargs.yes}", "true")]
    [InlineData("${kwargs.list}", "[1,  2]")]
    [InlineData("<${kwargs.none}|${kwargs.n}>", "<|3>")]
    [InlineData("${duration('90s')}", "90s")]
    public void Where_only_text_is_possible_there_is_text(string template, string text) =>
        Assert.Equal(text, Template.Parse(template).EvaluateText(Scope));

    [Fact]
    public void Half_of_a_surrogate_pair_stays_in_a_text() =>
        Assert.Equal("x\udce9.", Template.Parse("${kwargs.half}.").EvaluateText(Scope));

    [Theory]
    [InlineData("${HOME}")]
    [InlineData("${x:-y}")]
    [InlineData("${x:-${y}}")]
    [InlineData("${#x}")]
    [InlineData("${!x}")]
    [InlineData("${x%%.*}")]
    [InlineData("${arr[0]}")]
    [InlineData("${1}")]
    [InlineData("${@}")]
    [InlineData("${?}")]
    [InlineData("${")]
    public void A_shell_keeps_its_parameters_and_a_plain_text_has_none(string text)
    {
        Assert.Equal(text, Template.Parse(text, TemplateKind.Shell).EvaluateText(Scope));
        var error = Assert.Throws<ExpressionException>(() => Template.Parse(text));
        Assert.Contains($"write ${text.Split('}')[0]}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo ${kwargs.n} ${HOME}", "echo 3 ${HOME}")]
    [InlineData("echo ${x:-${kwargs.n}}", "echo ${x:-3}")]
    [InlineData("${size(kwargs.list)} ${!kwargs.yes}", "2 false")]
    [InlineData("$${kwargs} $$ $1", "${kwargs} $$ $1")]
    public void A_shell_line_can_have_both(string line, string expected) =>
        Assert.Equal(expected, Template.Parse(line, TemplateKind.Shell).EvaluateText(Scope));

    [Fact]
    public void References_are_told_with_their_places_in_the_text() =>
        Assert.Equal(
            [new Reference("kwargs", ["n"], 3), new Reference("steps", ["a", "result"], 16), new Reference("kwargs", [], 36)],
            Template.Parse("a${kwargs.n} b${steps.a['result']}${kwargs}").References.AsEnumerable()
        );

    [Theory]
    [InlineData("${kwargs.n", "character 11: found the end, expected an operator or \"}\"")]
    [InlineData("a ${kwargs.n + }", "character 16: found \"}\", expected a value")]
    public void A_mistake_is_told_with_its_place(string text, string message) =>
        Assert.Equal(message, Assert.Throws<ExpressionException>(() => Template.Parse(text)).Message);

    [Theory]
    [InlineData("""[1,  2.0, "\u0041", {"${kwargs.n}" : null}]""", """[1,  2.0, "\u0041", {"${kwargs.n}" : null}]""")]
    [InlineData("""{"a" : "${kwargs.n}", "b":["x${kwargs.list}"] }""", """{"a" : 3, "b":["x[1,  2]"] }""")]
    [InlineData("""["\udce9", "\udce9${kwargs.half}"]""", """["\udce9", "\udce9x\udce9"]""")]
    [InlineData("""["$${HOME}"]""", """["${HOME}"]""")]
    [InlineData("""["\u0024{kwargs.n}"]""", "[3]")]
    [InlineData("\"${kwargs.big}\"", "123456789012345678901234567890")]
    public void The_strings_of_a_JSON_text_are_templates(string json, string expected) =>
        Assert.Equal(expected, JsonTemplate.Parse(json).Evaluate(Scope));

    [Theory]
    [InlineData("""{"a": [1, {"b": "${c"}]}""", "a[1].b: character 1: ")]
    [InlineData("[\"${", "it is not valid JSON: ")]
    public void A_mistake_in_a_JSON_text_is_told_with_its_place(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<ExpressionException>(() => JsonTemplate.Parse(json)).Message, StringComparison.Ordinal);
}
