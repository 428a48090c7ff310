using System.Text.Json;

namespace Aios.Api.Shapes;

/// <summary>A list, each element of one shape.</summary>
internal sealed record ListShape(Shape Item, int Least = 0, int Most = int.MaxValue) : Shape
{
    /// <inheritdoc />
    public override IEnumerable<Shape> Parts => [Item];

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        WriteType(json, "array");
        if (Least > 0)
            json.WriteNumber("minItems", Least);
        if (Most != int.MaxValue)
            json.WriteNumber("maxItems", Most);
        json.WritePropertyName("items");
        Item.WriteSchema(json);
    }

    protected override void CheckValue(JsonElement value, string at, Defects defects)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            defects.Add(at, $"found {Found(value)}, expected a list");
            return;
        }

        var count = value.GetArrayLength();
        if (count < Least || count > Most)
            defects.Add(at, $"found {count} elements, expected from {Least} to {Most}");
        var number = 0;
        foreach (var item in value.EnumerateArray())
            Item.Check(item, $"{at}/{number++}", defects);
    }
}
