using System.Text;

namespace Aios.Jobs.Works;

/// <summary>A here-document of a command line that is announced, and begins on the next line.</summary>
/// <param name="Word">Ends it, on a line of its own.</param>
/// <param name="IsLiteral">The shell replaces nothing in its lines.</param>
/// <param name="IsIndented">Tabs at the begin of its lines do not count.</param>
/// <param name="Behind">Where its announcement ends.</param>
internal sealed record HereDocument(string Word, bool IsLiteral, bool IsIndented, int Behind)
{
    /// <summary>Reads what follows <c>&lt;&lt;</c>.</summary>
    public static HereDocument Read(string text, int at)
    {
        var isIndented = at < text.Length && text[at] == '-';
        if (isIndented)
            at++;
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        var word = new StringBuilder();
        var isLiteral = false;
        for (var quote = '\0'; at < text.Length && (quote != '\0' || !" \t\n;&|<>()".Contains(text[at])); at++)
        {
            var letter = text[at];
            if (letter == quote && quote != '\0')
                quote = '\0';
            else if (quote == '\0' && letter is '\'' or '"')
                (quote, isLiteral) = (letter, true);
            else if (letter == '\\' && quote != '\'')
                isLiteral = true;
            else
                word.Append(letter);
        }

        return new HereDocument(word.ToString(), isLiteral, isIndented, at);
    }

    /// <summary>Where its last line ends that counts: at the begin of that which ends it.</summary>
    public int EndIn(string text, int start)
    {
        for (var at = start; at < text.Length; )
        {
            var newLine = text.IndexOf('\n', at) is var found and >= 0 ? found : text.Length;
            var line = text.AsSpan(at, newLine - at);
            if ((IsIndented ? line.TrimStart('\t') : line).SequenceEqual(Word))
                return at;
            at = newLine + 1;
        }

        return text.Length;
    }
}
