namespace Aios.Jobs.Yaml;

/// <summary>A single value.</summary>
internal sealed class YamlScalar(int line, int column, string text, bool isPlain) : YamlNode(line, column)
{
    private const int LongestShown = 60;

    /// <summary>The text as written, without quotes and escapes.</summary>
    public string Text { get; } = text;

    /// <summary>Whether the text says what it is (5 is a number, true a boolean). A quoted one is always a string.</summary>
    public bool IsPlain { get; } = isPlain;

    /// <inheritdoc/>
    public override bool IsNull => IsPlain && CoreSchema.IsNull(Text);

    /// <inheritdoc/>
    public override string Found => IsNull ? "nothing" : Quoted(Text);

    /// <summary>The text in quotes, on one line and cut where it gets too long for a message.</summary>
    public static string Quoted(string text)
    {
        var shown = text.Length <= LongestShown ? text : string.Concat(text.AsSpan(0, LongestShown), "…");
        return "\"" + string.Concat(shown.Select(Visible)) + "\"";
    }

    private static string Visible(char c) =>
        c switch
        {
            '\n' => "\\n",
            '\t' => "\\t",
            '\r' => "\\r",
            _ when char.IsControl(c) => $"\\x{(int)c:x2}",
            _ when OddSpace.Is(c) => $"\\u{(int)c:x4}",
            _ => c.ToString(),
        };
}
