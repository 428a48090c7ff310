using System.Buffers;
using System.Text;

namespace Aios.Jobs.Formats;

/// <summary>Shows how a command that somebody wrote as one text is written as a list.</summary>
internal static class CommandLine
{
    private static readonly SearchValues<char> ShellSigns = SearchValues.Create("|&;<>$`*?\n");

    /// <summary>The list to write instead. What only a shell understands is handed to a shell.</summary>
    public static string AsList(string line)
    {
        string[] arguments = line.AsSpan().ContainsAny(ShellSigns) || Split(line) is not { } words
            ? ["sh", "-c", line]
            : [.. words];
        var texts = arguments.Select(argument => JsonText.Write(json => json.WriteStringValue(argument)));
        return $"[{string.Join(", ", texts)}]";
    }

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
                if (isWord) words.Add(word.ToString());
                word.Clear();
                isWord = false;
                continue;
            }

            isWord = true;
            if (quote == '\0' && (c is '"' or '\'')) quote = c;
            else if (c == quote) quote = '\0';
            else word.Append(c);
        }

        if (isWord) words.Add(word.ToString());
        return quote == '\0' ? words : null;
    }
}
