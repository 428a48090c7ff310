using System.Buffers;
using System.Text;

namespace Aios.Jobs.Formats;

/// <summary>Shows how to write a command that somebody wrote as one text.</summary>
internal static class CommandLine
{
    private static readonly SearchValues<char> ShellSigns = SearchValues.Create("|&;<>$`*?\n");

    /// <summary>What to write instead, to follow "expected": a list, or where only a shell understands it, the field for that.</summary>
    public static string Instead(string line)
    {
        if (line.AsSpan().ContainsAny(ShellSigns) || Split(line) is not { } words)
            return $"a list; a line for a shell is written as shell: {Json(line)}";
        return $"a list: [{string.Join(", ", words.Select(Json))}]; a line for a shell is written as shell: {Json(line)}";
    }

    private static string Json(string text) => JsonText.Write(json => json.WriteStringValue(text));

    // Null if a quote is left open.
    private static List<string>? Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var isWord = false;
        foreach (var c in line)
        {
            if (quote == '\0' && (c is ' ' or '\t'))
            {
                if (isWord)
                    words.Add(word.ToString());
                word.Clear();
                isWord = false;
                continue;
            }

            isWord = true;
            if (quote == '\0' && (c is '"' or '\''))
                quote = c;
            else if (c == quote)
                quote = '\0';
            else
                word.Append(c);
        }

        if (isWord)
            words.Add(word.ToString());
        return quote == '\0' ? words : null;
    }
}
