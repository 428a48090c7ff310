using System.Text.Json;

namespace Aios.Api.Shapes;

/// <summary>Writes a value that fits a shape, and looks like one that people meet.</summary>
internal static class ShapeExample
{
    private const string Instant = "2026-12-24T18:30:00Z";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["job_name"] = "backup",
        ["name"] = "backup",
        ["device"] = "laptop",
        ["type"] = "daily",
        ["file"] = "jobs.yaml",
        ["files"] = "Jobs/jobs.yaml",
        ["schedule"] = "daily at 09:00",
        ["tags"] = "gpu",
        ["actor"] = "user ada",
        ["origin"] = "cli on laptop",
        ["action"] = "job.pause",
        ["text"] = "- {name: backup, type: daily, time: '09:00', command: [date]}",
        ["message"] = "12 photos copied",
        ["key"] = "last_id",
        ["level"] = "INFO",
    };

    /// <summary>Writes it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="shape">What it must fit.</param>
    /// <param name="name">What it is called where it stands.</param>
    public static void Write(Utf8JsonWriter json, Shape shape, string name = "")
    {
        switch (shape)
        {
            case ObjectShape { OrNull: true }:
                json.WriteNullValue();
                break;
            case ObjectShape known:
                WriteObject(json, known);
                break;
            case ListShape list:
                json.WriteStartArray();
                Write(json, list.Item, name);
                json.WriteEndArray();
                break;
            case MapShape map:
                json.WriteStartObject();
                json.WritePropertyName("city");
                Write(json, map.Value, "city");
                json.WriteEndObject();
                break;
            default:
                WriteValue(json, shape, name);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter json, ObjectShape shape)
    {
        json.WriteStartObject();
        foreach (var field in shape.Fields)
        {
            json.WritePropertyName(field.Name);
            Write(json, field.Shape, field.Name);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, Shape shape, string name)
    {
        switch (shape)
        {
            case InstantShape:
                json.WriteStringValue(Instant);
                break;
            case TextShape text:
                json.WriteStringValue(TextOf(text, name));
                break;
            case WholeShape whole:
                json.WriteNumberValue(Math.Clamp(12, whole.Least, whole.Most));
                break;
            case NumberShape:
                json.WriteNumberValue(0.5);
                break;
            case FlagShape:
                json.WriteBooleanValue(true);
                break;
            default:
                json.WriteStringValue("Berlin");
                break;
        }
    }

    private static string TextOf(TextShape shape, string name)
    {
        if (shape.Example is { } example)
            return example;
        if (!shape.Choices.IsEmpty)
            return shape.Choices[0];

        var text = Texts.GetValueOrDefault(name, "text");
        return shape.DefectOf(text) is null ? text : new string('x', Math.Max(1, shape.Shortest));
    }
}
