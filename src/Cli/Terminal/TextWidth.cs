using System.Globalization;
using System.Text;

namespace Aios.Cli;

/// <summary>
/// How much room a text takes on a terminal: letters of East Asia and most pictures take two places, marks over letters none.
/// </summary>
internal static class TextWidth
{
    private const char Ellipsis = '…';

    // Blocks in which terminals draw two places wide, from Unicode's EastAsianWidth (W and F), merged where what lies between is
    // not in use.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F),
        (0x231A, 0x231B),
        (0x23E9, 0x23EC),
        (0x2614, 0x2615),
        (0x26A1, 0x26A1),
        (0x26D4, 0x26D4),
        (0x2705, 0x2705),
        (0x274C, 0x274C),
        (0x2E80, 0x303E),
        (0x3041, 0xA4CF),
        (0xA960, 0xA97C),
        (0xAC00, 0xD7A3),
        (0xF900, 0xFAFF),
        (0xFE30, 0xFE6F),
        (0xFF00, 0xFF60),
        (0xFFE0, 0xFFE6),
        (0x1F300, 0x1F64F),
        (0x1F680, 0x1F6FF),
        (0x1F7E0, 0x1F7EB),
        (0x1F90C, 0x1F9FF),
        (0x1FA70, 0x1FAFF),
        (0x20000, 0x3FFFD),
    ];

    /// <summary>In places of a terminal.</summary>
    public static int Of(string text)
    {
        if (Ascii.IsValid(text))
            return text.Length;
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Of(rune);
        return width;
    }

    /// <summary>The text if it fits, else as much of it as fits with an ellipsis.</summary>
    public static string Cut(string text, int width)
    {
        if (Of(text) <= width)
            return text;
        var (kept, used) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + Of(rune) > width - 1)
                break;
            used += Of(rune);
            kept += rune.Utf16SequenceLength;
        }

        return $"{text.AsSpan(0, kept)}{Ellipsis}";
    }

    /// <summary>The text with blanks behind it.</summary>
    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Of(text)));

    private static int Of(Rune rune)
    {
        if (rune.Value < 0x300)
            return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            return 0;
        foreach (var (first, last) in Wide)
        {
            if (rune.Value < first)
                return 1;
            if (rune.Value <= last)
                return 2;
        }

        return 1;
    }
}
