using System.Text.Json;
using Aios.Models.Verification;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Models.Verification;

public sealed class AgreementTests
{
    [Theory]
    [InlineData("""{"a": 1, "b": "x"}""", """{"b": " X ", "a": 1.0}""", 1)]
    [InlineData("""{"a": 1, "b": "x"}""", """{"a": 1, "b": "y"}""", 0.5)]
    [InlineData("""{"a": 1, "b": "x"}""", """{"a": 1}""", 0.5)]
    [InlineData("""{"a": 1}""", """{"b": 1}""", 0)]
    [InlineData("[1, 2, 3]", "[3, 1, 2]", 1)]
    [InlineData("[1, 2, 3]", "[1, 2]", 2.0 / 3)]
    [InlineData("""[{"id": 1, "v": 2}, {"id": 2, "v": 3}]""", """[{"id": 2, "v": 3}, {"id": 1, "v": 9}]""", 0.75)]
    [InlineData("12.35", "12.3456", 1)]
    [InlineData("12", "12.3456", 0)]
    [InlineData("1000000", "1000000.5", 1)]
    [InlineData("true", "false", 0)]
    [InlineData("null", "0", 0)]
    [InlineData("[]", "[]", 1)]
    [InlineData("```json\n{\"a\": 1}\n```", """{"a": 1}""", 1)]
    public void JSON_is_compared_by_its_structure(string left, string right, double expected)
    {
        var report = Agreement.Of([left, right]);
        Assert.True(report.IsStructural);
        Assert.Equal(expected, report.Score, 9);
        Assert.Equal(expected, Agreement.Of([right, left]).Score, 9);
    }

    [Fact]
    public void The_best_answer_is_the_one_that_the_others_agree_with()
    {
        var report = Agreement.Of([
            """{"total": 7, "by": {"north": 3}}""",
            """{"total": 9, "by": {"north": 4}}""",
            """{"total": 9, "by": {"north": 3}}""",
        ]);
        Assert.Equal(2, report.Best);
        Assert.Equal(
            [("/total", "7 9 9"), ("/by/north", "3 4 3")],
            report.Contradictions.Select(place => (place.Place, string.Join(' ', place.Values)))
        );
        Assert.Equal("agree", report.ToCheck().Check);
        Assert.Equal(2, report.ToCheck().Findings.Length);
    }

    [Fact]
    public void A_member_that_only_one_answer_has_contradicts_the_others()
    {
        var place = Assert.Single(Agreement.Of(["""{"a": 1, "x~y": 2}""", """{"a": 1}"""]).Contradictions);
        Assert.Equal("/x~0y", place.Place);
        Assert.Equal(["2", null], place.Values);
    }

    [Fact]
    public void Texts_agree_only_where_they_are_the_same()
    {
        var report = Agreement.Of(["Yes.", "yes", "No"]);
        Assert.False(report.IsStructural);
        Assert.Equal(1.0 / 3, report.Score, 9);
        Assert.Equal(0, report.Best);
    }

    [Fact]
    public void Embeddings_are_compared_by_their_angle()
    {
        var report = Agreement.OfVectors([
            [1f, 0f],
            [2f, 0f],
            [0f, 3f],
            [-1f, 0f],
        ]);
        Assert.Equal(1.0 / 6, report.Score, 9);
        Assert.Equal(0, report.Best);
        Assert.Throws<ArgumentException>(() =>
            Agreement.OfVectors([
                [1f],
                [1f, 2f],
            ])
        );
    }

    [Fact]
    public void One_answer_agrees_with_itself_and_none_is_best_of_none()
    {
        Assert.Equal((1.0, 0), (Agreement.Of(["{}"]).Score, Agreement.Of(["{}"]).Best));
        Assert.Equal((1.0, -1), (Agreement.Of([]).Score, Agreement.Of([]).Best));
    }

    [Fact]
    public void An_answer_agrees_with_itself_and_two_agree_in_either_order()
    {
        var leaf = Gen.OneOf(Gen.Choose(-5, 5).Select(number => $"{number}"), Gen.Elements("true", "null", "\"a\"", "\"b\"", "1.25"));
        Gen<string> Tree(int depth) =>
            depth == 0
                ? leaf
                : Gen.OneOf(
                    leaf,
                    Tree(depth - 1).ListOf().Select(items => $"[{string.Join(',', items)}]"),
                    Tree(depth - 1)
                        .ListOf()
                        .Select(items => $"{{{string.Join(',', items.Select((item, index) => $"\"k{index}\":{item}"))}}}")
                );
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Tree(2).Zip(Tree(2)).ToArbitrary(), pair =>
            {
                Assert.Equal(1, Agreement.Of([pair.Item1, pair.Item1]).Score, 9);
                var report = Agreement.Of([pair.Item1, pair.Item2]);
                Assert.InRange(report.Score, 0, 1);
                Assert.Equal(report.Score, Agreement.Of([pair.Item2, pair.Item1]).Score, 9);
                // Where the places do not differ, the answers agree.
                Assert.Equal(report.Score > 1 - 1e-9, report.Contradictions.IsEmpty);
            }));
    }
}
