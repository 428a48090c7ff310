using System.Globalization;
using System.Text.Json;
using Aios.Store;

namespace Aios.Api.Shapes;

/// <summary>An instant: RFC 3339, with its offset from UTC.</summary>
internal sealed record InstantShape : TextShape
{
    private const string Expected = "expected an instant with its offset, such as 2026-12-24T18:30:00Z";

    /// <summary>The instant; null if it is none.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        // Without an offset it would be read in the server's zone.
        var hasOffset = text.EndsWith('Z') || text.EndsWith('z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        var isInstant =
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            && text.Length >= 17
            && text[10] is 'T' or 't' or ' ';
        return hasOffset && isInstant ? instant.ToUniversalTime() : null;
    }

    /// <inheritdoc />
    public override string? DefectOf(string text) => Parse(text) is null ? $"found \"{Shorten(text)}\", {Expected}{Meant(text)}" : null;

    /// <inheritdoc />
    protected override void CheckValue(JsonElement value, string at, Defects defects)
    {
        if (value.ValueKind == JsonValueKind.Number)
            defects.Add(at, $"found {Shorten(value.GetRawText())}, {Expected}{Meant(value.GetRawText())}");
        else
            base.CheckValue(value, at, defects);
    }

    // A number is an instant in some unit.
    private static string Meant(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return "";
        var seconds = UnixTime.OtherUnit(number)?.Seconds ?? number;
        return seconds is > 1e8 and < UnixTime.LeastOfOtherUnits
            ? $"; the number is probably {UnixTime.ToInstant(Math.Floor(seconds)):yyyy-MM-ddTHH:mm:ssZ}"
            : "";
    }

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        WriteType(json, "string");
        json.WriteString("format", "date-time");
    }
}
