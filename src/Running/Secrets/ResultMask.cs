using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aios.Platform;

namespace Aios.Running.Secrets;

/// <summary>
/// Masks secrets in a result. It is done text by text, not in the JSON as it is written, where each letter can be escaped
/// in several ways and asterisks in the wrong place would break it.
/// </summary>
internal static class ResultMask
{
    /// <summary>The same JSON without its secrets. A number that holds one becomes a text.</summary>
    /// <exception cref="InvalidOperationException">A text of it is no Unicode, and cannot be searched.</exception>
    public static string Apply(SecretMask mask, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var written = new ArrayBufferWriter<byte>(bytes.Length);
        using var writer = new Utf8JsonWriter(
            written,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = DeepJson.MaxDepth }
        );
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DeepJson.MaxDepth });
        var isMasked = false;
        while (reader.Read())
        {
            isMasked |= Copy(ref reader, writer, mask);
        }

        writer.Flush();
        return isMasked ? Encoding.UTF8.GetString(written.WrittenSpan) : json;
    }

    private static bool Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, SecretMask mask)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                return CopyText(reader.GetString()!, mask, writer.WritePropertyName);
            case JsonTokenType.String:
                return CopyText(reader.GetString()!, mask, writer.WriteStringValue);
            case JsonTokenType.Number when mask.Mask(Encoding.UTF8.GetString(reader.ValueSpan)) is var number && number.Contains('*'):
                writer.WriteStringValue(number);
                return true;
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }

        return false;
    }

    private static bool CopyText(string text, SecretMask mask, Action<string> write)
    {
        var masked = mask.Mask(text);
        write(masked);
        return !ReferenceEquals(masked, text);
    }
}
