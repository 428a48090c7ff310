using System.Text;

namespace Aios.Import;

/// <summary>Command lines as a shell splits them, without anything that only a shell does.</summary>
internal static class ShellWords
{
    /// <summary>The words of a line, by the rules of Python's shlex, which supervisord uses; null if a quote is left open.</summary>
    public static List<string>? Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var quote = '\0';
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                if (word is not null)
                    words.Add(word.ToString());
                word = null;
                continue;
            }

            word ??= new StringBuilder();
            if (letter == quote)
                quote = '\0';
            else if (quote == '\0' && letter is '"' or '\'')
                quote = letter;
            else if (quote != '\0' && ShellVariable.Begins(letter))
                word.Append(ShellVariable.Quoted);
            else if (letter == '\\' && at + 1 < line.Length && (quote == '\0' || (quote == '"' && line[at + 1] is '"' or '\\')))
                word.Append(line[++at]);
            else
                word.Append(letter);
        }

        if (word is not null)
            words.Add(word.ToString());
        return quote == '\0' ? words : null;
    }

    /// <summary>A text as one word of a shell.</summary>
    public static string Quote(string text) =>
        text.Length > 0
        && text.All(letter =>
            char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/' or ':' or '=' or ',' or '@' or '+' or '%'
        )
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Words as one line of a shell.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));
}
