using System.Collections.Immutable;
using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Api.Shapes;

/// <summary>An object with these members and no others.</summary>
/// <param name="Name">What the OpenAPI document calls it, once for all places.</param>
/// <param name="Fields">Its members.</param>
internal sealed record ObjectShape(string Name, ImmutableArray<Field> Fields) : Shape
{
    /// <inheritdoc />
    public override IEnumerable<Shape> Parts => Fields.Select(member => member.Shape);

    /// <summary>Writes the schema itself, where others only refer to it.</summary>
    public void WriteDefinition(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var field in Fields)
        {
            json.WritePropertyName(field.Name);
            field.Shape.WriteSchema(json);
        }

        json.WriteEndObject();
        json.WriteStartArray("required");
        foreach (var field in Fields.Where(field => field.IsRequired))
            json.WriteStringValue(field.Name);
        json.WriteEndArray();
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
    }

    /// <summary>A name as it stands in a JSON Pointer.</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        if (!OrNull)
        {
            json.WriteString("$ref", $"#/components/schemas/{Name}");
            return;
        }

        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        json.WriteString("$ref", $"#/components/schemas/{Name}");
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "null");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    protected override void CheckValue(JsonElement value, string at, Defects defects)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            defects.Add(at, $"found {Found(value)}, expected an object");
            return;
        }

        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var name = RawJson.Name(property);
            found.Add(name);
            var field = Fields.FirstOrDefault(field => field.Name == name);
            if (field is null)
                defects.Add($"{at}/{Escape(name)}", $"is not known here.{NearestName.Hint(name, Fields.Select(known => known.Name))}");
            else
                field.Shape.Check(property.Value, $"{at}/{field.Name}", defects);
        }

        foreach (var field in Fields.Where(field => field.IsRequired && !found.Contains(field.Name)))
            defects.Add($"{at}/{field.Name}", "is missing");
    }
}
