using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aios.Running.Secrets;

/// <summary>The ways in which a program may print a value: as it is, and as it looks within JSON, a traceback or a URL.</summary>
internal static class SecretForms
{
    /// <summary>All of them, line by line, without those that are too short to be looked for.</summary>
    public static IEnumerable<byte[]> Of(string value)
    {
        var lines = value.Split('\n').Select(line => line.TrimEnd('\r'));
        return lines
            .Append(value)
            .Append(value.Trim())
            .Append(OnOneLine(value))
            .SelectMany(OfText)
            .Where(form => !form.Contains('\n'))
            .Distinct(StringComparer.Ordinal)
            .Select(Encoding.UTF8.GetBytes)
            .Where(form => form.Length >= SecretMask.Shortest);
    }

    // Blanks at the ends of a line, or several of them within, are lost where a text becomes the reason of a run.
    private static string OnOneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> OfText(string text)
    {
        if (text.Trim().Length < SecretMask.Shortest)
        {
            return [];
        }

        return
        [
            text,
            text.Trim(),
            OnOneLine(text),
            Escaped(text, "\\"),
            Escaped(text, "\\\""),
            Escaped(text, "\\'"),
            Escaped(text, "\\\"/"),
            Escaped(text, "\\\"", "x4"),
            Escaped(text, "\\\"", "X4"),
            JsonEncodedText.Encode(text).ToString(),
            Uri.EscapeDataString(text),
            Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal),
        ];
    }

    /// <param name="text">Any.</param>
    /// <param name="escaped">Gets a backslash before it.</param>
    /// <param name="hex">How code units beyond ASCII are written; null leaves them as they are.</param>
    private static string Escaped(string text, string escaped, string? hex = null)
    {
        var whole = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '\n' => whole.Append("\\n"),
                '\r' => whole.Append("\\r"),
                '\t' => whole.Append("\\t"),
                < ' ' => whole.Append("\\u").Append(((int)letter).ToString(hex ?? "x4", CultureInfo.InvariantCulture)),
                > '~' when hex is not null => whole.Append("\\u").Append(((int)letter).ToString(hex, CultureInfo.InvariantCulture)),
                _ when escaped.Contains(letter) => whole.Append('\\').Append(letter),
                _ => whole.Append(letter),
            };
        }

        return whole.ToString();
    }
}
