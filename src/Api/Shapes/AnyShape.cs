using System.Text.Json;

namespace Aios.Api.Shapes;

/// <summary>Any JSON value.</summary>
internal sealed record AnyShape : Shape
{
    protected override void WriteMembers(Utf8JsonWriter json) { }

    protected override void CheckValue(JsonElement value, string at, Defects defects) { }
}
