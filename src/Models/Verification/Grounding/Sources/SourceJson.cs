using System.Text.Json;
using Aios.Models.Verification.Grounding.Scanning;
using Row = System.Collections.Generic.Dictionary<string, System.Text.Json.JsonElement>;

namespace Aios.Models.Verification.Grounding.Sources;

/// <summary>What JSON of a source is: a value, a map, a text that holds JSON.</summary>
internal static class SourceJson
{
    public static bool IsMapOfNumbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.EnumerateObject().Skip(1).Any()
        && element.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Number);

    public static void Flatten(JsonElement element, string prefix, Row row, int depth)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = prefix.Length == 0 ? member.Name : $"{prefix} {member.Name}";
            if (IsScalar(member.Value))
                row[name] = member.Value;
            else if (member.Value.ValueKind == JsonValueKind.Object && depth < 3 && !IsMap(member.Value))
                Flatten(member.Value, name, row, depth + 1);
        }
    }

    // What names a thing holds for its parts; what it measures does not.
    public static bool IsLabel(KeyValuePair<string, JsonElement> field) =>
        field.Value.ValueKind == JsonValueKind.String || SourceColumn.IsKeyName(field.Key);

    // Things by their names are no fields.
    public static bool IsMap(JsonElement element) =>
        element.EnumerateObject().Skip(1).Any() && element.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Object);

    public static bool IsText(JsonElement element) => element.ValueKind == JsonValueKind.String;

    public static bool IsScalar(JsonElement element) => element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    public static string NameOf(string place)
    {
        var name = place[(place.LastIndexOf('.') + 1)..];
        var list = name.IndexOf('[', StringComparison.Ordinal);
        return list < 0 ? name : name[..list];
    }

    public static JsonElement Text(string text)
    {
        return JsonElement.Parse(Wire.Json.Bytes(writer => writer.WriteStringValue(text)).Span);
    }

    public static JsonElement? TryParse(string text)
    {
        // A line may lead to it.
        var start = text.AsSpan().IndexOfAny('{', '[');
        var end = text.AsSpan().LastIndexOfAny('}', ']');
        if (start < 0 || end <= start || text[start..].IndexOf('\"', StringComparison.Ordinal) < 0 && start > 0)
            return null;
        try
        {
            return JsonElement.Parse(text[start..(end + 1)]);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
