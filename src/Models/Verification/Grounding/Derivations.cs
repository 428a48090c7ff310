using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>Computes the figures that follow from rows of the source.</summary>
internal sealed class Derivations
{
    private const int LongestSequence = 60;
    private const int FewRows = 3;
    private const int MostValues = 4000;
    private const int MostPairedRows = 12;
    private const int MostColumns = 8;
    private const int MostSmallGroups = 12;

    private readonly List<Candidate> _found = [];

    // What is added follows from the least rows that the passage speaks of.
    private bool _isNarrow;
    private bool _isPrincipal = true;
    private bool _isPair;
    private bool _isTrend;
    private bool _isMixed;
    private bool _isOfRow;

    /// <summary>What follows from a table as such: its totals and those of its few groups, changes from row to row.</summary>
    public static List<Candidate> Of(SourceTable table)
    {
        var derivations = new Derivations();
        var all = new Selection(table, table.Rows);
        derivations._isNarrow = true;
        derivations.AddAll(all, pairRows: false);
        derivations._isNarrow = false;
        derivations.AddValues(all);
        foreach (var numbers in table.Measures.Select(column => Numbers(column, table.Rows)).Where(numbers => numbers.Contains(0)))
        {
            derivations.AddCount(numbers.Count(number => number == 0));
            derivations.AddCount(numbers.Count(number => number != 0));
        }

        foreach (var grouping in table.Groupings)
        {
            derivations.AddCount(grouping.Groups.Count);
            if (grouping.Groups.Count is > 1 and <= MostSmallGroups && grouping.Groups.Count < table.RowCount)
                derivations.AddGroups(grouping, all);
        }

        return derivations._found;
    }

    /// <summary>What follows from what a passage speaks of.</summary>
    public static List<Candidate> Of(IReadOnlyList<PassageScope> scopes, SourceTable table, IReadOnlySet<int> chosen)
    {
        var derivations = new Derivations();
        var all = new Selection(table, table.Rows);
        // What the text itself names comes before what stands around it.
        var levels = scopes.Select(scope => Selection.Of(scope, table)).ToList();
        var nearest = levels.Take(2).FirstOrDefault(level => level.Count > 0) ?? [];
        var selections = levels[^1].Take(LongestSequence).ToList();
        var least = nearest.Count == 0 ? 0 : nearest.Min(selection => selection.Rows.Count);
        derivations.AddSelections([.. nearest.Where(selection => selection.Rows.Count == least)], all, isNarrow: true);
        // Failed logins per user, and a line for each of them.
        derivations.AddSelections(
            [.. levels[Math.Min(1, levels.Count - 1)].Where(selection => selection.Rows.Count < least).Take(FewRows)],
            all,
            isNarrow: true
        );
        derivations.AddSelections(nearest, all, isNarrow: false);
        derivations.AddSelections(selections, all, isNarrow: false);
        derivations.ComparePairs(
            [.. nearest.Where(selection => selection.Grouping is not null || selection.Rows.Count == least).Take(LongestSequence)],
            isNarrow: true
        );
        derivations.ComparePairs(selections, isNarrow: false);
        foreach (var count in chosen)
        {
            foreach (var part in selections.Take(MostSmallGroups).Append(all))
                derivations.AddChosen(part, count);
        }

        return derivations._found;
    }

    private void AddSelections(List<Selection> selections, Selection all, bool isNarrow)
    {
        _isNarrow = isNarrow;
        foreach (var selection in selections)
        {
            AddAll(selection, pairRows: selection.Rows.Count <= MostPairedRows);
            AddValues(selection);
            Compare(selection, all);
            _isPrincipal = false;
            foreach (var neighbour in Neighbours(selection))
                Compare(selection, neighbour, isTogether: false);
            _isPrincipal = true;
        }

        _isNarrow = false;
    }

    // Those of one grouping are compared first: one region with another.
    private void ComparePairs(List<Selection> selections, bool isNarrow)
    {
        (_isNarrow, _isPair) = (isNarrow, isNarrow);
        for (var first = 0; first < selections.Count; first++)
        {
            foreach (
                var other in selections
                    .Skip(first + 1)
                    .Where(other =>
                        !isNarrow || (other.Grouping == selections[first].Grouping && !other.Rows.SequenceEqual(selections[first].Rows))
                    )
            )
                Compare(selections[first], other);
        }

        (_isNarrow, _isPair) = (false, false);
    }

    /// <summary>How one value compares with another.</summary>
    public static IEnumerable<Candidate> Pair(double first, double second, SourceColumn? column)
    {
        yield return new Candidate(second - first, Derivation.Difference, column) { IsChange = true };
        if (first != 0)
        {
            yield return new Candidate((second - first) / first * 100, Derivation.Percent, column) { IsChange = true };
            yield return new Candidate(second / first, Derivation.Ratio, column);
            yield return new Candidate(second / first * 100, Derivation.Percent, column);
        }

        if (second != 0 && first != second)
        {
            yield return new Candidate((first - second) / second * 100, Derivation.Percent, column) { IsChange = true };
            yield return new Candidate(first / second, Derivation.Ratio, column);
            yield return new Candidate(first / second * 100, Derivation.Percent, column);
        }
    }

    /// <summary>The numbers of a column in some rows.</summary>
    public static List<double> Numbers(SourceColumn column, IEnumerable<int> rows) =>
        [.. rows.Select(row => column.Cells[row]?.Number).OfType<double>()];

    private void Add(double value, Derivation how, SourceColumn? column) =>
        _found.Add(
            new Candidate(value, how, column)
            {
                IsNarrow = _isNarrow,
                IsPrincipal = _isPrincipal,
                IsPair = _isPair,
                IsTrend = _isTrend,
                IsMixed = _isMixed,
                IsOfRow = _isOfRow,
            }
        );

    private void AddPair(double first, double second, SourceColumn? column)
    {
        foreach (var pair in Pair(first, second, column))
            _found.Add(
                pair with
                {
                    IsNarrow = _isNarrow,
                    IsPrincipal = _isPrincipal,
                    IsPair = _isPair,
                    IsTrend = _isTrend,
                    IsMixed = _isMixed,
                    IsOfRow = _isOfRow,
                }
            );
    }

    private void AddCount(double value) => Add(value, Derivation.Count, null);

    private void AddAll(Selection selection, bool pairRows)
    {
        var rows = selection.Rows.ToHashSet();
        AddCount(rows.Count);
        foreach (var grouping in selection.Table.Groupings)
            AddCount(grouping.Groups.Count(group => group.Rows.Exists(rows.Contains)));
        foreach (var column in selection.Table.Columns.Where(column => column.IsDate))
            AddSpan([.. selection.Rows.Select(row => column.Cells[row]?.Date).OfType<DateOnly>()]);
        foreach (var column in selection.Table.Measures)
            AddColumn(column, Numbers(column, selection.Rows));
        var columns = selection.Table.Measures.Where(column => !column.IsVirtual).Take(MostColumns).ToList();
        _isPrincipal = selection.Rows.Count == 1;
        AddFields(columns, selection.Rows);
        if (pairRows && selection.Rows.Count > 1)
        {
            foreach (var row in selection.Rows)
                AddFields(columns, [row]);
        }

        _isPrincipal = true;
    }

    // Over 14 days, in two weeks.
    private void AddSpan(List<DateOnly> days)
    {
        if (days.Count < 2)
            return;
        var span = days.Max().DayNumber - days.Min().DayNumber;
        foreach (
            var count in (ReadOnlySpan<double>)
                [span, span + 1, Math.Round((span + 1) / 7.0), days.DistinctBy(day => (day.Year, day.Month)).Count()]
        )
            AddCount(count);
        for (var index = 1; index < days.Count && days.Count <= MostPairedRows; index++)
            AddCount(Math.Abs(days[index].DayNumber - days[index - 1].DayNumber));
    }

    private void AddColumn(SourceColumn column, List<double> numbers)
    {
        if (numbers.Count == 0)
            return;
        if (numbers.Count == 1)
        {
            Add(numbers[0], Derivation.Direct, column);
            return;
        }

        var sum = numbers.Sum();
        Add(sum, Derivation.Sum, column);
        Add(sum / numbers.Count, Derivation.Mean, column);
        Add(Median(numbers), Derivation.Mean, column);
        foreach (var value in (ReadOnlySpan<double>)[numbers.Min(), numbers.Max(), numbers[0], numbers[^1]])
            Add(value, Derivation.Direct, column);
        AddPair(numbers.Min(), numbers.Max(), column);
        _isPrincipal = numbers.Count == 2;
        AddPair(numbers[0], numbers[^1], column);
        for (var index = 1; index < numbers.Count && numbers.Count <= LongestSequence; index++)
        {
            AddPair(numbers[index - 1], numbers[index], column);
            AddShare(numbers[index], sum, column);
        }

        AddShare(numbers[0], sum, column);
        _isPrincipal = true;
    }

    private void AddShare(double value, double sum, SourceColumn? column)
    {
        if (sum != 0)
            Add(value / sum * 100, Derivation.Percent, column);
    }

    // All values that a passage speaks of may be rounded.
    private void AddValues(Selection selection)
    {
        _isPrincipal = selection.Rows.Count <= FewRows;
        foreach (var column in selection.Table.Measures)
        {
            foreach (var number in Numbers(column, selection.Rows.Take(MostValues)))
                Add(number, Derivation.Direct, column);
        }

        _isPrincipal = true;
    }

    // Two fields of one thing: passed of all, this year and last, the amount for each.
    private void AddFields(List<SourceColumn> columns, IReadOnlyList<int> rows)
    {
        var sums = columns
            .Select(column => Numbers(column, rows))
            .Select(numbers => numbers.Count == rows.Count ? numbers.Sum() : (double?)null)
            .ToList();
        (_isMixed, _isOfRow) = (sums.Count > 2, rows.Count == 1);
        for (var first = 0; first < sums.Count; first++)
        {
            for (var second = first + 1; second < sums.Count; second++)
            {
                if (sums[first] is not { } one || sums[second] is not { } other)
                    continue;
                AddPair(one, other, columns[first]);
                var isPrincipal = _isPrincipal;
                _isPrincipal = isPrincipal && sums.Count == 2;
                Add(one + other, Derivation.Sum, columns[first]);
                if (rows.Count == 1)
                    Add(one * other, Derivation.Product, null);
                _isPrincipal = false;
                if (one + other != 0)
                {
                    Add(one / (one + other) * 100, Derivation.Percent, columns[first]);
                    Add(other / (one + other) * 100, Derivation.Percent, columns[second]);
                }

                _isPrincipal = isPrincipal;
            }
        }

        _isMixed = false;
        if (sums.Count > 2)
            AddWhole(columns, sums);
        _isOfRow = false;
    }

    // All fields of a thing together: its total, its mean, the share of each.
    private void AddWhole(List<SourceColumn> columns, List<double?> sums)
    {
        var whole = sums.Sum() ?? 0;
        Add(whole, Derivation.Sum, columns[0]);
        if (sums.Contains(null))
            return;
        Add(whole / sums.Count, Derivation.Mean, columns[0]);
        foreach (var (column, value) in columns.Zip(sums))
        {
            AddShare(value!.Value, whole, column);
            // What is neither done nor failed.
            Add(value.Value - (whole - value.Value), Derivation.Difference, column);
        }
    }

    private void AddGroups(SourceGrouping grouping, Selection all)
    {
        var groups = grouping.Groups;
        foreach (var group in groups)
        {
            AddCount(group.Rows.Count);
            AddShare(group.Rows.Count, all.Rows.Count, null);
        }

        foreach (var column in all.Table.Measures)
        {
            var total = Numbers(column, all.Rows).Sum();
            var sums = groups.Select(group => Numbers(column, group.Rows).Sum()).ToList();
            foreach (var (index, sum) in sums.Index())
            {
                Add(sum, Derivation.Sum, column);
                Add(sum / Math.Max(1, Numbers(column, groups[index].Rows).Count), Derivation.Mean, column);
                AddShare(sum, total, column);
            }

            (_isPrincipal, _isTrend) = (false, groups[0].Parts is not null || grouping.Column.IsKey);
            for (var index = 1; index < sums.Count; index++)
                AddPair(sums[index - 1], sums[index], column);
            AddPair(sums[0], sums[^1], column);
            (_isPrincipal, _isTrend) = (true, false);
            AddPair(sums.Min(), sums.Max(), column);
            Add(total / groups.Count, Derivation.Mean, column);
        }
    }

    private void Compare(Selection left, Selection right, bool isTogether = true)
    {
        if (left.IsAll || right.IsAll)
        {
            AddPart(right.IsAll ? left : right, right.IsAll ? right : left);
            return;
        }

        var common = left.Rows.Union(right.Rows).Order().ToList();
        var isInside = common.Count == Math.Max(left.Rows.Count, right.Rows.Count);
        if (isInside)
            AddPart(left.Rows.Count < right.Rows.Count ? left : right, left.Rows.Count < right.Rows.Count ? right : left);
        foreach (var column in left.Table.Measures)
        {
            var (one, other) = (Numbers(column, left.Rows), Numbers(column, right.Rows));
            if (one.Count == 0 || other.Count == 0 || isInside)
                continue;
            AddPair(one.Sum(), other.Sum(), column);
            if (one.Count > 1 || other.Count > 1)
                AddPair(one.Average(), other.Average(), column);
            if (!isTogether)
                continue;
            var union = Numbers(column, common);
            Add(union.Sum(), Derivation.Sum, column);
            Add(union.Average(), Derivation.Mean, column);
            AddShare(union.Sum(), Numbers(column, left.Table.Rows).Sum(), column);
        }
    }

    // The share that some rows have of others that they are among.
    private void AddPart(Selection part, Selection whole)
    {
        AddShare(part.Rows.Count, whole.Rows.Count, null);
        foreach (var column in part.Table.Measures)
        {
            var (one, all) = (Numbers(column, part.Rows), Numbers(column, whole.Rows));
            if (one.Count == 0 || one.Count == all.Count)
                continue;
            AddShare(one.Sum(), all.Sum(), column);
            Add(all.Sum() - one.Sum(), Derivation.Difference, column);
            Add((all.Sum() - one.Sum()) / (all.Count - one.Count), Derivation.Mean, column);
            Add(one.Average() - all.Average(), Derivation.Difference, column);
            if (all.Average() != 0)
                _found.Add(
                    new Candidate((one.Average() - all.Average()) / all.Average() * 100, Derivation.Percent, column)
                    {
                        IsChange = true,
                        IsNarrow = _isNarrow,
                        IsPrincipal = _isPrincipal,
                        IsPair = _isPair,
                    }
                );
        }
    }

    // The groups before and behind one, and those at both ends.
    private static IEnumerable<Selection> Neighbours(Selection selection)
    {
        if (selection.Grouping is not { } grouping)
            return [];
        var last = grouping.Groups.Count - 1;
        return new[] { selection.Index - 1, selection.Index + 1, 0, last }
            .Distinct()
            .Where(index => index >= 0 && index <= last && index != selection.Index)
            .Select(index => new Selection(selection.Table, grouping.Groups[index].Rows));
    }

    // The top three, the last four.
    private void AddChosen(Selection selection, int count)
    {
        foreach (var column in selection.Table.Measures)
        {
            var rows = Numbers(column, selection.Rows);
            AddChosen(rows, count, column);
            foreach (
                var grouping in selection.Table.Groupings.Where(grouping =>
                    grouping.Groups.Count > count && grouping.Groups.Count < selection.Rows.Count
                )
            )
                AddChosen([.. grouping.Groups.Select(group => Numbers(column, group.Rows.Intersect(selection.Rows)).Sum())], count, column);
        }
    }

    private void AddChosen(List<double> values, int count, SourceColumn column)
    {
        if (values.Count <= count)
            return;
        var total = values.Sum();
        List<double>[] chosen =
        [
            [.. values.OrderDescending().Take(count)],
            [.. values.Order().Take(count)],
            [.. values.Take(count)],
            [.. values.TakeLast(count)],
        ];
        foreach (var part in chosen)
        {
            Add(part.Sum(), Derivation.Sum, column);
            Add(part.Average(), Derivation.Mean, column);
            AddShare(part.Sum(), total, column);
        }
    }

    private static double Median(List<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
