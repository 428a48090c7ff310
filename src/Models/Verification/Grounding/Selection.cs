using Aios.Models.Verification.Grounding.Scanning;
using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>The rows of a table that a passage speaks of.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">The rows in the order of the source.</param>
internal sealed record Selection(SourceTable Table, IReadOnlyList<int> Rows)
{
    private const int MostOfTable = 40;
    private const int LongLabel = 16;

    /// <summary>The grouping that it is one group of; null if it is none.</summary>
    public SourceGrouping? Grouping { get; init; }

    /// <summary>Which group of the grouping it is.</summary>
    public int Index { get; init; }

    /// <summary>Whether it is all of the table.</summary>
    public bool IsAll => Rows.Count == Table.RowCount;

    /// <summary>What of a table a part of a passage speaks of, by labels, keys and dates.</summary>
    public static List<Selection> Of(PassageScope scope, SourceTable table)
    {
        var selections = new List<Selection>();
        var parts = new List<List<Selection>>();
        foreach (var grouping in table.Groupings)
        {
            var groups = grouping
                .Groups.Index()
                .Where(group => IsMentioned(scope, grouping, group.Item))
                .Take(MostOfTable)
                .Select(group => new Selection(table, group.Item.Rows) { Grouping = grouping, Index = group.Index })
                .ToList();
            selections.AddRange(groups);
            if (groups.Count > 0)
                parts.Add(groups);
            if (groups.Count > 1 && groups.Count < grouping.Groups.Count)
                selections.Add(new Selection(table, [.. groups.SelectMany(group => group.Rows).Order()]));
        }

        selections.AddRange(Ranges(scope, table));
        selections.AddRange(Intersections(parts).Take(MostOfTable));
        return selections;
    }

    // North in week 12: what is common to groups of different columns.
    private static IEnumerable<Selection> Intersections(List<List<Selection>> parts)
    {
        for (var first = 0; first < parts.Count; first++)
        {
            for (var second = first + 1; second < parts.Count; second++)
            {
                foreach (var common in Common(parts[first], parts[second]))
                {
                    yield return common;
                    foreach (var third in parts.Skip(second + 1).SelectMany(part => Common([common], part)))
                        yield return third;
                }
            }
        }
    }

    private static IEnumerable<Selection> Common(List<Selection> left, List<Selection> right) =>
        from one in left
        from other in right
        let rows = one.Rows.Intersect(other.Rows).ToList()
        where rows.Count > 0 && rows.Count < one.Rows.Count && rows.Count < other.Rows.Count
        select new Selection(one.Table, rows);

    // From the 1st to the 7th: the rows between two dates.
    private static IEnumerable<Selection> Ranges(PassageScope scope, SourceTable table)
    {
        var days = scope.Tokens.Where(token => token.Date is not null).Select(token => token.Date!).ToList();
        for (var index = 1; index < days.Count; index++)
        {
            foreach (var column in table.Columns.Where(column => column.IsDate))
            {
                var rows = table.Rows.Where(row => IsBetween(column.Cells[row]?.Date, days[index - 1], days[index])).ToList();
                if (rows.Count > 1)
                    yield return new Selection(table, rows);
            }
        }
    }

    private static bool IsBetween(DateOnly? day, WrittenDate first, WrittenDate last) =>
        day is { } given
        && At(first.Readings[0], given.Year) is { } from
        && At(last.Readings[0], given.Year) is { } to
        && from <= given
        && given <= to;

    private static DateOnly? At(DateParts parts, int year) => (parts with { Year = parts.Year ?? year }).Exact;

    private static bool IsMentioned(PassageScope scope, SourceGrouping grouping, SourceGroup group)
    {
        if (group.Parts is { } parts && IsMentioned(scope, parts))
            return true;
        if (!grouping.Column.IsNumeric)
        {
            return (group.Normal.Length > 2 && scope.Normal.Contains(group.Normal, StringComparison.Ordinal))
                || HasPartOf(scope, grouping, group)
                || HasWordsOf(scope, group)
                || (Calendar.Weekday(group.Label) is { } day && scope.Tokens.Any(token => Calendar.Weekday(token.Text) == day));
        }

        var number = group.Normal.Trim();
        return scope.Normal.Contains($" w{number} ", StringComparison.Ordinal)
            || scope.Normal.Contains($" kw{number} ", StringComparison.Ordinal)
            || scope.Normal.Contains($" q{number} ", StringComparison.Ordinal)
            || (
                scope.Normal.Contains(group.Normal, StringComparison.Ordinal)
                && (
                    grouping.Column.Words.Any(word => scope.Normal.Contains($" {word} ", StringComparison.Ordinal))
                    || (grouping.Column.Words.Contains("week") && scope.Normal.Contains(" kw ", StringComparison.Ordinal))
                    || (grouping.Column.Words.Contains("year") || grouping.Column.Words.Contains("jahr"))
                )
            )
            || (grouping.Column.Words.Any(word => word is "month" or "monat") && HasMonth(scope, number));
    }

    // A long label is seldom said word by word: "know our goals" for "I know our goals".
    private static bool HasWordsOf(PassageScope scope, SourceGroup group) =>
        group.Normal.Length >= LongLabel
        && group.Normal.Split(' ').Where(word => word.Length > 3).ToList() is { Count: > 1 } words
        && words.TrueForAll(scope.Words.Contains);

    // Priya for Priya N.
    private static bool HasPartOf(PassageScope scope, SourceGrouping grouping, SourceGroup group) =>
        group.Normal.Count(letter => letter == ' ') is 3 or 4
        && scope.Tokens.Any(token =>
            token.Kind == TokenKind.Word
            && token.Text.Length > 2
            && char.IsUpper(token.Text[0])
            && grouping.IsOnly(group, Words.Stem(token.Text))
            && (token.Start > 0 || !CommonWords.Has(token.Text))
        );

    private static bool IsMentioned(PassageScope scope, DateParts parts)
    {
        foreach (var token in scope.Tokens)
        {
            if (token.Date is { } date && date.Readings.Any(reading => IsSame(reading, parts)))
                return true;
            if (token.Kind != TokenKind.Word)
                continue;
            if (parts is { Month: { } month, Day: null } && Calendar.WholeMonth(token.Text) == month)
                return true;
        }

        return parts.Week is { } week
            && (
                scope.Normal.Contains($" week {week} ", StringComparison.Ordinal)
                || scope.Normal.Contains($" kw {week} ", StringComparison.Ordinal)
                || scope.Normal.Contains($" w{week} ", StringComparison.Ordinal)
                || scope.Normal.Contains($" w{week:00} ", StringComparison.Ordinal)
            );
    }

    // As exact as the other: a day does not name its month.
    private static bool IsSame(DateParts said, DateParts parts) =>
        said.IsPartOf(parts)
        && said.Day is null == parts.Day is null
        && said.Month is null == parts.Month is null
        && said.Week is null == parts.Week is null
        && said.Quarter is null == parts.Quarter is null
        && said.Half is null;

    private static bool HasMonth(PassageScope scope, string number) =>
        scope.Tokens.Any(token =>
            (token.Kind == TokenKind.Word && $"{Calendar.WholeMonth(token.Text)}" == number)
            || (token.Date is { } date && date.Readings.Any(reading => reading.Day is null && $"{reading.Month}" == number))
        );
}
