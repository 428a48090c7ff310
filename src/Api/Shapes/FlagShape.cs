using System.Text.Json;

namespace Aios.Api.Shapes;

/// <summary>True or false.</summary>
internal sealed record FlagShape : Shape
{
    /// <inheritdoc />
    // The name alone is as good as "true".
    public override string? DefectOf(string text) => text is "true" or "false" or "" ? null : "expected true or false";

    protected override void WriteMembers(Utf8JsonWriter json) => WriteType(json, "boolean");

    protected override void CheckValue(JsonElement value, string at, Defects defects)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            defects.Add(at, $"found {Found(value)}, expected true or false");
    }
}
