using System.Text.Json;
using Aios.Api.Shapes;

namespace Aios.Tests.Api;

public class ShapeTests
{
    private static readonly ObjectShape Order = new(
        "Order",
        [
            new("name", new TextShape { Shortest = 1, Longest = 5 }),
            new("count", new WholeShape(0, 9), IsRequired: false),
            new("at", new InstantShape { OrNull = true }, IsRequired: false),
            new("tags", new ListShape(new TextShape { Choices = ["a", "b"] }, 0, 2), IsRequired: false),
            new("more", new MapShape(new FlagShape()), IsRequired: false),
        ]
    );

    [Theory]
    [InlineData("""{"name": "x"}""")]
    [InlineData("""{"name": "x", "count": 9, "at": null, "tags": ["a", "b"], "more": {"z": true}}""")]
    [InlineData("""{"name": "x", "at": "2026-12-24T18:30:00+01:00"}""")]
    public void What_is_right_has_no_defect(string json) => Assert.Empty(Check(json));

    [Theory]
    [InlineData("""{}""", "/name", "is missing")]
    [InlineData("""{"name": ""}""", "/name", "expected something")]
    [InlineData("""{"name": "123456"}""", "/name", "expected at most 5")]
    [InlineData("""{"name": 7}""", "/name", "found a number, expected a text")]
    [InlineData("""{"name": null}""", "/name", "found null")]
    [InlineData("""{"name": "x", "count": 10}""", "/count", "from 0 to 9")]
    [InlineData("""{"name": "x", "count": 1.5}""", "/count", "found 1.5")]
    [InlineData("""{"name": "x", "at": "2026-12-24T18:30:00"}""", "/at", "with its offset")]
    [InlineData("""{"name": "x", "at": "tomorrow"}""", "/at", "expected an instant")]
    [InlineData("""{"name": "x", "tags": ["a", "c"]}""", "/tags/1", "expected one of a, b")]
    [InlineData("""{"name": "x", "tags": ["a", "b", "a"]}""", "/tags", "found 3 elements")]
    [InlineData("""{"name": "x", "tags": {}}""", "/tags", "found an object, expected a list")]
    [InlineData("""{"name": "x", "more": {"a/b": 1}}""", "/more/a~1b", "expected true or false")]
    [InlineData("""{"name": "x", "coutn": 1}""", "/coutn", "Did you mean \"count\"?")]
    [InlineData("""[]""", "", "found a list, expected an object")]
    public void What_is_wrong_is_named(string json, string field, string said)
    {
        var defect = Assert.Single(Check(json));
        Assert.Equal(field, defect.Field);
        Assert.Contains(said, defect.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_defects_is_told_in_part()
    {
        var many = string.Join(",", Enumerable.Range(0, 1000).Select(i => $"\"{i}\": 1"));
        var defects = Check("{\"name\": \"x\", \"more\": {" + many + "}}");
        Assert.Equal(50, defects.Count);
    }

    private static IReadOnlyList<FieldDefect> Check(string json)
    {
        using var document = JsonDocument.Parse(json);
        var defects = new Defects();
        Order.Check(document.RootElement, "", defects);
        return defects.Found;
    }
}
