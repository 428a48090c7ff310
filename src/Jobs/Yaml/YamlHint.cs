namespace Aios.Jobs.Yaml;

/// <summary>Says in plain words what is wrong with a text that is not YAML, for the mistakes people make most.</summary>
internal static class YamlHint
{
    public const string QuoteStar = "a text that begins with * must be in quotes, such as cron: \"*/5 * * * *\"";

    public static YamlSyntaxException Explain(string text, int line, int column, Exception broken)
    {
        // The parser may name the line before the one that is meant, or the beginning of all that it could not take in.
        var lines = new YamlLines(text);
        var disorder = YamlOutline.FindDisorder(lines);
        if (disorder is not null && disorder.Line <= line + 1)
            return disorder;
        if (Hint(lines[line]) is { } hint)
            return new YamlSyntaxException(line, column, hint, broken);
        return disorder ?? new YamlSyntaxException(line, column, $"this is not valid YAML ({Reason(broken)})", broken);
    }

    private static string? Hint(string line)
    {
        if (line.Trim().Length > 1 && line.Trim().Trim('-').Length == 0)
            return NamelessLine.Mistake(line.Trim());

        if (LineScan.IsEmpty(line, LineScan.Part(line, 0)))
            return null;

        var value = Value(line);
        if (value.StartsWith('*'))
            return QuoteStar;
        if (value.Length > 0 && value[0] is '@' or '%' or '`' or '|' or '>' or ',' or ']' or '}' or '!' or '&')
            return $"a text that begins with {value[0]} must be in quotes";
        if (value.StartsWith('"') && value.Contains('\\'))
            return "this text in double quotes does not end, or has a \\ in it that means nothing; write it in 'single quotes' to take "
                + "each \\ as it is";
        if (value.StartsWith('"') || value.StartsWith('\''))
            return "this text in quotes does not end where it should; look for a missing or an extra quote";
        if (value.StartsWith('[') || value.StartsWith('{'))
            return $"a text that begins with {value[0]} must be in quotes; a list is written [a, b] and a map {{a: 1, b: 2}}, with commas "
                + $"between and nothing behind";
        if (value.Contains(": ", StringComparison.Ordinal) || value.EndsWith(':'))
            return "there is a \": \" inside the value; put the value in quotes";
        return null;
    }

    private static string Value(string line)
    {
        var at = LineScan.Content(line, 0);
        while (LineScan.IsDash(line, at))
            at = LineScan.Part(line, at + 1);
        var colon = LineScan.Colon(line, at);
        return (colon < 0 ? line[at..] : line[(colon + 1)..]).Trim();
    }

    private static string Reason(Exception broken) =>
        broken is YamlDotNet.Core.YamlException ? broken.Message.TrimEnd('.') : "the parser could not go on after this point";
}
