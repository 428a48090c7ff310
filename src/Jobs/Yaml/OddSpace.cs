using System.Globalization;

namespace Aios.Jobs.Yaml;

/// <summary>Characters that look like a space or like nothing, and are neither to YAML.</summary>
internal static class OddSpace
{
    /// <summary>Whether it is one.</summary>
    public static bool Is(char c) => c != ' ' && char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.Format;

    /// <summary>What it is called, to follow "there is".</summary>
    public static string Name(char c) =>
        c switch
        {
            '\u00A0' => "a non-breaking space (U+00A0)",
            '\u200B' => "an invisible space (U+200B)",
            '\u3000' => "a wide space (U+3000)",
            '\uFEFF' => "a byte-order mark (U+FEFF), as it is left where files are joined,",
            _ when char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator => $"a special space (U+{(int)c:X4})",
            _ => $"an invisible character (U+{(int)c:X4})",
        };

    /// <summary>What to do about it.</summary>
    public static string Remedy(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.Format ? "remove it" : "write an ordinary space";
}
