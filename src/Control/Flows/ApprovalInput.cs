using System.Globalization;
using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Control.Flows;

/// <summary>The values that a decision must bring, as an approval describes them: a JSON object of names and types.</summary>
internal static class ApprovalInput
{
    /// <summary>The values that were given with those that nobody gave, as a JSON object.</summary>
    /// <param name="fieldsJson">What the approval asks for.</param>
    /// <param name="given">What came, as JSON by name.</param>
    /// <param name="problem">What is wrong; null if nothing is.</param>
    public static string Check(string fieldsJson, IReadOnlyDictionary<string, JsonElement> given, out string? problem)
    {
        using var document = JsonDocument.Parse(fieldsJson, DeepJson.Options);
        var fields = document.RootElement.EnumerateObject().ToList();
        problem = given.Keys.FirstOrDefault(name => fields.All(field => field.Name != name)) is { } unknown
            ? Unknown(unknown, fields)
            : fields.Select(field => Problem(field, given)).FirstOrDefault(words => words is not null);
        if (problem is not null)
            return "{}";
        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            foreach (var field in fields)
            {
                json.WritePropertyName(field.Name);
                if (given.TryGetValue(field.Name, out var value))
                    value.WriteTo(json);
                else
                    field.Value.GetProperty("default").WriteTo(json);
            }

            json.WriteEndObject();
        });
    }

    /// <summary>A value as it is typed, as JSON of the type that the field has; what does not fit stays a text.</summary>
    public static string FromText(string fieldsJson, string name, string text)
    {
        using var document = JsonDocument.Parse(fieldsJson, DeepJson.Options);
        var type = document.RootElement.TryGetProperty(name, out var field) ? TypeOf(field) : "text";
        var isTyped = type switch
        {
            "number" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
                && IsJson(text),
            "boolean" => text is "true" or "false",
            _ => false,
        };
        return isTyped ? text : JsonText.Write(json => json.WriteStringValue(text));
    }

    /// <summary>The fields in a line each: the name, and what it takes.</summary>
    public static IEnumerable<(string Name, string Takes)> Describe(string fieldsJson)
    {
        using var document = JsonDocument.Parse(fieldsJson, DeepJson.Options);
        return [.. document.RootElement.EnumerateObject().Select(field => (field.Name, Takes(field.Value)))];
    }

    private static string? Problem(JsonProperty field, IReadOnlyDictionary<string, JsonElement> given)
    {
        if (!given.TryGetValue(field.Name, out var value))
            return field.Value.TryGetProperty("default", out _)
                ? null
                : $"The field \"{field.Name}\" is missing; it takes {Takes(field.Value)}.";
        var fits = TypeOf(field.Value) switch
        {
            "number" => value.ValueKind == JsonValueKind.Number,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "choice" => value.ValueKind == JsonValueKind.String && Choices(field.Value).Contains(value.GetString()),
            _ => value.ValueKind == JsonValueKind.String,
        };
        if (fits)
            return null;
        var nearest =
            TypeOf(field.Value) == "choice" && value.ValueKind == JsonValueKind.String
                ? NearestName.Hint(value.GetString()!, Choices(field.Value))
                : "";
        return $"The field \"{field.Name}\" takes {Takes(field.Value)}; found {value.GetRawText()}.{nearest}";
    }

    private static string Unknown(string name, List<JsonProperty> fields) =>
        fields.Count == 0
            ? $"The approval has no fields, so \"{name}\" is not known."
            : $"The approval has no field \"{name}\"; it has {string.Join(", ", fields.Select(field => field.Name))}."
                + NearestName.Hint(name, fields.Select(field => field.Name));

    private static string Takes(JsonElement field)
    {
        var type = TypeOf(field) switch
        {
            "number" => "a number",
            "boolean" => "true or false",
            "choice" => $"one of {string.Join(", ", Choices(field))}",
            _ => "a text",
        };
        return field.TryGetProperty("default", out var value) ? $"{type} (default: {value.GetRawText()})" : type;
    }

    private static string TypeOf(JsonElement field) => field.TryGetProperty("type", out var type) ? type.GetString() ?? "text" : "text";

    private static IEnumerable<string> Choices(JsonElement field) =>
        field.TryGetProperty("choices", out var choices) ? [.. choices.EnumerateArray().Select(choice => choice.GetString() ?? "")] : [];

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
