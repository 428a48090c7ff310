using System.Globalization;
using System.Text.Json;

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
        var isInstant = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) && text.Length >= 17 && text[10] is 'T' or 't' or ' ';
        return hasOffset && isInstant ? instant.ToUniversalTime() : null;
    }

    /// <inheritdoc />
    public override string? DefectOf(string text) => Parse(text) is null ? $"found \"{Shorten(text)}\", {Expected}" : null;

    protected override void WriteMembers(Utf8JsonWriter json)
    {
        WriteType(json, "string");
        json.WriteString("format", "date-time");
    }
}
