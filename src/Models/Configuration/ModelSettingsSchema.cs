using System.Text.Json;

namespace Aios.Models.Configuration;

/// <summary>The JSON Schema of models.yaml, for editors.</summary>
internal static class ModelSettingsSchema
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.WriteString("title", ModelSettingsLoader.FileName);
        new ModelSettingsFormat().WriteSchema(json);
        json.WriteEndObject();
    }
}
