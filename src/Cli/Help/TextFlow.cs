namespace Aios.Cli.Help;

/// <summary>Text in lines of a limited width, broken between words.</summary>
internal static class TextFlow
{
    /// <summary>The lines.</summary>
    /// <param name="text">Words.</param>
    /// <param name="width">The widest line; a longer word has a line of its own.</param>
    public static IEnumerable<string> Lines(string text, int width)
    {
        var line = "";
        foreach (var word in Words(text))
        {
            if (line.Length > 0 && TextWidth.Of(line) + 1 + TextWidth.Of(word) > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0)
            yield return line;
    }

    // What stands between backticks is to be copied, so it stays in one piece.
    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        var isQuoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '`')
                isQuoted = !isQuoted;
            if (i < text.Length && (text[i] != ' ' || (isQuoted && text.IndexOf('`', i) >= 0)))
                continue;
            if (i > start)
                yield return text[start..i];
            start = i + 1;
        }
    }
}
