using System.Buffers;
using System.Text.Json;
using Aios.Models.Verification;
using Aios.Platform;

namespace Aios.Models.Runs;

/// <summary>The JSON Schema of a job.</summary>
internal static class AnswerSchema
{
    private const string Reference = "$ref";

    /// <summary>Parses it. A schema that nothing can meet, or that checks nothing, is refused before anything is paid for it.</summary>
    /// <param name="field">Where the job list has it.</param>
    /// <param name="json">The schema.</param>
    /// <exception cref="ModelRunException">It has a mistake.</exception>
    public static JsonElement Parse(string field, string json)
    {
        var schema = JsonElement.Parse(json, DeepJson.Options);
        var defects = SchemaCheck.Defects(schema);
        if (!defects.IsEmpty)
            throw new ModelRunException(
                $"{field}: {string.Join("; ", defects.Take(3).Select(FindingWords.Of))}. Correct it in the job list"
            );
        return schema;
    }

    /// <summary>The schema as part of another one: what its references name is further down there.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="place">The JSON pointer of where it is put, such as <c>/properties/answer</c>.</param>
    public static string MovedTo(JsonElement schema, string place)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { MaxDepth = DeepJson.MaxDepth }))
            Copy(schema, place, json);
        return System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Copy(JsonElement element, string place, Utf8JsonWriter json)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    if (member.Name == Reference && member.Value.ValueKind == JsonValueKind.String)
                        json.WriteStringValue(Moved(member.Value.GetString()!, place));
                    else
                        Copy(member.Value, place, json);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Copy(item, place, json);
                json.WriteEndArray();
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    private static string Moved(string reference, string place) => reference.StartsWith('#') ? $"#{place}{reference[1..]}" : reference;
}
