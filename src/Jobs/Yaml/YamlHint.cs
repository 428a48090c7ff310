namespace Aios.Jobs.Yaml;

/// <summary>Says in plain words what is wrong with a text that is not YAML, for the mistakes people make most.</summary>
internal static class YamlHint
{
    public const string QuoteStar = "a text that begins with * must be in quotes, such as cron: \"*/5 * * * *\"";

    public static YamlFault Explain(string text, int line, int column, Exception broken)
    {
        if (Tab(text, line) is { } tab)
        {
            return new YamlFault(tab.Line, tab.Column, "a tab is used as indentation here; YAML wants spaces", broken);
        }

        var hint = Hint(Line(text, line), column);
        return new YamlFault(line, column, hint ?? $"this is not valid YAML ({Reason(broken)})", broken);
    }

    // The parser names the line before the tab, or the one with it.
    private static (int Line, int Column)? Tab(string text, int line)
    {
        for (var near = line; near <= line + 1; near++)
        {
            var content = Line(text, near);
            var indentation = content[..^content.TrimStart().Length];
            var at = indentation.IndexOf('\t', StringComparison.Ordinal);
            if (at >= 0 && indentation.Length < content.Length) return (near, at + 1);
        }

        return null;
    }

    private static string? Hint(string line, int column)
    {
        var value = Value(line);
        if (value.StartsWith('*')) return QuoteStar;
        if (value.StartsWith('@') || value.StartsWith('%') || value.StartsWith('`')) return $"a text that begins with {value[0]} must be in quotes";
        if (value.StartsWith('"') && value.Contains('\\')) return "this text in double quotes does not end, or has a \\ in it that means nothing; write it in 'single quotes' to take each \\ as it is";
        if (value.StartsWith('"') || value.StartsWith('\'')) return "this text in quotes does not end where it should; look for a missing or an extra quote";
        if (value.Contains(": ", StringComparison.Ordinal)) return "there is a \": \" inside the value; put the value in quotes";
        if (IsNameAndValue(line, column)) return "this line is not indented like the ones before it; the fields of one job begin in the same column";
        return null;
    }

    private static bool IsNameAndValue(string line, int column)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 && column == colon + 1;
    }

    private static string Value(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon >= 0) return line[(colon + 2)..].TrimStart();

        return line.TrimStart().TrimStart('-').TrimStart();
    }

    private static string Reason(Exception broken) => broken is YamlDotNet.Core.YamlException
        ? broken.Message.TrimEnd('.')
        : "the parser could not go on after this point";

    private static string Line(string text, int line)
    {
        var start = 0;
        for (var number = 1; number < line; number++)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0) return "";
            start = end + 1;
        }

        var stop = text.IndexOf('\n', start);
        return (stop < 0 ? text[start..] : text[start..stop]).TrimEnd('\r');
    }
}
