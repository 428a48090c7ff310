using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aios.Models.Verification.Schemas;

/// <summary>Evaluates one value against a schema.</summary>
internal sealed class SchemaEvaluation(JsonElement root)
{
    private const int MostDepth = 256;
    private const int MostWork = 1_000_000;
    private const int MostFindings = 100;
    private const int LongestShown = 60;

    private readonly SchemaReferences _references = new(root);
    private readonly Dictionary<string, Regex?> _patterns = new(StringComparer.Ordinal);
    private int _work;

    /// <summary>What is wrong with the value.</summary>
    public ImmutableArray<Finding> Run(JsonElement value)
    {
        var findings = new List<Finding>();
        Evaluate(root, value, "", findings, 0);
        return [.. findings.Take(MostFindings)];
    }

    private bool IsValid(JsonElement schema, JsonElement value, int depth)
    {
        var findings = new List<Finding>();
        Evaluate(schema, value, "", findings, depth + 1);
        return findings.Count == 0;
    }

    private void Evaluate(JsonElement schema, JsonElement value, string place, List<Finding> findings, int depth)
    {
        if (depth > MostDepth || ++_work > MostWork)
        {
            Add(findings, place, "The schema cannot be evaluated here: it refers to itself without end, or has too many alternatives.");
            return;
        }

        if (schema.ValueKind == JsonValueKind.False)
            Add(findings, place, $"Expected nothing here, found {Shown(value)}.");
        if (schema.ValueKind != JsonValueKind.Object)
            return;
        foreach (var keyword in schema.EnumerateObject())
            CheckAny(schema, keyword, value, place, findings, depth);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(schema, value, place, findings, depth);
                break;
            case JsonValueKind.Array:
                CheckArray(schema, value, place, findings, depth);
                break;
            case JsonValueKind.String:
                CheckText(schema, value, place, findings);
                break;
            case JsonValueKind.Number:
                SchemaNumbers.Check(schema, value, problem => Add(findings, place, problem));
                break;
        }
    }

    private void CheckAny(JsonElement schema, JsonProperty keyword, JsonElement value, string place, List<Finding> findings, int depth)
    {
        switch (keyword.Name)
        {
            case "$ref" when keyword.Value.ValueKind == JsonValueKind.String:
                if (_references.Find(keyword.Value.GetString()!) is { } target)
                    Evaluate(target, value, place, findings, depth + 1);
                else
                    Add(findings, place, $"The schema refers to {keyword.Value.GetString()}, which it does not have.");
                break;
            case "type":
                if (!HasType(keyword.Value, value))
                    Add(findings, place, $"Expected {TypeNames(keyword.Value)}, found {Shown(value)}.");
                break;
            case "const":
                if (!JsonElement.DeepEquals(keyword.Value, value))
                    Add(findings, place, $"Expected {Shown(keyword.Value)}, found {Shown(value)}.");
                break;
            case "enum" when keyword.Value.ValueKind == JsonValueKind.Array:
                if (!keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)))
                    Add(
                        findings,
                        place,
                        $"Expected one of {string.Join(", ", keyword.Value.EnumerateArray().Take(12).Select(Shown))}, found {Shown(value)}."
                    );
                break;
            case "allOf" when keyword.Value.ValueKind == JsonValueKind.Array:
                foreach (var part in keyword.Value.EnumerateArray())
                    Evaluate(part, value, place, findings, depth + 1);
                break;
            case "anyOf" or "oneOf" when keyword.Value.ValueKind == JsonValueKind.Array:
                CheckAlternatives(keyword, value, place, findings, depth);
                break;
            case "not":
                if (IsValid(keyword.Value, value, depth))
                    Add(findings, place, $"Expected something that the schema under not does not allow, found {Shown(value)}.");
                break;
            case "if":
                var branch = IsValid(keyword.Value, value, depth) ? "then" : "else";
                if (schema.TryGetProperty(branch, out var chosen))
                    Evaluate(chosen, value, place, findings, depth + 1);
                break;
        }
    }

    private void CheckAlternatives(JsonProperty keyword, JsonElement value, string place, List<Finding> findings, int depth)
    {
        var fitting = 0;
        List<Finding>? nearest = null;
        foreach (var alternative in keyword.Value.EnumerateArray())
        {
            var own = new List<Finding>();
            Evaluate(alternative, value, place, own, depth + 1);
            fitting += own.Count == 0 ? 1 : 0;
            if (nearest is null || own.Count < nearest.Count)
                nearest = own;
        }

        var hint = nearest is [var first, ..] ? $" The nearest says: {first.Problem}" : "";
        var count = keyword.Value.GetArrayLength();
        if (fitting == 0)
            Add(findings, place, $"Expected one of the {count} schemas of {keyword.Name}, found {Shown(value)}.{hint}");
        else if (fitting > 1 && keyword.Name == "oneOf")
            Add(findings, place, $"Expected exactly one of the schemas of oneOf, found {Shown(value)}, which fits {fitting} of them.");
    }

    private void CheckObject(JsonElement schema, JsonElement value, string place, List<Finding> findings, int depth)
    {
        var count = value.EnumerateObject().Count();
        CheckCount(schema, "minProperties", "maxProperties", count, "members", place, findings);
        if (Member(schema, "required", JsonValueKind.Array) is { } required)
        {
            foreach (
                var name in required
                    .EnumerateArray()
                    .Where(name => name.ValueKind == JsonValueKind.String && !value.TryGetProperty(name.GetString()!, out _))
            )
                Add(findings, place, $"Expected a member {Shown(name)}, found none.");
        }

        foreach (var member in value.EnumerateObject())
            CheckMember(schema, member, $"{place}/{Escaped(member.Name)}", findings, depth);
        if (Member(schema, "dependentRequired", JsonValueKind.Object) is { } needed)
        {
            foreach (
                var rule in needed
                    .EnumerateObject()
                    .Where(rule => rule.Value.ValueKind == JsonValueKind.Array && value.TryGetProperty(rule.Name, out _))
            )
            {
                foreach (
                    var name in rule
                        .Value.EnumerateArray()
                        .Where(name => name.ValueKind == JsonValueKind.String && !value.TryGetProperty(name.GetString()!, out _))
                )
                    Add(findings, place, $"Expected a member {Shown(name)} beside \"{rule.Name}\", found none.");
            }
        }

        if (Member(schema, "dependentSchemas", JsonValueKind.Object) is { } schemas)
        {
            foreach (var rule in schemas.EnumerateObject().Where(rule => value.TryGetProperty(rule.Name, out _)))
                Evaluate(rule.Value, value, place, findings, depth + 1);
        }
    }

    private void CheckMember(JsonElement schema, JsonProperty member, string place, List<Finding> findings, int depth)
    {
        var isKnown = false;
        if (Member(schema, "properties", JsonValueKind.Object) is { } properties && properties.TryGetProperty(member.Name, out var own))
        {
            isKnown = true;
            Evaluate(own, member.Value, place, findings, depth + 1);
        }

        if (Member(schema, "patternProperties", JsonValueKind.Object) is { } patterns)
        {
            foreach (var pattern in patterns.EnumerateObject())
            {
                if (Pattern(pattern.Name) is not { } regex || SchemaPattern.IsMatch(regex, member.Name) != true)
                    continue;
                isKnown = true;
                Evaluate(pattern.Value, member.Value, place, findings, depth + 1);
            }
        }

        if (schema.TryGetProperty("propertyNames", out var names))
            Evaluate(
                names,
                JsonElement.Parse(Wire.Json.Bytes(json => json.WriteStringValue(member.Name)).Span),
                place,
                findings,
                depth + 1
            );
        if (isKnown || !schema.TryGetProperty("additionalProperties", out var others))
            return;
        if (others.ValueKind == JsonValueKind.False)
            Add(findings, place, $"Expected no member \"{member.Name}\": the schema allows none but those that it names.");
        else
            Evaluate(others, member.Value, place, findings, depth + 1);
    }

    private void CheckArray(JsonElement schema, JsonElement value, string place, List<Finding> findings, int depth)
    {
        CheckCount(schema, "minItems", "maxItems", value.GetArrayLength(), "items", place, findings);
        var first = Member(schema, "prefixItems", JsonValueKind.Array);
        var known = first?.GetArrayLength() ?? 0;
        var items = schema.TryGetProperty("items", out var rest) && rest.ValueKind != JsonValueKind.Array ? rest : (JsonElement?)null;
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (index < known)
                Evaluate(first!.Value[index], item, $"{place}/{index}", findings, depth + 1);
            else if (items is { } other)
                Evaluate(other, item, $"{place}/{index}", findings, depth + 1);
        }

        if (schema.TryGetProperty("contains", out var wanted))
            CheckContains(schema, wanted, value, place, findings, depth);
        if (
            schema.TryGetProperty("uniqueItems", out var unique)
            && unique.ValueKind == JsonValueKind.True
            && Twin(value) is var (one, twin)
        )
            Add(findings, place, $"Expected different items, found {Shown(value[one])} as items {one} and {twin}.");
    }

    private void CheckContains(JsonElement schema, JsonElement wanted, JsonElement value, string place, List<Finding> findings, int depth)
    {
        var fitting = value.EnumerateArray().Count(item => IsValid(wanted, item, depth));
        var least = Count(schema, "minContains") ?? 1;
        if (fitting < least)
            Add(findings, place, $"Expected at least {least} items that fit the schema under contains, found {fitting}.");
        if (Count(schema, "maxContains") is { } most && fitting > most)
            Add(findings, place, $"Expected at most {most} items that fit the schema under contains, found {fitting}.");
    }

    private static (int First, int Second)? Twin(JsonElement list)
    {
        var items = list.EnumerateArray().ToList();
        for (var first = 0; first < items.Count; first++)
        {
            for (var second = first + 1; second < items.Count; second++)
            {
                if (JsonElement.DeepEquals(items[first], items[second]))
                    return (first, second);
            }
        }

        return null;
    }

    private void CheckText(JsonElement schema, JsonElement value, string place, List<Finding> findings)
    {
        var text = Wire.Json.TextOf(value) ?? "";
        CheckCount(schema, "minLength", "maxLength", text.EnumerateRunes().Count(), "characters", place, findings);
        if (
            Member(schema, "pattern", JsonValueKind.String)?.GetString() is { } pattern
            && Pattern(pattern) is { } regex
            && SchemaPattern.IsMatch(regex, text) is var isMatch and not true
        )
            Add(
                findings,
                place,
                isMatch is null
                    ? $"The search for {pattern} takes too long in {Shown(value)}."
                    : $"Expected a match of {pattern}, found {Shown(value)}."
            );
        if (Member(schema, "format", JsonValueKind.String)?.GetString() is { } format && !SchemaFormats.Has(format, text))
            Add(findings, place, $"Expected the format {format}, found {Shown(value)}.");
    }

    private static void CheckCount(
        JsonElement schema,
        string least,
        string most,
        int count,
        string things,
        string place,
        List<Finding> findings
    )
    {
        if (Count(schema, least) is { } from && count < from)
            Add(findings, place, $"Expected at least {from} {things}, found {count}.");
        if (Count(schema, most) is { } to && count > to)
            Add(findings, place, $"Expected at most {to} {things}, found {count}.");
    }

    private Regex? Pattern(string pattern)
    {
        if (!_patterns.TryGetValue(pattern, out var regex))
            _patterns[pattern] = regex = SchemaPattern.Make(pattern).Regex;
        return regex;
    }

    private static bool HasType(JsonElement type, JsonElement value) =>
        type.ValueKind switch
        {
            JsonValueKind.String => IsOf(type.GetString()!, value),
            JsonValueKind.Array => type.EnumerateArray()
                .Any(name => name.ValueKind == JsonValueKind.String && IsOf(name.GetString()!, value)),
            _ => true,
        };

    private static bool IsOf(string type, JsonElement value) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && SchemaNumbers.IsWhole(value),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => false,
        };

    private static string TypeNames(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array
            ? string.Join(" or ", type.EnumerateArray().Select(name => name.ToString()))
            : type.ToString();

    private static int? Count(JsonElement schema, string name) =>
        Member(schema, name, JsonValueKind.Number) is { } value && value.TryGetDouble(out var count) && count >= 0
            ? (int)Math.Min(count, int.MaxValue)
            : null;

    private static JsonElement? Member(JsonElement schema, string name, JsonValueKind kind) =>
        schema.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    private static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";
    }

    private static void Add(List<Finding> findings, string place, string problem)
    {
        if (findings.Count <= MostFindings)
            findings.Add(new Finding(place.Length == 0 ? "/" : place, problem));
    }
}
