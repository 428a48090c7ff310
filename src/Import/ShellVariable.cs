using System.Text.RegularExpressions;

namespace Aios.Import;

/// <summary>
/// Variables that are only known when a program starts, in texts that are known already. Within a text such a variable
/// stands between two letters that no file has, until it becomes a shell's.
/// </summary>
internal static partial class ShellVariable
{
    private const char Begin = '\uE000';
    private const char BeginQuoted = '\uE001';
    private const char End = '\uE002';

    /// <summary>The variable within a text; null if no shell could name it so.</summary>
    public static string? Mark(string name) => Name().IsMatch(name) ? $"{Begin}{name}{End}" : null;

    /// <summary>Whether a letter begins a variable.</summary>
    public static bool Begins(char letter) => letter == Begin;

    /// <summary>The same for one that stands within quotes, so that a shell does not split it.</summary>
    public const char Quoted = BeginQuoted;

    /// <summary>The names of the variables in a text.</summary>
    public static IEnumerable<string> In(string text) => Marked().Matches(text).Select(match => match.Groups["name"].Value).Distinct();

    /// <summary>The text as it was written, with supervisord's form of its variables.</summary>
    public static string AsWritten(string text) => Marked().Replace(text, "%(ENV_${name})s");

    /// <summary>A text as one word of a shell, in which a variable that is not set is an error.</summary>
    public static string Word(string text)
    {
        var word = new System.Text.StringBuilder();
        var at = 0;
        foreach (Match match in Marked().Matches(text))
        {
            if (match.Index > at)
                word.Append(ShellWords.Quote(text[at..match.Index]));
            word.Append(match.Value[0] == BeginQuoted ? $"\"${{{match.Groups["name"].Value}?}}\"" : $"${{{match.Groups["name"].Value}?}}");
            at = match.Index + match.Length;
        }

        return at == 0 || at < text.Length ? word.Append(ShellWords.Quote(text[at..])).ToString() : word.ToString();
    }

    /// <summary>The same where a shell splits nothing: in a value, or behind <c>cd</c>.</summary>
    public static string WholeWord(string text) => Word(text.Replace(Begin, BeginQuoted));

    [GeneratedRegex(@"^[A-Za-z_]\w*$")]
    private static partial Regex Name();

    [GeneratedRegex("[\uE000\uE001](?<name>\\w+)\uE002")]
    private static partial Regex Marked();
}
