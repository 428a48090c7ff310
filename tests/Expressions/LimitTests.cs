using Aios.Expressions;

namespace Aios.Tests.Expressions;

/// <summary>No expression takes the process down, or much time or memory.</summary>
public sealed class LimitTests
{
    private const int Deep = 200_000;

    public static TheoryData<string, string> Openings =>
        new()
        {
            { "(", ")" },
            { "[", "]" },
            { "{1:", "}" },
            { "!", "" },
            { "-", "" },
            { "- -", "" },
            { "a[", "]" },
            { "size(", ")" },
            { "a.b(", ")" },
            { "a.all(x,", ")" },
            { "has(", ")" },
            { "a?a:", "" },
            { "a?", ":a" },
            { "a+", "" },
            { "a==", "" },
            { "a&&(", ")" },
            { "a||b&&", "" },
            { "${", "}" },
            { "'", "" },
            { "b'", "" },
        };

    [Theory]
    [MemberData(nameof(Openings))]
    public void No_depth_overflows_a_small_stack(string open, string close)
    {
        foreach (var depth in (int[])[Limits.Nesting - 2, Limits.Nesting, Limits.Nesting + 2, 5_000, Deep])
            OnSmallStack(() => Try(Repeat(open, depth) + "a" + Repeat(close, depth)));
    }

    [Theory]
    [InlineData(".b")]
    [InlineData("[0]")]
    [InlineData(".size()")]
    [InlineData(".map(x, x)")]
    [InlineData(" + a")]
    [InlineData(" < a")]
    [InlineData(" && a")]
    [InlineData(" || a && b")]
    [InlineData(" ? a : a")]
    public void No_length_overflows_a_small_stack(string part)
    {
        foreach (var count in (int[])[Limits.Nesting - 2, Limits.Nesting + 2, 5_000, Deep])
            OnSmallStack(() => Try("a" + Repeat(part, count)));
    }

    [Fact]
    public void Many_conditions_stand_side_by_side() =>
        Assert.True(Expression.Parse(string.Join(" && ", Enumerable.Repeat("true", 5_000))).Evaluate(new TestScope()).AsCondition());

    [Fact]
    public void Deep_values_are_compared_and_written()
    {
        var json = $"{{\"a\":{Repeat("[", 990)}{Repeat("]", 990)}}}";
        var scope = TestScope.Of(json);
        Assert.True(Expression.Parse("a == a && a == [a][0]").Evaluate(scope).AsCondition());
        OnSmallStack(() => Assert.Equal("the values are nested too deeply to be compared", Try("a == a", scope)));
        OnSmallStack(() => Assert.Equal($"[{json[5..^1]}]", Expression.Parse("[a]").Evaluate(scope).ToJson()));
    }

    [Theory]
    [InlineData("args.filter(x, x > 1)", "the expression needs more than 100,000 steps")]
    [InlineData("true || args.all(x, args.all(y, x == y || true))", null)]
    [InlineData("false || args.all(x, args.all(y, x == y || true))", "the expression needs more than 100,000 steps")]
    [InlineData("args == args", "the expression needs more than 100,000 steps")]
    [InlineData("-1 in args", "the expression needs more than 100,000 steps")]
    public void Work_is_limited(string text, string? message)
    {
        var scope = TestScope.Of($"{{\"args\":[{string.Join(',', Enumerable.Range(0, 100_001))}]}}");
        Assert.Equal(message, Try(text, scope));
    }

    [Fact]
    public void A_large_map_is_not_searched_from_its_start_in_each_round()
    {
        var members = string.Join(',', Enumerable.Range(0, 20_000).Select(number => $"\"k{number}\":{number}"));
        var scope = TestScope.Of($"{{\"kwargs\":{{\"map\":{{{members}}}}}}}");
        Assert.Equal("20000", Expression.Parse("size(kwargs.map.filter(k, kwargs.map[k] >= 0))").Evaluate(scope).ToJson());
    }

    [Theory]
    [InlineData("[0, 1].all(x, ", "true", ")")]
    [InlineData("[0, 1].map(x, ", "x", ")")]
    public void Nested_macros_end(string open, string middle, string close) =>
        Assert.Equal("the expression needs more than 100,000 steps", Try(Repeat(open, 40) + middle + Repeat(close, 40)));

    [Theory]
    [InlineData("['aaaaaaaaaaaaaaaa']", ".map(x, x + x)")]
    [InlineData("['a']", ".map(x, [x, x].join('aaaaaaaaaaaa'))")]
    [InlineData("['aaaaaaaaaaaaaaaa']", ".map(x, x.replace('a', 'aa'))")]
    [InlineData("[[0, 0, 0, 0, 0, 0, 0, 0]]", ".map(x, x + x)")]
    [InlineData("[b'aaaaaaaaaaaaaaaa']", ".map(x, x + x)")]
    public void Memory_is_limited(string start, string twice)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotNull(Try(start + Repeat(twice, 60)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * Limits.Made);
    }

    [Fact]
    public void A_value_that_shares_its_parts_is_not_written_without_end()
    {
        var value = Expression.Parse($"['{Repeat("a", 1_000)}']{Repeat(".map(x, [x, x])", 60)}").Evaluate(new TestScope());
        Assert.Equal("the result is longer than 16 MiB", Assert.Throws<ExpressionException>(value.ToJson).Message);
    }

    [Fact]
    public void The_text_is_limited()
    {
        Assert.Equal("the expression is longer than 64 KiB", Try($"'{Repeat("x", Limits.Text)}'"));
        Assert.Equal("the expression is longer than 64 KiB", Try($"1{Repeat(" ", 1_000_000)}"));
        Assert.Null(Try($"'{Repeat("x", Limits.Text - 2)}'"));
    }

    [Fact]
    public void A_template_of_a_megabyte_is_no_trouble()
    {
        var scope = TestScope.Of("{\"args\": [\"x\"]}");
        var text = Repeat("0123456789", 100_000);
        Assert.Equal($"{text}x{text}", Template.Parse($"{text}${{args[0]}}{text}").EvaluateText(scope));
        Assert.Equal(
            $"[\"{text}\",x]".Replace("x", "\"x\"", StringComparison.Ordinal),
            JsonTemplate.Parse($"[\"{text}\",\"${{args[0]}}\"]").Evaluate(scope)
        );
        Assert.Throws<ExpressionException>(() => Template.Parse(Repeat("${", 500_000)));
        Assert.Equal(Repeat("${", 500_000), Template.Parse(Repeat("$${", 500_000)).EvaluateText(scope));
        Assert.Equal(Repeat("${x}", 250_000), Template.Parse(Repeat("${x}", 250_000), TemplateKind.Shell).EvaluateText(scope));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*)*x")]
    public void No_pattern_makes_a_search_slow(string pattern)
    {
        var scope = TestScope.Of($"{{\"text\": \"{Repeat("a", 50_000)}!\"}}");
        // A search that tries all ways would not end within the time of a test.
        Assert.False(Expression.Parse($"text.matches('{pattern}')").Evaluate(scope).AsCondition());
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    // The message of the error, or null.
    private static string? Try(string text, TestScope? scope = null)
    {
        try
        {
            Expression.Parse(text).Evaluate(scope ?? TestScope.Of("{\"a\": [[1]]}"));
            return null;
        }
        catch (ExpressionException error)
        {
            return error.Message;
        }
    }

    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception error)
                {
                    failure = error;
                }
            },
            256 * 1024
        );
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
