using System.Text.RegularExpressions;

namespace Aios.Tests.Docs;

/// <summary>
/// Whether a program says what a page shows. Words must be the same; numbers, with their units, and the width of columns
/// need not be. A line <c>...</c> stands for any lines, <c>...</c> within a line for any text.
/// </summary>
internal static partial class ShownText
{
    private const string Anything = "...";

    /// <summary>What differs, in words; null if nothing does.</summary>
    public static string? Difference(string shown, string said)
    {
        var lines = Lines(said);
        var (at, mayLeaveOut) = (0, false);
        foreach (var line in Lines(shown))
        {
            if (line == Anything)
            {
                mayLeaveOut = true;
                continue;
            }

            var found = lines.FindIndex(Math.Min(at, lines.Count), Pattern(line).IsMatch);
            if (found < 0 || (found > at && !mayLeaveOut))
                return $"not said where the page shows it: {line}";
            (at, mayLeaveOut) = (found + 1, false);
        }

        return mayLeaveOut || at == lines.Count ? null : $"said and not shown on the page: {lines[at]}";
    }

    /// <summary>The first line that the page shows and that has not been said, wherever; null if there is none.</summary>
    public static string? Missing(string shown, string said)
    {
        var lines = Lines(said);
        return Lines(shown).Find(line => line != Anything && !lines.Exists(Pattern(line).IsMatch));
    }

    private static List<string> Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static Regex Pattern(string line)
    {
        var pattern = string.Join(
            ".*",
            line.Split(Anything).Select(part => Spaces().Replace(Number().Replace(Regex.Escape(part), NumberPattern), @"\s+"))
        );
        return new Regex($"^{pattern}$", RegexOptions.CultureInvariant);
    }

    private const string NumberPattern = @"[0-9]+(?:[.:\-]+[0-9]+)*(?:[ ](?:ms|s|min|h|d)\b)?";

    // As Regex.Escape has left it: a space and a dot have a backslash before them.
    [GeneratedRegex(@"[0-9]+(?:(?:\\\.|[:\-])+[0-9]+)*(?:\\[ ](?:ms|s|min|h|d)\b)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?:\\[ ])+")]
    private static partial Regex Spaces();
}
