using System.Text.Json;
using Aios.Models.Verification;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Models.Verification;

public sealed class GroundedProperties
{
    private static readonly string[] Tokens =
    [
        .. (
            "North 1,234.56 1.234,56 12.5% 2026-03-14 14.03. 3/14/2026 March Q1 "
            + "INC-1042 `x` | - # ** ( ) : ; , . \" „ ' – − € k M \\ { } [ ] 0 00 9e99 1e400 99999999999999999999999999"
        ).Split(' '),
        " ",
        "\n",
        "\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "\0",
        "\ud800",
        "é😀",
    ];

    private static readonly Gen<string> Soup = Gen.Elements(Tokens).ListOf().Select(tokens => string.Concat(tokens));

    [Fact]
    public void Whatever_is_asked_there_is_a_report() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Soup.Zip(Soup).ToArbitrary(), pair =>
            {
                var source = JsonElement.Parse(JsonSerializer.Serialize(new Dictionary<string, string> { ["text"] = pair.Item2 }));
                var report = GroundedCheck.Check(pair.Item1, source);
                Assert.InRange(report.Score, 0, 1);
                Assert.Equal(report.Score == 1, report.Findings.IsEmpty);
            }));

    [Fact]
    public void Each_number_of_a_source_is_grounded_and_another_is_not() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Gen.Choose(1000, 9_000_000).ToArbitrary(), number =>
            {
                var source = JsonElement.Parse($$"""{"a": {{number}}, "b": {{number / 2}}}""");
                Assert.Empty(GroundedCheck.Check($"It is {number:N0}.", source).Findings);
                Assert.Single(GroundedCheck.Check($"It is {number + 1:N0}.", source).Findings);
            }));

    [Fact]
    public void The_same_question_has_the_same_answer()
    {
        var source = JsonElement.Parse("""{"rows": [{"a": 1.5, "b": "North"}, {"a": 2.5, "b": "South"}]}""");
        var reports = Enumerable.Range(0, 5).Select(_ => GroundedCheck.Check("North 4, West 7, total 4.0, up 66.7 %.", source)).ToList();
        Assert.All(reports, report => Assert.Equal(reports[0].Findings, report.Findings));
    }
}
