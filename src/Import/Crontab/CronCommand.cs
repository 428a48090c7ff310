using System.Text;

namespace Aios.Import;

/// <summary>A crontab line's command, as cron itself takes it apart: an unescaped % ends it, and what follows is its input.</summary>
/// <param name="Script">What the shell is given.</param>
/// <param name="Input">What it reads on standard input, with the line break at its end; null if nothing.</param>
internal sealed record CronCommand(string Script, string? Input)
{
    /// <summary>Takes the text after the five fields apart.</summary>
    public static CronCommand Parse(string text)
    {
        var script = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%')
                return new CronCommand(script.ToString(), InputOf(text.AsSpan(at + 1)));
            // Before any other character a backslash is the shell's.
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '%' or '\\')
                at++;
            script.Append(text[at]);
        }

        return new CronCommand(script.ToString(), null);
    }

    /// <summary>The script with its input in it.</summary>
    public string WithInput()
    {
        if (Input is null)
            return Script;
        var end = "END_OF_INPUT";
        while (Input.Contains(end, StringComparison.Ordinal))
            end += "_";
        return $"{{ {Script}\n}} <<'{end}'\n{Input}{end}\n";
    }

    // Here, unlike in the command, two backslashes stay two.
    private static string? InputOf(ReadOnlySpan<char> text)
    {
        var input = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] == '%')
                input.Append(text[++at]);
            else
                input.Append(text[at] == '%' ? '\n' : text[at]);
        }

        if (input.Length == 0)
            return null;
        if (input[^1] != '\n')
            input.Append('\n');
        return input.ToString();
    }
}
