using System.Text;

namespace Aios.Import;

/// <summary>
/// The value of <c>environment</c>: <c>A="1",B='two, three',C=4</c>, by the rules of Python's shlex as supervisord uses it: a value
/// with anything but letters, digits and <c>_/.+-():</c> in it is one only within quotes.
/// </summary>
internal static class SupervisordEnvironment
{
    private const string MoreOfWords = "_/.+-():";

    /// <summary>Its variables; of two of one name the later counts.</summary>
    /// <exception cref="FormatException">supervisord refuses it.</exception>
    public static IReadOnlyList<(string Name, string Value)> Parse(string text)
    {
        var tokens = Tokens(text);
        var found = new List<(string, string)>();
        for (var at = 0; at < tokens.Count; at += 4)
        {
            if (at + 2 >= tokens.Count || tokens[at + 1] != "=")
                throw new FormatException("expected NAME=\"value\" with commas between them");
            found.Add((tokens[at], tokens[at + 2].Trim('\'', '"')));
        }

        return found;
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        var at = 0;
        while (at < text.Length)
        {
            var letter = text[at];
            if (char.IsWhiteSpace(letter))
                at++;
            else if (letter == '#')
                at = EndOfLine(text, at);
            else if (letter is '"' or '\'')
                tokens.Add(Quoted(text, ref at));
            else if (IsOfWord(letter))
                tokens.Add(Word(text, ref at));
            else
                tokens.Add(text[at++].ToString());
        }

        return tokens;
    }

    private static string Quoted(string text, ref int at)
    {
        var end = text.IndexOf(text[at], at + 1);
        if (end < 0)
            throw new FormatException("a quote is left open");
        var token = text[at..(end + 1)];
        at = end + 1;
        return token;
    }

    // Within a word a quote is a letter, and what follows a # on its line is none.
    private static string Word(string text, ref int at)
    {
        var word = new StringBuilder();
        while (at < text.Length && (IsOfWord(text[at]) || text[at] is '"' or '\'' or '#'))
        {
            if (text[at] == '#')
                at = EndOfLine(text, at);
            else
                word.Append(text[at++]);
        }

        return word.ToString();
    }

    private static int EndOfLine(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;

    // A variable that is known later is a value as whoever sets it means it.
    private static bool IsOfWord(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || MoreOfWords.Contains(letter) || letter is >= '\uE000' and <= '\uE002';
}
