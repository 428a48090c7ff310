using System.Text.Json;
using Aios.Platform;

namespace Aios.Api.Shapes;

/// <summary>An object with any names.</summary>
internal sealed record MapShape(Shape Value) : Shape
{
    /// <inheritdoc />
    public override IEnumerable<Shape> Parts => [Value];

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        WriteType(json, "object");
        json.WritePropertyName("additionalProperties");
        Value.WriteSchema(json);
    }

    protected override void CheckValue(JsonElement value, string at, Defects defects)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            defects.Add(at, $"found {Found(value)}, expected an object");
            return;
        }

        foreach (var property in value.EnumerateObject())
            Value.Check(property.Value, $"{at}/{ObjectShape.Escape(RawJson.Name(property))}", defects);
    }
}
