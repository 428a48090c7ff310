using System.Text;
using System.Text.RegularExpressions;
using Aios.Models.Verification.Grounding.Scanning;

namespace Aios.Models.Verification.Grounding.Sources;

/// <summary>Finds the tables in a text: Markdown, and values separated by commas, semicolons or tabs.</summary>
internal static class TextTables
{
    private const int LongestHeader = 60;
    private const int MostLines = 20_000;
    private const int MostDigits = 8;
    private const int FewestCells = 3;

    // Two spaces or more.
    private const char Gap = '\0';

    private static readonly Regex Gaps = new(@"\s{2,}", RegexOptions.CultureInvariant);

    /// <summary>The tables, each as its lines of cells, the names of its columns first; and the text that is in none.</summary>
    public static (List<List<string[]>> Tables, string Prose) In(string text)
    {
        var tables = new List<List<string[]>>();
        if (!text.Contains('\n', StringComparison.Ordinal))
            return (tables, text);
        var rest = new StringBuilder();
        var lines = text.Split('\n').Take(MostLines).Select(line => line.TrimEnd('\r')).ToList();
        for (var at = 0; at < lines.Count; )
        {
            var table = ReadMarkdown(lines, at, out var end) ?? ReadSeparated(lines, at, out end);
            if (table is null)
                rest.Append(lines[at++]).Append('\n');
            else
                (tables, at) = ([.. tables, table], end);
        }

        return (tables, rest.ToString());
    }

    /// <summary>The cells of a line of a Markdown table.</summary>
    public static string[] Cells(string line)
    {
        var inner = line.Trim();
        inner = inner.StartsWith('|') ? inner[1..] : inner;
        inner = inner.EndsWith('|') ? inner[..^1] : inner;
        return [.. inner.Split('|').Select(cell => cell.Trim().Trim('*', '`').Trim())];
    }

    /// <summary>Whether a line divides a Markdown table's head from its body.</summary>
    public static bool IsDivider(string line) =>
        line.Contains('-', StringComparison.Ordinal)
        && line.Contains('|', StringComparison.Ordinal)
        && line.All(letter => letter is '-' or '|' or ':' or '+' or ' ' or '\t');

    private static List<string[]>? ReadMarkdown(List<string> lines, int at, out int end)
    {
        end = at + 2;
        if (end >= lines.Count || !lines[at].Contains('|', StringComparison.Ordinal) || !IsDivider(lines[at + 1]))
            return null;
        var table = new List<string[]> { Cells(lines[at]) };
        while (end < lines.Count && lines[end].Contains('|', StringComparison.Ordinal))
            table.Add(Cells(lines[end++]));
        return table;
    }

    private static List<string[]>? ReadSeparated(List<string> lines, int at, out int end)
    {
        foreach (var separator in (ReadOnlySpan<char>)[';', '\t', ',', '|', Gap])
        {
            var head = Separate(lines[at], separator);
            end = at + 1;
            var isHead = Array.TrueForAll(head, IsHeader);
            if (head.Length < 2 || (!isHead && (head.Length < FewestCells || separator == ',')))
                continue;
            var table = new List<string[]> { head };
            while (end < lines.Count && Separate(lines[end], separator) is var cells && cells.Length == head.Length)
            {
                table.Add(cells);
                end++;
            }

            if (table.Count > (isHead ? 1 : 2))
                return isHead && HasHead(table) ? table : WithHead(table);
        }

        end = at;
        return null;
    }

    private static bool IsHeader(string cell) =>
        cell.Length is > 0 and <= LongestHeader
        && !char.IsAsciiDigit(cell[0])
        && cell.Count(char.IsAsciiDigit) is var digits and <= MostDigits
        && (
            digits < 2
            || !TextScanner.Scan(cell).Exists(token => token.Time is not null || token.Date is { Readings: [{ Day: not null }, ..] })
        );

    // rent 1,150 above rent 1,090 is a value with its name, not a head.
    private static bool HasHead(List<string[]> table) =>
        !table[0].Index().Any(cell => cell.Item.Any(char.IsAsciiDigit) && NameOf(table, cell.Index).Length > 0);

    // What most cells of a column begin with.
    private static string NameOf(List<string[]> table, int column)
    {
        var first = FirstWord(table[0][column]);
        return first.Length > 0 && table.Count(line => FirstWord(line[column]) == first) * 2 > table.Count ? first : "";
    }

    private static string FirstWord(string cell)
    {
        var end = cell.IndexOf(' ', StringComparison.Ordinal);
        return end > 0 && !cell[..end].Any(char.IsAsciiDigit) ? cell[..end] : "";
    }

    private static List<string[]> WithHead(List<string[]> lines)
    {
        var names = Enumerable.Range(0, lines[0].Length).Select(column => NameOf(lines, column)).ToList();
        string Bare(string cell, string name) =>
            name.Length > 0 && cell.StartsWith(name, StringComparison.Ordinal) ? cell[name.Length..].Trim() : cell;
        return
        [
            [.. names.Select((name, column) => name.Length > 0 ? name.Trim(':') : $"column {column + 1}")],
            .. lines.Select(line => line.Select((cell, column) => Bare(cell, names[column])).ToArray()),
        ];
    }

    private static string[] Separate(string line, char separator)
    {
        if (separator == Gap)
            return Gaps.Split(line.Trim());
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        foreach (var letter in line)
        {
            if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == separator && !isQuoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(letter);
            }
        }

        cells.Add(cell.ToString().Trim());
        return [.. cells];
    }
}
