using System.Buffers;
using Aios.Models.Verification.Grounding.Scanning;

namespace Aios.Models.Verification.Grounding.Sources;

/// <summary>Finds the table in lines of one shape: a log, a list of bookings.</summary>
internal static class LineTables
{
    private const int FewestLines = 3;
    private const int MostLines = 5000;
    private const int MostWords = 4;

    private static readonly SearchValues<char> Separators = SearchValues.Create(":|;,()\t");

    /// <summary>The table as its lines of cells, the names of its columns first; null if the lines are not alike.</summary>
    public static List<string[]>? In(string[] lines)
    {
        if (lines.Length is < FewestLines or > MostLines)
            return null;
        var read = lines.Select(Pieces).ToList();
        var shape = read.CountBy(line => ShapeOf(line)).MaxBy(shape => shape.Value).Key;
        if (shape.Length < 2 || !shape.Any(kind => kind is not 'W'))
            return null;
        // The last pieces may be missing: no arrival of a train that was cancelled.
        var alike = read.FindAll(line =>
            shape.StartsWith(ShapeOf(line), StringComparison.Ordinal) && line.Count >= Math.Min(3, shape.Length)
        );
        if (alike.Count < FewestLines || alike.Count * 3 < lines.Length * 2)
            return null;
        var columns = Enumerable.Range(0, shape.Length).SelectMany(index => Columns(alike, index, shape)).ToList();
        var names = columns.Select(column => column.Name).CountBy(name => name).ToDictionary();
        return
        [
            [.. columns.Select((column, index) => column.Name.Length > 0 && names[column.Name] == 1 ? column.Name : $"column {index + 1}")],
            .. Enumerable.Range(0, alike.Count).Select(row => columns.ConvertAll(column => column.Cells[row]).ToArray()),
        ];
    }

    private static string ShapeOf(List<(char Kind, string Text)> line) => string.Concat(line.Select(piece => piece.Kind));

    // Numbers, dates and times, and what is between them.
    private static List<(char Kind, string Text)> Pieces(string line)
    {
        var pieces = new List<(char Kind, string Text)>();
        var end = 0;
        foreach (var token in TextScanner.Scan(line))
        {
            if (token.Start < end)
                continue;
            var kind = token.Kind switch
            {
                TokenKind.Number => 'N',
                TokenKind.Date => 'D',
                TokenKind.Time => 'T',
                _ => 'W',
            };
            var isContinued =
                kind == 'W'
                && pieces is [.., ('W', _)]
                && line.AsSpan(end, token.Start - end).IndexOfAny(Separators) < 0
                && !line.AsSpan(end, token.Start - end).Contains("  ", StringComparison.Ordinal);
            if (isContinued)
                pieces[^1] = ('W', $"{pieces[^1].Text} {token.Text}");
            else
                pieces.Add((kind, token.Text));
            end = token.End;
        }

        return pieces;
    }

    // Words in the same number are one column each; a word that is always the same names the number beside it.
    private static IEnumerable<(string Name, List<string> Cells)> Columns(
        List<List<(char Kind, string Text)>> lines,
        int index,
        string shape
    )
    {
        var cells = lines.ConvertAll(line => index < line.Count ? line[index].Text : "");
        if (shape[index] != 'W')
        {
            yield return (shape[index] == 'N' ? NameOf(lines, index, shape) : "", cells);
            yield break;
        }

        var words = cells.ConvertAll(cell => cell.Split(' '));
        var count = words[0].Length;
        if (count is > 1 and <= MostWords && words.TrueForAll(line => line.Length == count))
        {
            for (var word = 0; word < count; word++)
                yield return ("", words.ConvertAll(line => line[word]));
        }

        yield return ("", cells);
    }

    private static string NameOf(List<List<(char Kind, string Text)>> lines, int index, string shape)
    {
        foreach (var beside in (int[])[index + 1, index - 1])
        {
            if (beside < 0 || beside >= shape.Length || shape[beside] != 'W')
                continue;
            var names = lines.Where(line => beside < line.Count).Select(line => line[beside].Text).Distinct().Take(2).ToList();
            // What is behind it may name the next number.
            var isOfNext = beside > index && beside + 1 < shape.Length && shape[beside + 1] == 'N';
            if (names.Count == 1 && !isOfNext)
                return names[0];
        }

        return "";
    }
}
