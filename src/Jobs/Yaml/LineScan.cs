namespace Aios.Jobs.Yaml;

/// <summary>Finds the pieces of one line of YAML. Positions count from 0.</summary>
internal static class LineScan
{
    /// <summary>Where something other than a space stands, from a position on.</summary>
    public static int Content(string line, int from)
    {
        while (from < line.Length && line[from] == ' ')
            from++;
        return from;
    }

    /// <summary>The same behind spaces and tabs, both of which may stand between the parts of a line.</summary>
    public static int Part(string line, int from)
    {
        while (from < line.Length && line[from] is ' ' or '\t')
            from++;
        return from;
    }

    /// <summary>Whether nothing but a comment is there.</summary>
    public static bool IsEmpty(string line, int at) => at >= line.Length || line[at] == '#' && (at == 0 || line[at - 1] is ' ' or '\t');

    /// <summary>Whether a dash there begins an entry of a list.</summary>
    public static bool IsDash(string line, int at) => at < line.Length && line[at] == '-' && IsGap(line, at + 1);

    /// <summary>Whether the line ends one document and begins another, or says something to the parser.</summary>
    public static bool IsMarker(string line) =>
        line.StartsWith('%')
        || ((line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("...", StringComparison.Ordinal)) && IsGap(line, 3));

    /// <summary>The colon behind the name that begins there, or -1.</summary>
    public static int Colon(string line, int at)
    {
        if (at >= line.Length || line[at] is '[' or '{' or '|' or '>' or '#')
            return -1;
        if (line[at] is '"' or '\'')
            return ColonBehindQuotes(line, at);

        for (var i = at; i < line.Length; i++)
        {
            if (line[i] == ':' && IsGap(line, i + 1))
                return i;
            if (line[i] == '#' && line[i - 1] == ' ')
                return -1;
        }

        return -1;
    }

    /// <summary>The quote that ends the text in quotes, or -1 if it does not end on this line.</summary>
    public static int ClosingQuote(string line, int from, char quote)
    {
        for (var i = from; i < line.Length; i++)
        {
            if (quote == '"' && line[i] == '\\')
                i++;
            else if (line[i] == quote && quote == '\'' && i + 1 < line.Length && line[i + 1] == quote)
                i++;
            else if (line[i] == quote)
                return i;
        }

        return -1;
    }

    /// <summary>Whether a block of text (| or >) begins there.</summary>
    public static bool IsTextBlock(string line, int at)
    {
        if (line[at] is not ('|' or '>'))
            return false;
        for (at++; at < line.Length && (line[at] is '+' or '-' || char.IsAsciiDigit(line[at])); at++) { }
        return IsGap(line, at) && IsEmpty(line, Part(line, at));
    }

    /// <summary>Behind the anchors and tags that may stand before a value.</summary>
    public static int BehindProperties(string line, int at)
    {
        while (at < line.Length && line[at] is '&' or '!')
        {
            while (at < line.Length && !IsGap(line, at))
                at++;
            at = Part(line, at);
        }

        return at;
    }

    public static bool IsGap(string line, int at) => at >= line.Length || line[at] is ' ' or '\t';

    private static int ColonBehindQuotes(string line, int at)
    {
        var end = ClosingQuote(line, at + 1, line[at]);
        if (end < 0)
            return -1;
        var colon = Part(line, end + 1);
        return colon < line.Length && line[colon] == ':' && IsGap(line, colon + 1) ? colon : -1;
    }
}
