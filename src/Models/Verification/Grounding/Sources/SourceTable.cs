using Aios.Models.Verification.Grounding.Scanning;

namespace Aios.Models.Verification.Grounding.Sources;

/// <summary>Things of one kind in the source, with the same fields.</summary>
internal sealed class SourceTable
{
    private const int FewRows = 200;

    private static readonly string[] Amounts =
    [
        "quantity",
        "qty",
        "unit",
        "count",
        "share",
        "piece",
        "hour",
        "menge",
        "anzahl",
        "stück",
        "stunde",
    ];
    private static readonly string[] Prices = ["price", "rate", "cost", "preis", "einzelpreis", "stundensatz"];

    /// <param name="name">Its name in the source.</param>
    /// <param name="columns">Its fields; each has a cell for each row.</param>
    public SourceTable(string name, List<SourceColumn> columns)
    {
        Name = name;
        Words = [.. Scanning.Words.OfField(name)];
        RowCount = columns.Count == 0 ? 0 : columns[0].Cells.Count;
        Columns = [.. columns, .. Durations(columns), .. Products(columns), .. Uses(columns)];
        foreach (var column in Columns)
            column.Table = this;
        Measures = [.. Columns.Where(column => column.IsMeasure).Take(16)];
        Rows = [.. Enumerable.Range(0, RowCount)];
    }

    public string Name { get; }

    /// <summary>It is no table, but the numbers of a text in their order.</summary>
    public bool IsLoose { get; init; }

    /// <summary>The stems of the words of its name.</summary>
    public string[] Words { get; }

    public int RowCount { get; }

    public IReadOnlyList<int> Rows { get; }

    public IReadOnlyList<SourceColumn> Columns { get; }

    /// <summary>The columns that can be added up or compared.</summary>
    public IReadOnlyList<SourceColumn> Measures { get; }

    /// <summary>The columns by whose values the rows are grouped.</summary>
    public IReadOnlyList<SourceGrouping> Groupings => field ??= [.. Columns.SelectMany(SourceGrouping.Of)];

    private static IEnumerable<SourceColumn> Durations(List<SourceColumn> columns)
    {
        var moments = columns.Where(column => column.IsDate || column.IsTime).Take(4).ToList();
        for (var first = 0; first < moments.Count; first++)
        {
            for (var second = first + 1; second < moments.Count; second++)
            {
                var cells = moments[first].Cells.Zip(moments[second].Cells, Between).ToList();
                yield return new SourceColumn(
                    $"duration {moments[first].Name} {moments[second].Name}",
                    cells,
                    isVirtual: true,
                    Unit.Second
                );
            }
        }
    }

    private static SourceCell? Between(SourceCell? first, SourceCell? second)
    {
        if (first is { Date: null, Time: { } early } && second is { Date: null, Time: { } late })
            return Computed(Math.Abs((late - early).TotalSeconds));
        if (first?.Date is not { } start || second?.Date is not { } end)
            return null;
        var seconds =
            first.Moment is { } from && second.Moment is { } to ? (to - from).TotalSeconds : (end.DayNumber - start.DayNumber) * 86400.0;
        return Computed(Math.Abs(seconds));
    }

    // What a meter showed before and after.
    private static IEnumerable<SourceColumn> Uses(List<SourceColumn> columns)
    {
        if (
            columns.Count == 0
            || columns[0].Cells.Count > FewRows
            || columns.FindAll(column => column.IsMeasure) is not [var first, var second]
        )
            return [];
        var (one, other) = (Mean(first), Mean(second));
        if (one <= 0 || other <= 0 || one > 3 * other || other > 3 * one || first.IsPercent || second.IsPercent)
            return [];
        return
        [
            new SourceColumn(
                "difference",
                [
                    .. first.Cells.Zip(second.Cells, (before, after) =>
                        before?.Number is { } from && after?.Number is { } to ? Computed(Math.Round(to - from, 10)) : null
                    ),
                ],
                isVirtual: true
            ),
        ];
    }

    private static double Mean(SourceColumn column) => column.Cells.Select(cell => cell?.Number).OfType<double>().Average();

    private static IEnumerable<SourceColumn> Products(List<SourceColumn> columns)
    {
        var amounts = columns.Find(column => column.IsNumeric && column.Words.Any(Amounts.Contains) && !column.Words.Any(Prices.Contains));
        var prices = columns.Find(column => column.IsNumeric && column.Words.Any(Prices.Contains));
        if (amounts is not null && prices is not null)
            yield return new SourceColumn("amount", [.. amounts.Cells.Zip(prices.Cells, Product)], isVirtual: true);
    }

    private static SourceCell? Product(SourceCell? first, SourceCell? second) =>
        first?.Number is { } amount && second?.Number is { } price ? Computed(amount * price) : null;

    private static SourceCell Computed(double value) => new("", value, null, null, false);
}
