using System.Text.Encodings.Web;
using System.Text.Json;
using Aios.Platform;

namespace Aios.Store.Audit;

/// <summary>Values of people's own as the audit has them: whole where they are short, for it is kept for ever.</summary>
internal static class AuditValue
{
    private const int Longest = 200;

    /// <summary>A JSON value, or its beginning as a text; null for none.</summary>
    public static string? Json(string? value)
    {
        if (value is null)
            return null;
        return value.Length <= Longest && IsJson(value)
            ? value
            : $"\"{JsonEncodedText.Encode(Cut(value), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
    }

    /// <summary>A text, or its beginning and how long it is.</summary>
    public static string Cut(string text) =>
        text.Length <= Longest
            ? text
            : $"{text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)]}... ({text.Length} characters)";

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, DeepJson.Options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
