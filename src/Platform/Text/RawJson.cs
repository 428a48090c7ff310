using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Aios.Platform;

/// <summary>
/// JSON as it stands. Its texts may hold halves of surrogate pairs (<c>"\udce9"</c>): Python writes one for each byte of a
/// file name that is not UTF-8. The runtime reads and writes no such text, so they are read here, and copied as they are.
/// </summary>
internal static class RawJson
{
    private const char LowestOfByte = '\uDC80';
    private const char HighestOfByte = '\uDCFF';
    private const int BaseOfByte = 0xDC00;

    /// <summary>The text of a string.</summary>
    public static string Text(JsonElement text) => Text(JsonMarshal.GetRawUtf8Value(text)[1..^1]);

    /// <summary>The text of a string or a name, of what stands between its quotes.</summary>
    public static string Text(ReadOnlySpan<byte> content) => Unescape(Encoding.UTF8.GetString(content));

    /// <summary>The name of a member.</summary>
    public static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return Unescape(RawName(member.ToString()));
        }
    }

    /// <summary>The place of the first half of a pair that stands alone; -1 if the text is Unicode.</summary>
    public static int LoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0 && at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return at;
            at++;
        }

        return -1;
    }

    /// <summary>Whether it stands for a byte that is not UTF-8, as Python has it (PEP 383).</summary>
    public static bool IsByte(char surrogate) => surrogate is >= LowestOfByte and <= HighestOfByte;

    /// <summary>That byte.</summary>
    public static byte ByteOf(char surrogate) => (byte)(surrogate - BaseOfByte);

    /// <summary>The same without blanks and line breaks between its parts.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static string Compact(string json)
    {
        var compact = new StringBuilder(json.Length);
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DeepJson.MaxDepth });
        var needsComma = false;
        while (reader.Read())
        {
            var ends = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (needsComma && !ends)
                compact.Append(',');
            var token = Encoding.UTF8.GetString(reader.ValueSpan);
            compact.Append(
                reader.TokenType switch
                {
                    JsonTokenType.PropertyName => $"\"{token}\":",
                    JsonTokenType.String => $"\"{token}\"",
                    _ => token,
                }
            );
            needsComma =
                ends || reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName);
        }

        return compact.ToString();
    }

    /// <summary>An object with the members of another laid over it, each as it stands there.</summary>
    /// <exception cref="JsonException">One is no JSON object.</exception>
    public static string LayOver(string below, string above)
    {
        using var lower = JsonDocument.Parse(below, DeepJson.Options);
        using var upper = JsonDocument.Parse(above, DeepJson.Options);
        var names = upper.RootElement.EnumerateObject().Select(Name).ToHashSet(StringComparer.Ordinal);
        var members = lower
            .RootElement.EnumerateObject()
            .Where(member => !names.Contains(Name(member)))
            .Concat(upper.RootElement.EnumerateObject());
        return $"{{{string.Join(',', members)}}}";
    }

    // Of the whole member as it stands: "name": value.
    private static string RawName(string member)
    {
        var end = 1;
        while (member[end] != '"')
            end += member[end] == '\\' ? 2 : 1;
        return member[1..end];
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\'))
            return text;
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                plain.Append(text[at]);
                continue;
            }

            at++;
            plain.Append(Escaped(text, ref at));
        }

        return plain.ToString();
    }

    private static char Escaped(string text, ref int at)
    {
        if (text[at] != 'u')
            return text[at] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                var same => same,
            };
        at += 4;
        return (char)int.Parse(text.AsSpan(at - 3, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
