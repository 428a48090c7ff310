using System.Text.Json;
using Aios.Models.Verification;

namespace Aios.Tests.Models.Verification;

public sealed class ConfidenceTests
{
    [Fact]
    public void It_is_that_of_the_worst_check()
    {
        CheckReport[] checks = [new("schema", 1, []), new("grounded", 0.9, [new Finding("12", "Not there.")]), new("judge", 0.95, [])];
        var (value, making) = Confidence.Of(checks);
        Assert.Equal(0.9, value);
        var json = JsonElement.Parse(making);
        Assert.Equal(0.9, json.GetProperty("confidence").GetDouble());
        Assert.Equal("min", json.GetProperty("rule").GetString());
        Assert.Equal(
            ["schema", "grounded", "judge"],
            json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("check").GetString())
        );
        var finding = json.GetProperty("checks")[1].GetProperty("findings")[0];
        Assert.Equal(("12", "Not there."), (finding.GetProperty("text").GetString(), finding.GetProperty("problem").GetString()));
    }

    [Fact]
    public void More_checks_that_find_nothing_do_not_lower_it()
    {
        CheckReport low = new("judge", 0.8, []);
        Assert.Equal(Confidence.Of([low]).Value, Confidence.Of([low, new("schema", 1, []), new("grounded", 1, [])]).Value);
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(-1, 0)]
    [InlineData(1.5, 1)]
    public void It_is_between_0_and_1(double score, double expected) =>
        Assert.Equal(expected, Confidence.Of([new("judge", score, [])]).Value);

    [Fact]
    public void Without_a_check_nothing_is_known() => Assert.Equal(0, Confidence.Of([]).Value);
}
