using System.Text.Json;

namespace Aios.Api.Shapes;

/// <summary>A number.</summary>
internal sealed record NumberShape : Shape
{
    protected override void WriteMembers(Utf8JsonWriter json) => WriteType(json, "number");

    protected override void CheckValue(JsonElement value, string at, Defects defects)
    {
        if (value.ValueKind != JsonValueKind.Number)
            defects.Add(at, $"found {Found(value)}, expected a number");
    }
}
