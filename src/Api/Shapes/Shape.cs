using System.Text.Json;

namespace Aios.Api.Shapes;

/// <summary>
/// What a value in a request or an answer looks like. The same shape checks what comes in and is written into the OpenAPI
/// document, so the two cannot differ.
/// </summary>
internal abstract record Shape
{
    /// <summary>For people.</summary>
    public string? About { get; init; }

    /// <summary>Whether null will do, too.</summary>
    public bool OrNull { get; init; }

    /// <summary>Writes it as a JSON Schema.</summary>
    public void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(json);
        if (About is not null)
            json.WriteString("description", About);
        json.WriteEndObject();
    }

    /// <summary>Finds what is wrong with a value.</summary>
    public void Check(JsonElement value, string at, Defects defects)
    {
        if (OrNull && value.ValueKind == JsonValueKind.Null)
            return;
        CheckValue(value, at, defects);
    }

    /// <summary>What is wrong with a value that comes as text, in an address; null if nothing is.</summary>
    public virtual string? DefectOf(string text) => throw new NotSupportedException($"A {GetType().Name} cannot stand in an address.");

    /// <summary>The shapes that this one is made of.</summary>
    public virtual IEnumerable<Shape> Parts => [];

    protected abstract void WriteMembers(Utf8JsonWriter json);

    protected abstract void CheckValue(JsonElement value, string at, Defects defects);

    protected void WriteType(Utf8JsonWriter json, string type)
    {
        if (!OrNull)
        {
            json.WriteString("type", type);
            return;
        }

        json.WriteStartArray("type");
        json.WriteStringValue(type);
        json.WriteStringValue("null");
        json.WriteEndArray();
    }

    /// <summary>"a number", "an object": what was found, for messages.</summary>
    protected static string Found(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "null",
        };
}
