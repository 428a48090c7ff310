using System.Globalization;
using System.Text;

namespace Aios.Jobs.Yaml;

/// <summary>
/// Shows lines of a text with a mark below the place that is meant. What the eye takes for a space and is none is made visible.
/// </summary>
internal static class YamlExcerpt
{
    private const int Width = 100;

    /// <summary>Two lines of text for each mark, from the top.</summary>
    public static string Of(YamlLines lines, IEnumerable<YamlMark> marks)
    {
        var ordered = marks.OrderBy(mark => mark.Line).ToList();
        var digits = ordered[^1].Line.ToString(CultureInfo.InvariantCulture).Length;
        var text = new StringBuilder();
        foreach (var mark in ordered)
        {
            var (shown, column) = Cut(lines[mark.Line], mark.Column);
            text.Append(mark.Line.ToString(CultureInfo.InvariantCulture).PadLeft(digits)).Append(" | ").Append(shown).Append('\n');
            text.Append(' ', digits)
                .Append(" | ")
                .Append(' ', column - 1)
                .Append('^')
                .Append(mark.Note.Length == 0 ? "" : " " + mark.Note)
                .Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static (string Line, int Column) Cut(string line, int column)
    {
        column = Math.Clamp(column, 1, line.Length + 1);
        var start = column <= Width ? 0 : column - Width / 2;
        var cut = line.AsSpan(start, Math.Min(Width, line.Length - start));
        var shown = string.Concat(cut.ToArray().Select(Visible));
        return start == 0 ? (shown, column) : ("…" + shown, column - start + 1);
    }

    private static char Visible(char c) =>
        c switch
        {
            '\t' => '→',
            _ when OddSpace.Is(c) => '·',
            _ when char.IsControl(c) || char.IsSurrogate(c) => '\uFFFD',
            _ => c,
        };
}
