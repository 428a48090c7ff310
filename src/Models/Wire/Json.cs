using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aios.Models.Wire;

/// <summary>Reads JSON of others, of which nothing is sure, and writes JSON for them.</summary>
internal static class Json
{
    /// <summary>How JSON for others is written.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>A member of an object that is not null; null if there is none, or this is no object.</summary>
    public static JsonElement? Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>A text, or null.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.String } value ? TextOf(value) : null;

    /// <summary>A whole number, or null.</summary>
    public static long? Whole(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>A number of things, at least 1; null if there is none.</summary>
    public static int? Count(this JsonElement element, string name) =>
        element.Whole(name) is >= 1 and var number ? (int)Math.Min(number, int.MaxValue) : null;

    /// <summary>A number, or null.</summary>
    public static double? Number(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? number : null;

    /// <summary>A boolean, or null.</summary>
    public static bool? Flag(this JsonElement element, string name) =>
        element.Get(name)?.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    /// <summary>The items of a list; none if there is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>The text of a JSON string; half of a surrogate pair, for which the runtime has no text, is left out.</summary>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>What a writer writes; letters of all languages stay as they are.</summary>
    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        return buffer.WrittenMemory;
    }

    /// <summary>Writes a list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Writes JSON that came from elsewhere; an empty object if it is none.</summary>
    public static void WriteRawObject(this Utf8JsonWriter json, string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(string.IsNullOrWhiteSpace(text) ? "{}" : text);
            parsed.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
    }
}
