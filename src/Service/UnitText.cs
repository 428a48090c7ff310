using System.Text;

namespace Aios.Service;

/// <summary>Texts as systemd.syntax(7) has them.</summary>
internal static class UnitText
{
    /// <summary>One word of a command line: neither a specifier nor a variable is put in.</summary>
    public static string Argument(string text) => Word(text).Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>One word of a list, such as a path.</summary>
    public static string Word(string text)
    {
        var plain = Value(text);
        if (
            plain.Length > 0
            && plain.All(letter =>
                char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-' or '+' or ':' or '@' or '=' or ',' or '%' or '$'
            )
        )
            return plain;
        var quoted = new StringBuilder("\"");
        foreach (var letter in plain)
            quoted.Append(letter is '"' or '\\' ? $"\\{letter}" : letter.ToString());
        return quoted.Append('"').ToString();
    }

    /// <summary>The whole rest of a line.</summary>
    public static string Value(string text) => text.Replace("%", "%%", StringComparison.Ordinal);
}
