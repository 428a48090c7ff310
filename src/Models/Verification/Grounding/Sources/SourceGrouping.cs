using Aios.Models.Verification.Grounding.Scanning;

namespace Aios.Models.Verification.Grounding.Sources;

/// <summary>The rows of a table by what is the same in one of its columns: a region, a month.</summary>
/// <param name="Column">The column.</param>
/// <param name="Groups">In the order of their first rows.</param>
internal sealed record SourceGrouping(SourceColumn Column, IReadOnlyList<SourceGroup> Groups)
{
    private const int MostGroups = 400;
    private const int LongestLabel = 80;

    /// <summary>The groupings that a column gives.</summary>
    public static IEnumerable<SourceGrouping> Of(SourceColumn column)
    {
        if (column.IsVirtual)
            return [];
        if (column.IsDate)
        {
            return new[]
            {
                By(column, cell => cell.Date is { } day ? ($"{day:yyyy-MM-dd}", new DateParts(day.Year, day.Month, day.Day)) : null),
                By(column, cell => cell.Date is { } day ? ($"{day:yyyy-MM}", new DateParts(day.Year, day.Month)) : null),
                By(column, cell =>
                    cell.Date is { } day
                        ? ($"{day.Year} Q{(day.Month + 2) / 3}", new DateParts(day.Year, Quarter: (day.Month + 2) / 3))
                        : null
                ),
                By(column, cell => cell.Date is { } day ? ($"{day.Year}", new DateParts(day.Year)) : null),
                By(column, cell => cell.Date is { } day ? WeekOf(day) : null),
                By(column, cell => cell.Date is { } day ? ($"{day.DayOfWeek}", null) : null),
            }.OfType<SourceGrouping>();
        }

        if (column.IsNumeric && !column.IsKey && !IsRepeated(column))
            return [];
        return
            By(column, cell => cell.Text.Length is > 0 and <= LongestLabel ? (cell.Text, PartsOf(column, cell.Text)) : null) is { } grouping
            ? [grouping]
            : [];
    }

    private static bool IsRepeated(SourceColumn column)
    {
        var distinct = column.Cells.Select(cell => cell?.Text).Distinct().Count();
        return distinct <= 12 && distinct * 2 <= column.Cells.Count && column.Cells.All(cell => cell?.Number is null or (>= 0 and <= 9999));
    }

    private static (string, DateParts?) WeekOf(DateOnly day)
    {
        var (year, week) = Calendar.WeekOf(day);
        return ($"{year}-W{week:00}", new DateParts(year, Week: week));
    }

    private static DateParts? PartsOf(SourceColumn column, string label)
    {
        if (column.IsNumeric)
            return null;
        var (dates, end) = DateReader.ReadDates(label, 0);
        return dates.Length == 1 && end == label.Length ? dates[0].Readings[0]
            : Calendar.WholeMonth(label) is > 0 and var month ? new DateParts(Month: month)
            : null;
    }

    private static SourceGrouping? By(SourceColumn column, Func<SourceCell, (string Label, DateParts? Parts)?> key)
    {
        var groups = new Dictionary<string, SourceGroup>(StringComparer.OrdinalIgnoreCase);
        foreach (var (row, cell) in column.Cells.Index())
        {
            if (cell is null || key(cell) is not var (label, parts))
                continue;
            if (!groups.TryGetValue(label, out var group))
            {
                if (groups.Count == MostGroups)
                    return null;
                groups[label] = group = new SourceGroup(label, Words.Normal(label), parts, []);
            }

            group.Rows.Add(row);
        }

        return groups.Count == 0 ? null : new SourceGrouping(column, [.. groups.Values]);
    }

    /// <summary>Whether a word is in the label of this group alone, so that it stands for it: the first name of somebody.</summary>
    public bool IsOnly(SourceGroup group, string word) =>
        (
            _labels ??= Groups
                .SelectMany(known => known.Normal.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct())
                .CountBy(part => part)
                .ToDictionary()
        ).GetValueOrDefault(word) == 1
        && group.Normal.Contains($" {word} ", StringComparison.Ordinal);

    private Dictionary<string, int>? _labels;
}

/// <summary>Rows with the same value in a column.</summary>
/// <param name="Label">The value.</param>
/// <param name="Normal">The value as texts are compared.</param>
/// <param name="Parts">The date that it is.</param>
/// <param name="Rows">The rows.</param>
internal sealed record SourceGroup(string Label, string Normal, DateParts? Parts, List<int> Rows);
