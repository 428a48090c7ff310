using System.Globalization;
using System.Text.Json;

namespace Aios.Models.Runs;

/// <summary>Where JSON is not valid, for models and people: the parser's own words are for programmers.</summary>
internal static class JsonPlaces
{
    /// <summary>" (line 1, byte 7)"; of half a surrogate pair, which has no place, what it is.</summary>
    public static string Of(Exception error) =>
        error is JsonException { LineNumber: { } line, BytePositionInLine: { } position }
            ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1}, byte {position + 1})")
            : " (a text in it is not valid Unicode)";
}
