using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>The description that a daemon gives of its API, read as any client would read it.</summary>
internal sealed class OpenApiDocument(JsonElement root)
{
    /// <summary>All that it says can be asked for.</summary>
    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. from path in root.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        select new Operation(method.Name.ToUpperInvariant(), path.Name, method.Value),
    ];

    /// <summary>What is wrong with a value by a schema of the document; none if nothing is.</summary>
    public IEnumerable<string> Defects(JsonElement schema, JsonElement value, string at = "")
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Defects(Follow(reference.GetString()!), value, at);
        if (schema.TryGetProperty("anyOf", out var any))
            return any.EnumerateArray().Any(one => !Defects(one, value, at).Any()) ? [] : [$"{at}: fits none of {any}"];
        if (
            schema.TryGetProperty("type", out var type)
            && !Types(type).Contains(TypeOf(value))
            && !(TypeOf(value) == "integer" && Types(type).Contains("number"))
        )
            return [$"{at}: found {TypeOf(value)}, expected {type}"];
        return
        [
            .. Simple(schema, value, at),
            .. value.ValueKind switch
            {
                JsonValueKind.Object => Members(schema, value, at),
                JsonValueKind.Array => schema.TryGetProperty("items", out var items)
                    ? value.EnumerateArray().SelectMany((item, place) => Defects(items, item, $"{at}/{place}"))
                    : [],
                _ => [],
            },
        ];
    }

    /// <summary>The schema to which a reference leads.</summary>
    public JsonElement Follow(string reference)
    {
        Assert.StartsWith("#/", reference, StringComparison.Ordinal);
        return reference[2..].Split('/').Aggregate(root, (element, name) => element.GetProperty(name));
    }

    private string ExampleOf(JsonElement schema, string member) => Example(schema.GetProperty("properties").GetProperty(member), member);

    /// <summary>A value that fits a schema, as small as it can be.</summary>
    public string Example(JsonElement schema, string name = "")
    {
        if (schema.TryGetProperty("$ref", out var reference))
            schema = Follow(reference.GetString()!);
        if (name == "job_name")
            return "\"hello\"";
        if (!schema.TryGetProperty("type", out var type))
            return "1";
        return Types(type).First() switch
        {
            "object" => $"{{{string.Join(",", Required(schema).Select(member => $"\"{member}\":{ExampleOf(schema, member)}"))}}}",
            "array" => schema.TryGetProperty("minItems", out _) ? $"[{Example(schema.GetProperty("items"))}]" : "[]",
            "integer" => schema.TryGetProperty("minimum", out var least) ? least.GetRawText() : "0",
            "boolean" => "false",
            "number" => "0",
            _ when schema.TryGetProperty("examples", out var examples) => examples[0].GetRawText(),
            _ => schema.TryGetProperty("enum", out var choices) ? choices[0].GetRawText()
            : schema.TryGetProperty("format", out _) ? "\"2026-12-24T18:30:00Z\""
            : "\"x\"",
        };
    }

    private IEnumerable<string> Members(JsonElement schema, JsonElement value, string at)
    {
        // A schema without members stands for anything.
        if (!schema.TryGetProperty("properties", out _) && !schema.TryGetProperty("additionalProperties", out _))
            yield break;
        foreach (var name in Required(schema).Where(name => !value.TryGetProperty(name, out _)))
            yield return $"{at}/{name}: is missing";
        foreach (var member in value.EnumerateObject())
        {
            var known =
                schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var found)
                    ? found
                    : (JsonElement?)null;
            if (known is null && schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object)
                known = more;
            if (known is not { } of)
                yield return $"{at}/{member.Name}: is not in the document";
            else
                foreach (var defect in Defects(of, member.Value, $"{at}/{member.Name}"))
                    yield return defect;
        }
    }

    private static IEnumerable<string> Simple(JsonElement schema, JsonElement value, string at)
    {
        if (
            schema.TryGetProperty("enum", out var choices) && !choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value))
        )
            yield return $"{at}: {value} is not one of {choices}";
        if (
            value.ValueKind == JsonValueKind.Number
            && schema.TryGetProperty("minimum", out var least)
            && value.GetDouble() < least.GetDouble()
        )
            yield return $"{at}: {value} is below {least}";
        if (
            value.ValueKind == JsonValueKind.String
            && schema.TryGetProperty("format", out var format)
            && format.GetString() == "date-time"
            && !value.TryGetDateTimeOffset(out _)
        )
            yield return $"{at}: {value} is no instant";
    }

    private static IEnumerable<string> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static string TypeOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
            JsonValueKind.Null => "null",
            _ => "boolean",
        };

    /// <summary>One thing that can be asked for.</summary>
    internal sealed record Operation(string Method, string Path, JsonElement Description)
    {
        public string Id => Description.GetProperty("operationId").GetString()!;

        public string Role => Description.GetProperty("x-role").GetString()!;

        public JsonElement Responses => Description.GetProperty("responses");

        public IEnumerable<JsonElement> Parameters(string place) =>
            Description.GetProperty("parameters").EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == place);

        public JsonElement? Body =>
            Description.TryGetProperty("requestBody", out var body)
                ? body.GetProperty("content").GetProperty("application/json").GetProperty("schema")
                : null;
    }
}
