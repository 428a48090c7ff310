using System.Text.Json;
using Aios.Jobs.Works;
using Aios.Platform;

namespace Aios.Jobs;

/// <summary>Definitions as JSON for those who may see a job but not what it knows: what may be secret in a field is masked.</summary>
internal static class MaskedDefinition
{
    private const string Mask = "***";

    /// <summary>The definition of a job.</summary>
    public static string OfJob(string definition)
    {
        using var document = JsonDocument.Parse(definition, DeepJson.Options);
        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            foreach (var field in document.RootElement.EnumerateObject())
            {
                json.WritePropertyName(field.Name);
                if (JobFields.Standard.Find(field.Name) is { IsSecret: true })
                    WriteMasked(json, field.Value);
                else if (field.Name == FlowKind.Instance.Key.Name)
                    WriteSteps(json, field.Value);
                else
                    field.Value.WriteTo(json);
            }

            json.WriteEndObject();
        });
    }

    /// <summary>The definition of a step of a flow.</summary>
    public static string OfStep(string definition)
    {
        using var document = JsonDocument.Parse(definition, DeepJson.Options);
        return JsonText.Write(json => WriteStep(json, document.RootElement));
    }

    private static void WriteSteps(Utf8JsonWriter json, JsonElement steps)
    {
        json.WriteStartArray();
        foreach (var step in steps.EnumerateArray())
            WriteStep(json, step);
        json.WriteEndArray();
    }

    // A step may be tried with other values in its ladder, too.
    private static void WriteStep(Utf8JsonWriter json, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            WriteSteps(json, value);
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            value.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var field in value.EnumerateObject())
        {
            json.WritePropertyName(field.Name);
            if (StepFields.Instance.Find(field.Name) is { IsSecret: true })
                WriteMasked(json, field.Value);
            else if (field.Name is "recover" or "with")
                WriteStep(json, field.Value);
            else
                field.Value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    // The names in it stay, so that it can be told which of them came or went.
    private static void WriteMasked(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    WriteMasked(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    WriteMasked(json, item);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(Mask);
                break;
        }
    }
}
