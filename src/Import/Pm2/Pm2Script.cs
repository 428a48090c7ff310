using System.Text.RegularExpressions;

namespace Aios.Import;

/// <summary>How PM2 takes scripts and their arguments.</summary>
internal static partial class Pm2Script
{
    private const int HeadBytes = 512;

    /// <summary>A line of arguments, taken apart by the pattern that PM2 has for it: a quote in the middle of a word stays.</summary>
    public static IEnumerable<string> Arguments(string line) =>
        Word().Matches(line).Select(match => Unquoted(match.Value)).Where(word => word.Trim().Length > 0);

    /// <summary>
    /// Whether a file is a text that nobody but Node would read: PM2 starts all others that have no ending it knows by
    /// themselves.
    /// </summary>
    public static bool IsForNode(string path)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> head = stackalloc byte[HeadBytes];
            head = head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
            return !head.Contains((byte)0) && (!head.StartsWith("#!"u8) || NodeLine().IsMatch(System.Text.Encoding.Latin1.GetString(head)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Unquoted(string word) => word is ['"', .., '"'] or ['\'', .., '\''] && word.Length > 1 ? word[1..^1] : word;

    [GeneratedRegex("""[^\s"'=]+="[^"]*"|[^\s"'=]+='[^']*'|"[^"]*"|'[^']*'|\S+""")]
    private static partial Regex Word();

    [GeneratedRegex(@"\A#!.*\bnode\b")]
    private static partial Regex NodeLine();
}
