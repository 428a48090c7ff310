namespace Aios.Jobs.Works;

/// <summary>Where in a command line a reference is.</summary>
/// <param name="Quoting">What is around it.</param>
/// <param name="IsEscaped">A backslash is before it.</param>
/// <param name="Takes">Which values it can have.</param>
internal readonly record struct ShellPlace(ShellQuoting Quoting, bool IsEscaped, ShellTakes Takes)
{
    /// <summary>How a shell reads the value of a variable at this place, as one word or a part of one.</summary>
    public string Variable(string name) =>
        Quoting switch
        {
            ShellQuoting.None => $"\"${{{name}}}\"",
            ShellQuoting.Single => $"'\"${{{name}}}\"'",
            _ => $"${{{name}}}",
        };

    /// <summary>How a person would write the value at this place.</summary>
    public string Literal(string value) =>
        Quoting switch
        {
            ShellQuoting.None => IsPlain(value) ? value : $"'{Closed(value)}'",
            ShellQuoting.Single => Closed(value),
            ShellQuoting.Double => Escaped(value, "\\$`\""),
            ShellQuoting.Document => Escaped(value, "\\$`"),
            _ => value.ReplaceLineEndings(" "),
        };

    private static bool IsPlain(string value) =>
        value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter) || "_-./:,+@%".Contains(letter));

    private static string Closed(string value) => value.Replace("'", "'\\''", StringComparison.Ordinal);

    private static string Escaped(string value, string special) =>
        string.Concat(value.Select(letter => special.Contains(letter) ? $"\\{letter}" : letter.ToString()));
}

/// <summary>What is around a place in a command line.</summary>
internal enum ShellQuoting
{
    None,
    Single,
    Double,

    /// <summary>A here-document, in which quotes are letters.</summary>
    Document,

    /// <summary>Arithmetic, or a comment.</summary>
    Bare,
}
