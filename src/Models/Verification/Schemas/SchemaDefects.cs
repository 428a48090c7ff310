using System.Collections.Immutable;
using System.Text.Json;

namespace Aios.Models.Verification.Schemas;

/// <summary>Looks for what is wrong with a schema itself.</summary>
internal sealed class SchemaDefects(JsonElement root)
{
    private const int MostDepth = 64;

    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    private readonly SchemaReferences _references = new(root);
    private readonly ImmutableArray<Finding>.Builder _found = ImmutableArray.CreateBuilder<Finding>();

    /// <summary>The defects, each with where it is in the schema.</summary>
    public ImmutableArray<Finding> Find()
    {
        Visit(root, "", 0);
        return _found.ToImmutable();
    }

    private void Visit(JsonElement schema, string place, int depth)
    {
        if (depth > MostDepth)
            return;
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return;
        if (schema.ValueKind != JsonValueKind.Object)
        {
            Add(place, $"Expected a schema: an object, true or false; found {schema.GetRawText()}.");
            return;
        }

        foreach (var keyword in schema.EnumerateObject())
            VisitKeyword(
                keyword,
                $"{place}/{keyword.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}",
                depth
            );
        CheckOrder(schema, place, "minimum", "maximum");
        CheckOrder(schema, place, "minLength", "maxLength");
        CheckOrder(schema, place, "minItems", "maxItems");
    }

    private void VisitKeyword(JsonProperty keyword, string place, int depth)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "type":
                VisitType(value, place);
                break;
            case "properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas":
                VisitMembers(keyword, place, depth);
                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                Add(place, "Expected one schema for all items; schemas for the first ones are under prefixItems.");
                break;
            case "items" or "additionalProperties" or "contains" or "propertyNames" or "not" or "if" or "then" or "else":
                Visit(value, place, depth + 1);
                break;
            case "allOf" or "anyOf" or "oneOf" or "prefixItems":
                VisitList(value, place, depth);
                break;
            case "required":
                if (!AreTexts(value))
                    Add(place, "Expected a list of names.");
                break;
            case "dependentRequired":
                if (value.ValueKind != JsonValueKind.Object || !value.EnumerateObject().All(rule => AreTexts(rule.Value)))
                    Add(place, "Expected lists of names by the name of a member.");
                break;
            case "enum":
                if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
                    Add(place, "Expected a list with at least one value.");
                break;
            case "pattern":
                VisitPattern(value, place);
                break;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                if (value.ValueKind != JsonValueKind.Number)
                    Add(place, $"Expected a number, found {value.GetRawText()}.");
                break;
            case "multipleOf":
                if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var step) || step <= 0)
                    Add(place, $"Expected a number above 0, found {value.GetRawText()}.");
                break;
            case "minLength"
            or "maxLength"
            or "minItems"
            or "maxItems"
            or "minProperties"
            or "maxProperties"
            or "minContains"
            or "maxContains":
                if (
                    value.ValueKind != JsonValueKind.Number
                    || !SchemaNumbers.IsWhole(value)
                    || !value.TryGetDouble(out var count)
                    || count < 0
                )
                    Add(place, $"Expected a whole number, at least 0; found {value.GetRawText()}.");
                break;
            case "uniqueItems":
                if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    Add(place, $"Expected true or false, found {value.GetRawText()}.");
                break;
            case "format":
                if (value.ValueKind != JsonValueKind.String)
                    Add(place, $"Expected the name of a format, found {value.GetRawText()}.");
                break;
            case "$ref":
                VisitReference(value, place);
                break;
            case "unevaluatedProperties" or "unevaluatedItems" or "$dynamicRef":
                Add(place, "This keyword is not supported. Use additionalProperties, items or $ref.");
                break;
        }
    }

    private void VisitType(JsonElement type, string place)
    {
        var names = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : new List<JsonElement> { type };
        if (names.Count == 0)
            Add(place, "Expected at least one type.");
        foreach (var name in names.Where(name => name.ValueKind != JsonValueKind.String || !Types.Contains(name.GetString())))
        {
            var hint = name.ValueKind == JsonValueKind.String ? Platform.NearestName.Hint(name.GetString()!, Types) : "";
            Add(place, $"Expected one of {string.Join(", ", Types)}; found {name.GetRawText()}.{hint}");
        }
    }

    private void VisitMembers(JsonProperty keyword, string place, int depth)
    {
        if (keyword.Value.ValueKind != JsonValueKind.Object)
        {
            Add(place, "Expected schemas by name.");
            return;
        }

        foreach (var member in keyword.Value.EnumerateObject())
        {
            var inner = $"{place}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (keyword.Name == "patternProperties" && SchemaPattern.Make(member.Name).Why is { } why)
                Add(inner, $"The pattern is no regular expression: {why}");
            Visit(member.Value, inner, depth + 1);
        }
    }

    private void VisitList(JsonElement list, string place, int depth)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            Add(place, "Expected a list with at least one schema.");
            return;
        }

        foreach (var (index, schema) in list.EnumerateArray().Index())
            Visit(schema, $"{place}/{index}", depth + 1);
    }

    private void VisitPattern(JsonElement pattern, string place)
    {
        if (pattern.ValueKind != JsonValueKind.String)
            Add(place, $"Expected a regular expression as text, found {pattern.GetRawText()}.");
        else if (SchemaPattern.Make(pattern.GetString()!).Why is { } why)
            Add(place, $"The pattern is no regular expression: {why}");
    }

    private void VisitReference(JsonElement reference, string place)
    {
        if (reference.ValueKind != JsonValueKind.String)
            Add(place, $"Expected a reference as text, found {reference.GetRawText()}.");
        else if (_references.Find(reference.GetString()!) is null)
            Add(place, $"The schema has no {reference.GetString()}. References lead to a place in the same schema, such as #/$defs/name.");
    }

    private void CheckOrder(JsonElement schema, string place, string least, string most)
    {
        if (
            schema.TryGetProperty(least, out var from)
            && schema.TryGetProperty(most, out var to)
            && from.ValueKind == JsonValueKind.Number
            && to.ValueKind == JsonValueKind.Number
            && from.GetDouble() > to.GetDouble()
        )
            Add(place, $"No value fits: {least} is {from}, {most} is {to}.");
    }

    private static bool AreTexts(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String);

    private void Add(string place, string problem) => _found.Add(new Finding(place.Length == 0 ? "/" : place, problem));
}
