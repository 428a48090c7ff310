using System.Globalization;
using System.Text.Json;

namespace Aios.Api.Shapes;

/// <summary>A whole number.</summary>
internal sealed record WholeShape(long Least = 0, long Most = long.MaxValue) : Shape
{
    /// <inheritdoc />
    public override string? DefectOf(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && IsWithin(number)
            ? null
            : $"found \"{(text.Length <= 30 ? text : text[..30])}\", {Expected}";

    private string Expected =>
        Most == long.MaxValue ? $"expected a whole number, {Least} or more" : $"expected a whole number from {Least} to {Most}";

    private bool IsWithin(long number) => number >= Least && number <= Most;

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        WriteType(json, "integer");
        json.WriteNumber("minimum", Least);
        if (Most != long.MaxValue)
            json.WriteNumber("maximum", Most);
    }

    protected override void CheckValue(JsonElement value, string at, Defects defects)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && IsWithin(number))
            return;
        defects.Add(at, $"found {(value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Found(value))}, {Expected}");
    }
}
