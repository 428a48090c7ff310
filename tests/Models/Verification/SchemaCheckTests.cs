using System.Text.Json;
using Aios.Models.Verification;

namespace Aios.Tests.Models.Verification;

public sealed class SchemaCheckTests
{
    private const string Report = """
        {"type": "object", "additionalProperties": false, "required": ["title", "rows"], "properties": {
          "title": {"type": "string", "minLength": 1},
          "rows": {"type": "array", "items": {"$ref": "#/$defs/row"}},
          "note": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
         "$defs": {"row": {"type": "object", "required": ["region"], "properties": {"region": {"enum": ["North", "South"]}, "units": {"type": "integer", "minimum": 0}}}}}
        """;

    [Fact]
    public void A_value_that_fits_has_no_findings()
    {
        var report = SchemaCheck.Check(
            JsonElement.Parse(Report),
            JsonElement.Parse("""{"title": "Sales", "rows": [{"region": "North", "units": 3.0}], "note": null}""")
        );
        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Score);
        Assert.Equal("schema", report.Check);
    }

    [Theory]
    [InlineData("""{"rows": []}""", "/", "Expected a member \"title\", found none.")]
    [InlineData("""{"title": "", "rows": []}""", "/title", "Expected at least 1 characters, found 0.")]
    [InlineData("""{"title": "a", "rows": {}}""", "/rows", "Expected array, found {}.")]
    [InlineData(
        """{"title": "a", "rows": [{"region": "West"}]}""",
        "/rows/0/region",
        "Expected one of \"North\", \"South\", found \"West\"."
    )]
    [InlineData("""{"title": "a", "rows": [{"region": "North", "units": 1.5}]}""", "/rows/0/units", "Expected integer, found 1.5.")]
    [InlineData("""{"title": "a", "rows": [{"region": "North", "units": -1}]}""", "/rows/0/units", "Expected at least 0, found -1.")]
    [InlineData(
        """{"title": "a", "rows": [], "x/y": 1}""",
        "/x~1y",
        "Expected no member \"x/y\": the schema allows none but those that it names."
    )]
    [InlineData(
        """{"title": "a", "rows": [], "note": 1}""",
        "/note",
        "Expected one of the 2 schemas of anyOf, found 1. The nearest says: Expected string, found 1."
    )]
    public void A_finding_says_where_what_was_expected_and_what_there_is(string value, string place, string problem)
    {
        var report = SchemaCheck.Check(JsonElement.Parse(Report), JsonElement.Parse(value));
        Assert.Equal(0, report.Score);
        Assert.Equal([new Finding(place, problem)], report.Findings);
    }

    [Theory]
    [InlineData("""{"type": "sting"}""", "/type", "Did you mean \"string\"?")]
    [InlineData("""{"type": []}""", "/type", "at least one type")]
    [InlineData("""{"properties": {"a": {"pattern": "("}}}""", "/properties/a/pattern", "no regular expression")]
    [InlineData("""{"patternProperties": {"[": {}}}""", "/patternProperties/[", "no regular expression")]
    [InlineData("""{"items": {"$ref": "#/$defs/row"}}""", "/items/$ref", "The schema has no #/$defs/row.")]
    [InlineData("""{"$ref": "https://example.com/schema.json"}""", "/$ref", "References lead to a place in the same schema")]
    [InlineData("""{"required": "name"}""", "/required", "a list of names")]
    [InlineData("""{"anyOf": []}""", "/anyOf", "at least one schema")]
    [InlineData("""{"items": [{"type": "string"}]}""", "/items", "prefixItems")]
    [InlineData("""{"enum": []}""", "/enum", "at least one value")]
    [InlineData("""{"minLength": -1}""", "/minLength", "at least 0")]
    [InlineData("""{"multipleOf": 0}""", "/multipleOf", "above 0")]
    [InlineData("""{"minimum": 5, "maximum": 1}""", "/", "No value fits")]
    [InlineData("""{"unevaluatedProperties": false}""", "/unevaluatedProperties", "not supported")]
    [InlineData("""{"properties": {"a": "string"}}""", "/properties/a", "Expected a schema")]
    public void A_defect_of_a_schema_is_named(string schema, string place, string problem)
    {
        var defect = Assert.Single(SchemaCheck.Defects(JsonElement.Parse(schema)));
        Assert.Equal(place, defect.Text);
        Assert.Contains(problem, defect.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_without_defects_has_none() => Assert.Empty(SchemaCheck.Defects(JsonElement.Parse(Report)));

    [Fact]
    public void A_schema_that_refers_to_itself_without_end_is_no_endless_loop()
    {
        var report = SchemaCheck.Check(
            JsonElement.Parse("""{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}"""),
            JsonElement.Parse("1")
        );
        Assert.Contains("refers to itself", Assert.Single(report.Findings).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Alternatives_of_alternatives_end()
    {
        var schema =
            """{"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}]}}, "$ref": "#/$defs/a"}""";
        Assert.Equal(0, SchemaCheck.Check(JsonElement.Parse(schema), JsonElement.Parse("{}")).Score);
    }

    [Fact]
    public void A_pattern_that_tries_without_end_is_given_up()
    {
        var text = new string('a', 60) + "!";
        var schema = """{"pattern": "^(?=a)(a+)+$"}""";
        Assert.Equal(0, SchemaCheck.Check(JsonElement.Parse(schema), JsonElement.Parse($"\"{text}\"")).Score);
    }
}
