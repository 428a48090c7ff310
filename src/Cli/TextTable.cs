namespace Aios.Cli;

/// <summary>Rows under a heading, in aligned columns.</summary>
internal sealed class TextTable(params string[] heading)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; a missing value is a dash.</summary>
    public void Add(params string?[] cells) => _rows.Add([.. cells.Select(cell => string.IsNullOrEmpty(cell) ? "-" : OneLine(cell))]);

    /// <summary>Writes it.</summary>
    public void Write(TextWriter writer)
    {
        var all = _rows.Prepend(heading).ToList();
        var widths = heading.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all) writer.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static string OneLine(string text)
    {
        var line = string.Create(text.Length, text, (cell, source) =>
        {
            for (var i = 0; i < cell.Length; i++) cell[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
        return line.Length <= 100 ? line : $"{line.AsSpan(0, 99)}…";
    }
}
