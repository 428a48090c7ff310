using Aios.Expressions;

namespace Aios.Tests.Expressions;

/// <summary>
/// The tests of cel-spec. Left out are messages and enums of protobuf, containers, names with dots, <c>strings.quote</c> and
/// <c>format</c>; see <c>conformance.py</c>.
/// </summary>
public sealed class ConformanceTests
{
    // An unknown function is told when the expression is read, and nothing of it is evaluated then.
    private static readonly string[] Unknown = ["basic/functions/unbound_is_runtime_error", "parse/receiver_function_names/"];

    private static readonly Lazy<Dictionary<string, ConformanceCase>> Cases = new(() =>
        Lines().Select(ConformanceCase.Parse).ToDictionary(test => test.Name)
    );

    public static TheoryData<string> Names => [.. Cases.Value.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_expression_has_the_value_that_the_specification_says(string name)
    {
        var test = Cases.Value[name];
        if (Unknown.Any(unknown => name.StartsWith(unknown, StringComparison.Ordinal)))
        {
            Assert.Contains("there is no", Assert.Throws<ExpressionException>(() => Expression.Parse(test.Expression)).Message);
            return;
        }

        if (test.Expected is not { } expected)
        {
            Assert.Throws<ExpressionException>(() => Expression.Parse(test.Expression).Evaluate(test.Scope));
            return;
        }

        var value = Expression.Parse(test.Expression).Evaluate(test.Scope);
        Assert.True(SameValue.Are(expected, value), $"expected {expected}, found {value}");
    }

    private static IEnumerable<string> Lines()
    {
        using var stream = typeof(ConformanceTests).Assembly.GetManifestResourceStream("conformance.jsonl")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
