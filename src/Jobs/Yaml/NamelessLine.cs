namespace Aios.Jobs.Yaml;

/// <summary>Says what is missing in a line that should be a field or a list item and is neither.</summary>
internal static class NamelessLine
{
    /// <summary>In words that follow the place.</summary>
    /// <param name="line">The whole line.</param>
    /// <param name="at">Where its content begins, from 0.</param>
    public static string Explain(string line, int at) =>
        Mistake(line[at..]) ?? "this line has no name: a field is written \"name: value\", with a colon and a space";

    /// <summary>What is wrong with a text that was meant as a field or a list item; null if it looks like neither.</summary>
    public static string? Mistake(string text)
    {
        if (text.Length > 1 && text[0] == '-' && OddSpace.Is(text[1]))
            return $"there is {OddSpace.Name(text[1])} after the dash; "
                + $"{OddSpace.Remedy(text[1]).Replace("remove it", "write a space", StringComparison.Ordinal)}";
        if (text.Length > 1 && text[0] == '-' && char.IsLetter(text[1]))
            return "a space is missing after the dash; a list item begins with \"- \"";
        if (text.Length > 1 && text.Trim().Trim('-').Length == 0)
            return "a line of dashes means nothing here; three of them, at the beginning of a line, divide documents";

        var name = NameLength(text);
        if (name == 0 || name == text.Length)
            return null;
        if (text[name] == ':')
            return AfterColon(text, name + 1);
        return text[name..].TrimStart() is ['=', ..]
            ? $"there is \"=\" after the name; write \"{text[..name]}: \", with a colon and a space"
            : null;
    }

    private static string? AfterColon(string text, int at)
    {
        if (LineScan.IsGap(text, at) || text[at] == '/')
            return null;
        return OddSpace.Is(text[at])
            ? $"there is {OddSpace.Name(text[at])} after the colon; write an ordinary space"
            : "a space is missing after the colon; a field is written \"name: value\"";
    }

    private static int NameLength(string text)
    {
        var length = 0;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] == '_'))
            length++;
        return length;
    }
}
