using System.Text;
using System.Text.RegularExpressions;

namespace Aios.Models.Verification.Schemas;

/// <summary>Regular expressions of a schema, which are those of JavaScript.</summary>
internal static class SchemaPattern
{
    private const int LongestPattern = 4096;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    private static readonly Dictionary<string, string> Categories = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L",
        ["Lowercase_Letter"] = "Ll",
        ["Uppercase_Letter"] = "Lu",
        ["Mark"] = "M",
        ["Number"] = "N",
        ["Decimal_Number"] = "Nd",
        ["digit"] = "Nd",
        ["Punctuation"] = "P",
        ["punct"] = "P",
        ["Symbol"] = "S",
        ["Separator"] = "Z",
    };

    /// <summary>The regular expression, or why it is none.</summary>
    public static (Regex? Regex, string? Why) Make(string pattern)
    {
        if (pattern.Length > LongestPattern)
            return (null, $"it is longer than {LongestPattern} characters");
        var translated = Translate(pattern);
        try
        {
            return (new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking), null);
        }
        catch (NotSupportedException)
        {
            // It looks around or refers to its groups: searched by trying, for a limited time.
            return (new Regex(translated, RegexOptions.CultureInvariant, Longest), null);
        }
        catch (ArgumentException error)
        {
            return (null, error.Message);
        }
    }

    /// <summary>Whether a text has a match; null if the search takes too long.</summary>
    public static bool? IsMatch(Regex regex, string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    // Classes of JavaScript know ASCII only, and its $ no line end.
    private static string Translate(string pattern)
    {
        var made = new StringBuilder(pattern.Length + 16);
        var isInClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var letter = pattern[at];
            if (letter == '\\' && at + 1 < pattern.Length)
            {
                if (Category(pattern, at) is var (category, end))
                {
                    made.Append(category);
                    at = end;
                    continue;
                }

                made.Append(Escape(pattern[++at], isInClass));
                continue;
            }

            isInClass = letter == '[' || (isInClass && letter != ']');
            made.Append(letter == '$' && !isInClass ? @"\z" : letter.ToString());
        }

        return made.ToString();
    }

    // \p{Letter} is \p{L}.
    private static (string Category, int End)? Category(string pattern, int at)
    {
        if (
            pattern[at + 1] is not ('p' or 'P')
            || at + 2 >= pattern.Length
            || pattern[at + 2] != '{'
            || pattern.IndexOf('}', at) is not (> 0 and var end)
        )
            return null;
        var name = pattern[(at + 3)..end];
        var known = Categories.GetValueOrDefault(name[(name.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return known is null ? null : ($@"\{pattern[at + 1]}{{{known}}}", end);
    }

    private static string Escape(char letter, bool isInClass) =>
        (letter, isInClass) switch
        {
            ('d', true) => "0-9",
            ('d', false) => "[0-9]",
            ('D', false) => "[^0-9]",
            ('w', true) => "A-Za-z0-9_",
            ('w', false) => "[A-Za-z0-9_]",
            ('W', false) => "[^A-Za-z0-9_]",
            ('/', _) => "/",
            _ => $"\\{letter}",
        };
}
