using System.Buffers;
using System.Globalization;
using System.Text;

namespace Aios.Platform;

/// <summary>
/// Text of others, made fit for a terminal. A terminal obeys what it is sent: it can be told to write the clipboard, to
/// change its title or to clear what stands there. So only colours pass; every other control character is shown as a sign.
/// Who reads from right to left loses nothing: only what turns the order of other letters is taken out.
/// </summary>
internal static class TerminalText
{
    /// <summary>All colours off.</summary>
    public const string Plain = "\e[0m";

    private const char Escape = '\e';
    private const int Pictures = 0x2400;
    private const char PictureOfDelete = '\u2421';
    private const char Replacement = '\uFFFD';
    private static readonly SearchValues<char> ColourNumbers = SearchValues.Create("0123456789;:");
    private const int LongestColour = 64;
    private static readonly SearchValues<char> Dangerous = SearchValues.Create([
        .. Enumerable
            .Range(0, 0x20)
            .Where(letter => letter is not ('\n' or '\t'))
            .Concat(Enumerable.Range(0x7F, 0x21))
            .Concat(Enumerable.Range(0x202A, 5))
            .Concat(Enumerable.Range(0x2066, 4))
            .Select(letter => (char)letter),
    ]);

    /// <summary>The text with its line breaks.</summary>
    /// <param name="text">Anything.</param>
    /// <param name="colours">Whether colours are kept; they are off at the end of each line.</param>
    public static string Of(string text, bool colours)
    {
        var coloured = false;
        var clean = Of(text.AsSpan(), colours, ref coloured) ?? text;
        return coloured ? clean + Plain : clean;
    }

    /// <summary>The text as one line: a line break is a blank.</summary>
    public static string OneLine(string text)
    {
        var clean = Of(text, colours: false);
        return clean.AsSpan().IndexOfAny("\r\n\t") < 0
            ? clean
            : clean.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' ');
    }

    /// <summary>The text with its further lines set in, so that none of them looks like a line of AIOS.</summary>
    public static string Block(string text, bool colours)
    {
        var clean = Of(text, colours);
        return clean.Contains('\n', StringComparison.Ordinal)
            ? clean.TrimEnd('\n', '\r').Replace("\n", "\n    ", StringComparison.Ordinal)
            : clean;
    }

    /// <summary>JSON in which the signs that turn the order of letters are written as escapes, which mean the same.</summary>
    public static string Json(string json)
    {
        if (json.AsSpan().IndexOfAny(Dangerous) < 0)
            return json;
        var text = new StringBuilder(json.Length + 16);
        foreach (var letter in json)
        {
            if (letter is '\r' || !Dangerous.Contains(letter))
                text.Append(letter);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        }

        return text.ToString();
    }

    /// <summary>A part of a text; null if it is good as it is.</summary>
    /// <param name="text">Anything.</param>
    /// <param name="colours">Whether colours are kept.</param>
    /// <param name="coloured">Whether a colour is on before the part, and behind it.</param>
    public static string? Of(ReadOnlySpan<char> text, bool colours, ref bool coloured)
    {
        if (!coloured && text.IndexOfAny(Dangerous) < 0)
            return null;
        var clean = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Escape && ColourAt(text[i..]) is > 0 and var length)
            {
                if (colours)
                    clean.Append(text.Slice(i, length));
                if (colours)
                    coloured = !IsPlain(text.Slice(i, length));
                i += length - 1;
                continue;
            }

            if (coloured && EndsLine(text[i..]))
                clean.Append(Plain);
            coloured &= !EndsLine(text[i..]);
            clean.Append(EndsLine(text[i..]) || !Dangerous.Contains(text[i]) ? text[i] : Sign(text[i]));
        }

        return clean.ToString();
    }

    /// <summary>The sign that stands for a control character.</summary>
    public static char Sign(char control) =>
        control switch
        {
            < ' ' => (char)(Pictures + control),
            '\x7F' => PictureOfDelete,
            _ => Replacement,
        };

    private static bool EndsLine(ReadOnlySpan<char> text) => text[0] == '\n' || text is ['\r', '\n', ..];

    private static bool IsPlain(ReadOnlySpan<char> colour) => colour is "\e[m" or Plain;

    // The length of ESC [ numbers m at the start, if it sets colours, weight or lines and hides nothing; else 0.
    private static int ColourAt(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[1] != '[')
            return 0;
        var length = text[2..].IndexOfAnyExcept(ColourNumbers);
        if (length is < 0 or > LongestColour || text[length + 2] != 'm')
            return 0;
        return IsHarmless(text.Slice(2, length)) ? length + 3 : 0;
    }

    private static bool IsHarmless(ReadOnlySpan<char> numbers)
    {
        var skip = 0;
        var isKind = false;
        foreach (var range in numbers.Split(';'))
        {
            var part = numbers[range];
            var number = ValueOf(part);
            if (isKind)
                (isKind, skip) = (
                    false,
                    number switch
                    {
                        5 => 1,
                        2 => 3,
                        _ => 0,
                    }
                );
            else if (skip > 0)
                skip--;
            else if (number is 38 or 48 or 58)
                isKind = !part.Contains(':');
            else if (number is not (<= 4 or 7 or 9 or (>= 21 and <= 49) or 53 or 55 or 59 or (>= 90 and <= 107)))
                return false;
        }

        return true;
    }

    private static int ValueOf(ReadOnlySpan<char> part)
    {
        var colon = part.IndexOf(':');
        var digits = colon < 0 ? part : part[..colon];
        return digits.IsEmpty ? 0
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : int.MaxValue;
    }
}
