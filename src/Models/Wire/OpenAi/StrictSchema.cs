using System.Text.Json;

namespace Aios.Models.Wire.OpenAi;

/// <summary>
/// What OpenAI takes as a strict schema: each object names all its properties as required and allows no others, and what decides
/// between schemas is <c>anyOf</c> alone (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas). Any other is
/// refused with status 400 if it is sent as strict.
/// </summary>
internal static class StrictSchema
{
    private static readonly string[] Refused =
    [
        "allOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
        "dependentRequired",
        "dependentSchemas",
        "patternProperties",
        "propertyNames",
        "prefixItems",
        "contains",
        "uniqueItems",
        "unevaluatedProperties",
        "unevaluatedItems",
        "minProperties",
        "maxProperties",
    ];

    /// <summary>Whether a schema is one, with all that are inside of it.</summary>
    public static bool IsMetBy(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || Refused.Any(name => schema.Get(name) is not null))
            return false;
        if (schema.Get("properties") is { ValueKind: JsonValueKind.Object } properties && !IsClosed(schema, properties))
            return false;
        if (schema.Text("type") == "object" && schema.Get("properties") is null)
            return false;
        return Inner(schema).All(IsMetBy);
    }

    private static bool IsClosed(JsonElement schema, JsonElement properties)
    {
        var required = schema.Items("required").Where(item => item.ValueKind == JsonValueKind.String).Select(Json.TextOf).ToHashSet();
        return schema.Flag("additionalProperties") == false && properties.EnumerateObject().All(member => required.Contains(member.Name));
    }

    private static IEnumerable<JsonElement> Inner(JsonElement schema) =>
        [
            .. Members(schema, "properties"),
            .. Members(schema, "$defs"),
            .. Members(schema, "definitions"),
            .. schema.Items("anyOf"),
            .. schema.Get("items") is { } items ? [items] : Array.Empty<JsonElement>(),
        ];

    private static IEnumerable<JsonElement> Members(JsonElement schema, string name) =>
        schema.Get(name) is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject().Select(member => member.Value) : [];
}
