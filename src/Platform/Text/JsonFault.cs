using System.Text;
using System.Text.Json;

namespace Aios.Platform;

/// <summary>Says in words for people why a text is no JSON.</summary>
internal static class JsonFault
{
    /// <summary>What is wrong, and where, to follow "it is not valid JSON: ".</summary>
    /// <param name="json">The text, UTF-8.</param>
    /// <param name="error">What the reader of it threw.</param>
    public static string Words(ReadOnlySpan<byte> json, JsonException error)
    {
        var at = Offset(json, error);
        if (IsTooDeep(error))
            return $"it is nested deeper than {DeepJson.MaxDepth} levels";

        var line = json[..at].Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(json[(json[..at].LastIndexOf((byte)'\n') + 1)..at]) + 1;
        if (IsBlank(json[at..]) || (json[at] == ',' && IsBlank(json[(at + 1)..])))
            return $"it ends at line {line}, column {column}, before it is complete";

        _ = Rune.DecodeFromUtf8(json[at..], out var found, out _);
        return $"found {(Rune.IsControl(found) ? $"the control character U+{found.Value:X4}" : $"{found}")} at line {line}, column "
            + $"{column}{Advice(json, at)}";
    }

    /// <summary>Whether the text may well be JSON, and is only nested deeper than anything here reads.</summary>
    public static bool IsTooDeep(JsonException error) =>
        error.Message.Contains("maximum configured depth", StringComparison.OrdinalIgnoreCase);

    private static bool IsBlank(ReadOnlySpan<byte> json) => json.Trim(" \t\r\n"u8).IsEmpty;

    private static int Offset(ReadOnlySpan<byte> json, JsonException error)
    {
        var start = 0;
        for (var line = 0; line < error.LineNumber; line++)
        {
            start += json[start..].IndexOf((byte)'\n') + 1;
        }

        return (int)Math.Min(json.Length, start + (error.BytePositionInLine ?? 0));
    }

    // Behind a backslash or a number a letter is no text.
    private static bool IsValue(ReadOnlySpan<byte> before) =>
        before.TrimEnd(" \t\r\n"u8) is [] or [.., (byte)':' or (byte)',' or (byte)'[' or (byte)'{'];

    private static string Advice(ReadOnlySpan<byte> json, int at) =>
        json[at] switch
        {
            (byte)'\'' => "; JSON has double quotes around texts",
            (byte)'N' or (byte)'I' => "; JSON knows no NaN and no Infinity, and writes null, true and false",
            (byte)'T' or (byte)'F' => "; JSON writes null, true and false",
            (byte)'}' or (byte)']' when json[..at].TrimEnd(" \t\r\n"u8).EndsWith(","u8) => "; there is a comma before it",
            (byte)'/' or (byte)'#' => "; JSON has no comments",
            >= (byte)'a' and <= (byte)'z' when IsValue(json[..at]) => "; JSON has double quotes around texts",
            _ => "",
        };
}
