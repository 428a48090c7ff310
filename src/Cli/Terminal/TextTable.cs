using System.Text;
using Aios.Platform;

namespace Aios.Cli;

/// <summary>Rows under a heading, in aligned columns that fit the terminal: a row is never broken into two lines.</summary>
internal sealed class TextTable(params Column[] columns)
{
    private const int Gap = 2;
    private const string Nothing = "-";

    // Where nothing limits a line, what follows a cell must not stand a mile away.
    private const int WidestInner = 100;
    private readonly List<string[]> _rows = [];

    /// <summary>How many columns it has.</summary>
    public int Width => columns.Length;

    /// <summary>Adds a row; a missing value is a dash.</summary>
    public void Add(params string?[] cells) =>
        _rows.Add([
            .. cells.Select(
                (cell, column) =>
                    string.IsNullOrEmpty(cell) ? Nothing
                    : column == columns.Length - 1 ? TerminalText.OneLine(cell)
                    : TextWidth.Cut(TerminalText.OneLine(cell), WidestInner)
            ),
        ]);

    /// <summary>Writes it.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="nothing">What is said in its place if it has no row, beside the output: what reads that finds nothing there.</param>
    public void Write(CliContext context, string? nothing = null)
    {
        if (nothing is not null && _rows.Count == 0)
        {
            context.Say(nothing);
            return;
        }

        foreach (var line in Lines(context.Screen))
            context.Out.WriteLine(line);
    }

    /// <summary>The same, line by line.</summary>
    public IEnumerable<string> Lines(Screen screen)
    {
        var limit = screen.Columns ?? int.MaxValue;
        var (shown, widths) = Fit(limit);
        yield return Line(shown, widths, column => columns[column].Heading, screen.Colours ? _ => Paint.Bold : null, limit);
        foreach (var row in _rows)
            yield return Line(shown, widths, column => row[column], screen.Colours ? column => ColourOf(column, row) : null, limit);
    }

    private (List<int> Shown, int[] Widths) Fit(int limit)
    {
        var widths = columns
            .Select((column, index) => _rows.Select(row => TextWidth.Of(row[index])).Append(column.Heading.Length).Max())
            .ToArray();
        var shown = Enumerable.Range(0, columns.Length).ToList();
        // What says nothing goes before anything is cut.
        while (
            FullWidth(shown, widths) > limit
            && shown.FindLast(column => column > 0 && _rows.TrueForAll(row => row[column] == Nothing)) is > 0 and var empty
        )
            shown.Remove(empty);
        while (LeastWidth(shown, widths) > limit && shown.FindLast(column => columns[column].Kind == ColumnKind.Spare) is > 0 and var spare)
            shown.Remove(spare);
        Cut(shown, widths, limit);
        return (shown, widths);
    }

    private static int FullWidth(List<int> shown, int[] widths) => shown.Sum(column => widths[column]) + (Gap * (shown.Count - 1));

    private int LeastWidth(List<int> shown, int[] widths) =>
        shown.Sum(column => IsText(column) ? Math.Min(widths[column], columns[column].Least) : widths[column]) + (Gap * (shown.Count - 1));

    // Always the one that has most beyond what can be read, so that none is cut while another takes more room.
    private void Cut(List<int> shown, int[] widths, int limit)
    {
        var excess = FullWidth(shown, widths) - limit;
        for (; excess > 0; excess--)
        {
            var widest = shown.Where(IsText).OrderByDescending(column => widths[column] - columns[column].Least).FirstOrDefault(-1);
            if (widest < 0 || widths[widest] <= columns[widest].Heading.Length)
                return;
            widths[widest]--;
        }
    }

    private bool IsText(int column) => columns[column].Kind == ColumnKind.Text;

    private string ColourOf(int column, string[] row) => columns[column].Kind == ColumnKind.Status ? Paint.OfStatus(row[column]) : "";

    // What still does not fit is cut at the edge.
    private static string Line(List<int> shown, int[] widths, Func<int, string> cell, Func<int, string>? colour, int limit)
    {
        var line = new StringBuilder();
        var used = 0;
        foreach (var column in shown)
        {
            var start = used == 0 ? 0 : used + Gap;
            if (start >= limit)
                break;
            var text = TextWidth.Cut(cell(column), Math.Min(widths[column], limit - start));
            line.Append(' ', start - used);
            var isLast = column == shown[^1];
            var padding = isLast ? 0 : widths[column] - TextWidth.Of(text);
            line.Append(colour is null ? text : Paint.With(colour(column), text));
            if (start + TextWidth.Of(text) + padding < limit)
                line.Append(' ', padding);
            used = start + TextWidth.Of(text) + padding;
        }

        return line.ToString().TrimEnd(' ');
    }
}
