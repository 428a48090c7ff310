using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Aios.Platform;

namespace Aios.Running;

/// <summary>Makes the bytes of one line harmless text.</summary>
internal static partial class LineText
{
    private const char Escape = '\u001B';

    // All of C0 but tab and the escape that begins a colour, DEL, and C1: what could stir a terminal or cut a text short.
    private static readonly SearchValues<char> Controls = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Where(c => c != '\t' && c != Escape).Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c),
    ]);

    /// <summary>Decodes UTF-8, showing invalid bytes as U+FFFD and control characters, but for colours, as their pictures.</summary>
    public static string Decode(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        return text.AsSpan().ContainsAny(Controls) ? string.Create(text.Length, text, Show) : text;
    }

    /// <summary>Makes a message one line.</summary>
    public static string Flatten(string text) =>
        string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>A line without colours and any other sequence for terminals, and without blanks around it.</summary>
    public static string Plain(string line) => (line.Contains(Escape) ? Sequences().Replace(line, "") : line).Trim(' ', '\t', '|');

    // One for the operating system ends with a bell, which has become its picture, or with ESC \.
    [GeneratedRegex(@"\e(\[[0-?]*[ -/]*[@-~]?|[\]PX^_].*?(\u2407|\e\\|$)|.)?")]
    private static partial Regex Sequences();

    private static void Show(Span<char> shown, string text)
    {
        for (var i = 0; i < shown.Length; i++)
        {
            shown[i] = Controls.Contains(text[i]) ? TerminalText.Sign(text[i]) : text[i];
        }
    }
}
