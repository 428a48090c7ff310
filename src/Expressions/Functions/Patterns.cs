using System.Text;
using System.Text.RegularExpressions;

namespace Aios.Expressions.Functions;

/// <summary>Regular expressions in the syntax of RE2. A search takes time in proportion to the text, whatever the pattern is.</summary>
internal static class Patterns
{
    private const int LongestPattern = 4096;

    public static IEnumerable<Function> All => [new("text.matches(pattern)", 2, 2, Matches), new("matches(text, pattern)", 2, 2, Matches)];

    /// <summary>The regular expression, or why it is none.</summary>
    public static (Regex? Regex, string? Why) Make(string pattern)
    {
        if (pattern.Length > LongestPattern)
            return (null, $"the pattern is longer than {LongestPattern} characters");
        try
        {
            return (new Regex(Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking), null);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return (null, $"{Description.Quoted(pattern)} is no regular expression of RE2: {error.Message}");
        }
    }

    private static Value Matches(Call call)
    {
        if (call[0].Kind != ValueKind.String)
            return call.Fail(0, "a string to search");
        if (call[1].Kind != ValueKind.String)
            return call.Fail(1, "a pattern as a string");
        var (text, pattern) = (call[0].AsString(), call[1].AsString());
        if (call.Memory is not Known known || known.Pattern != pattern)
        {
            call.Evaluation.Work(64L * Limits.BytesInStep);
            var (regex, why) = Make(pattern);
            if (regex is null)
                return call.Fail(why!);
            call.Memory = known = new Known(pattern, regex);
        }

        call.Evaluation.Work(16L * text.Length);
        try
        {
            return Value.Of(known.Regex.IsMatch(text));
        }
        catch (RegexMatchTimeoutException)
        {
            return call.Fail("the search takes too long");
        }
    }

    // What RE2 writes or means in another way than .NET.
    private static string Translate(string pattern)
    {
        var made = new StringBuilder(pattern.Length + 16);
        var isInClass = false;
        var isMultiline = pattern.Contains("(?", StringComparison.Ordinal) && FlagsOf(pattern).Contains('m');
        for (var at = 0; at < pattern.Length; at++)
        {
            var rest = pattern.AsSpan(at);
            if (rest is ['\\', var escaped, ..])
            {
                made.Append(Escape(escaped, isInClass));
                at++;
            }
            else if (isInClass && rest.StartsWith("[:") && rest.IndexOf(":]") is var end and > 0)
            {
                made.Append(Posix(rest[2..end]));
                at += end + 1;
            }
            else if (!isInClass && rest.StartsWith("(?P<"))
            {
                made.Append("(?<");
                at += 3;
            }
            else
            {
                made.Append(!isInClass && !isMultiline && pattern[at] == '$' ? "\\z" : $"{pattern[at]}");
                isInClass = isInClass ? pattern[at] != ']' || IsFirstInClass(pattern, at) : pattern[at] == '[';
            }
        }

        return made.ToString();
    }

    private static bool IsFirstInClass(string pattern, int at) =>
        pattern[at - 1] == '[' || (pattern[at - 1] == '^' && pattern[at - 2] == '[');

    private static string FlagsOf(string pattern)
    {
        var flags = new StringBuilder();
        for (
            var at = pattern.IndexOf("(?", StringComparison.Ordinal);
            at >= 0;
            at = pattern.IndexOf("(?", at + 2, StringComparison.Ordinal)
        )
        {
            for (var letter = at + 2; letter < pattern.Length && char.IsAsciiLetterLower(pattern[letter]); letter++)
                flags.Append(pattern[letter]);
        }

        return flags.ToString();
    }

    // The classes of RE2 are those of ASCII.
    private static string Escape(char escaped, bool isInClass) =>
        (escaped, isInClass) switch
        {
            ('d', false) => "[0-9]",
            ('d', true) => "0-9",
            ('D', false) => "[^0-9]",
            ('w', false) => "[0-9A-Za-z_]",
            ('w', true) => "0-9A-Za-z_",
            ('W', false) => "[^0-9A-Za-z_]",
            ('s', false) => @"[\t\n\f\r ]",
            ('s', true) => @"\t\n\f\r ",
            ('S', false) => @"[^\t\n\f\r ]",
            _ => $"\\{escaped}",
        };

    private static string Posix(ReadOnlySpan<char> name) =>
        name switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "blank" => @"\t ",
            "cntrl" => @"\x00-\x1f\x7f",
            "digit" => "0-9",
            "graph" => "!-~",
            "lower" => "a-z",
            "print" => " -~",
            "punct" => @"!-/:-@\[-`{-~",
            "space" => @"\t\n\v\f\r ",
            "upper" => "A-Z",
            "word" => "0-9A-Za-z_",
            "xdigit" => "0-9A-Fa-f",
            _ => $"[:{name}:]",
        };

    private sealed record Known(string Pattern, Regex Regex);
}
