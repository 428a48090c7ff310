using Aios.Models.Verification.Grounding.Scanning;
using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>What follows from the numbers of a small source. They are few, so that what fits one of them is rarely chance.</summary>
internal sealed class SmallSource
{
    private const int MostValues = 60;
    private const int MostTotals = 40;
    private const int MostRelatives = 8;
    private const int MostTables = 12;
    private const int FewColumns = 3;
    private const double BoundSlack = 0.05;

    private static readonly HashSet<string> Each = ["each", "apiece", "piece", "stück", "jeweil", "pièce", "unit", "person"];

    private static readonly HashSet<string> Before = new(
        "prev previous prior last before vorjahr vormonat vorwoche py".Split(' ').Select(Words.Stem),
        StringComparer.Ordinal
    );

    private static readonly (string[] Words, double[] Factors)[] Periods =
    [
        (["month", "monthly", "monat", "monatlich"], [12]),
        (["year", "annual", "annually", "yearly", "jahr", "jährlich"], [12, 4, 52, 365]),
        (["week", "weekly", "woche"], [52, 4]),
        (["day", "daily", "tag", "täglich"], [365, 30, 31, 7, 5]),
        (["quarter", "quarterly", "quartal"], [4]),
        (["hour", "hourly", "stunde"], [24, 60]),
        (["minute"], [60]),
    ];

    private readonly List<SourceValue> _values;
    private readonly List<double> _bases = [];
    private readonly List<double> _totals = [];
    private readonly List<double> _rowTotals = [];
    private readonly List<double> _columnTotals = [];
    private readonly List<Candidate> _computed = [];
    private readonly List<Candidate> _products = [];
    private readonly List<Candidate> _means = [];
    private readonly List<Candidate> _windows = [];

    /// <param name="facts">What the source says.</param>
    public SmallSource(SourceFacts facts)
    {
        // A year or a week is no amount.
        _values =
        [
            .. facts
                .Values.Where(value => value.Value != 0 && !SourceColumn.IsKeyName(value.Place[(value.Place.LastIndexOf('.') + 1)..]))
                .Take(MostValues + 1),
        ];
        if (_values.Count > MostValues)
        {
            _values = [];
            return;
        }

        foreach (var table in facts.Tables.Take(MostTables))
            AddTotals(table);
        AddPriced();
        _bases = [.. _values.Select(value => value.Value).Distinct(), .. _totals.Distinct().Take(MostTotals)];
        AddComputed();
    }

    /// <summary>What may be computed from two of its numbers or totals.</summary>
    public IEnumerable<Candidate> Computed(NumberClaim claim)
    {
        foreach (var (words, factors) in Periods.Where(period => period.Words.Any(claim.Passage.NearWords.Contains)))
        {
            foreach (var value in _bases)
            foreach (var factor in factors)
            {
                yield return new Candidate(value / factor, Derivation.Product, null);
                yield return new Candidate(value * factor, Derivation.Product, null);
            }
        }

        foreach (var candidate in _computed)
            yield return candidate;
    }

    /// <summary>How some of its numbers compare with the same of another time or thing, and with all of their kind.</summary>
    public List<Candidate> Kin(IEnumerable<double> numbers) => Related(numbers, KinOf);

    /// <summary>What parts some totals have.</summary>
    public List<Candidate> Parts(IEnumerable<double> numbers)
    {
        var found = new List<Candidate>();
        foreach (var number in numbers.Where(number => number != 0).Distinct())
        {
            // 391.50 of 1,945.60; this month and the one before.
            foreach (var total in _totals.Where(total => Math.Abs(total) > Math.Abs(number)).Distinct())
                found.Add(new Candidate(number / total * 100, Derivation.Percent, null));
            if (!_rowTotals.Contains(number))
                continue;
            foreach (var other in _rowTotals.Where(other => other != number))
                found.AddRange(Derivations.Pair(other, number, null));
        }

        foreach (var total in numbers.Where(number => number != 0 && _totals.Contains(number)).Distinct())
        {
            foreach (var value in _bases.Where(value => Math.Abs(value) < Math.Abs(total)))
            {
                found.Add(new Candidate(value / total * 100, Derivation.Percent, null));
                found.Add(new Candidate(total - value, Derivation.Difference, null));
            }
        }

        return found;
    }

    /// <summary>How some of its numbers compare with others of the same thing and of what it belongs to.</summary>
    public List<Candidate> Neighbours(IEnumerable<double> numbers) => Related(numbers, NeighboursOf);

    /// <summary>What one of two fields of a thing is for each of the other.</summary>
    public IEnumerable<Candidate> Quotients()
    {
        foreach (var value in _values)
        foreach (var other in _values.Where(other => other != value && other.Value > 1 && IsOfOne(value, other)))
            yield return new Candidate(value.Value / other.Value, Derivation.Ratio | Derivation.Mean, null);
    }

    /// <summary>What a share of a number is: 35 % of 320 people.</summary>
    public IEnumerable<Candidate> Shares(IReadOnlyCollection<double> numbers)
    {
        foreach (var share in _values.Where(value => Math.Abs(value.Value) < 1))
        foreach (var whole in _values.Where(value => value.Value > 1 && IsAbove(ParentOf(value), ParentOf(share))))
        {
            if (!numbers.Contains(share.Value) && !numbers.Contains(whole.Value))
                continue;
            yield return new Candidate(whole.Value * share.Value, Derivation.Direct, null);
            yield return new Candidate(whole.Value * (1 - share.Value), Derivation.Direct, null);
        }
    }

    /// <summary>What fields of one thing come to, multiplied: the pieces and the price of each.</summary>
    public IEnumerable<Candidate> Products() => _products;

    /// <summary>What some rows one after the other come to.</summary>
    public IEnumerable<Candidate> Windows() => _windows;

    /// <summary>The mean of one field, each as often as another says.</summary>
    public IEnumerable<Candidate> Means() => _means;

    /// <summary>The numbers whose field a passage names.</summary>
    public IEnumerable<double> Named(Passage passage) =>
        _values
            .Where(value =>
                value.Words.Length > 0
                && Array.TrueForAll(value.Words, word =>
                    passage.NearWords.Contains(word)
                    || (word.Length > 3 && passage.NearWords.Any(said => SourceColumn.IsFormOf(said, word)))
                )
            )
            .Select(value => value.Value);

    /// <summary>What some numbers of the answer and one of the source come to: the use and its price, the price and a fee.</summary>
    public IEnumerable<Candidate> Chained(IEnumerable<double> numbers)
    {
        foreach (var number in numbers.Distinct())
        foreach (var value in _values)
        {
            if (MayAddUp(number, value.Value))
            {
                yield return new Candidate(number + value.Value, Derivation.Product, null);
                yield return new Candidate(number - value.Value, Derivation.Product, null);
            }

            yield return new Candidate(number * value.Value, Derivation.Product, null);
            if (value.Words.Contains("cent"))
                yield return new Candidate(number * value.Value / 100, Derivation.Product, null);
        }
    }

    /// <summary>How the numbers whose field a passage names, and those of the time before, compare with totals.</summary>
    public IEnumerable<Candidate> Against(Passage passage)
    {
        var named = Named(passage).Where(value => value != 0).Distinct().ToList();
        if (named.Count == 0)
            named =
            [
                .. _values.Where(value => value.Words.Any(Before.Contains) && value.Value != 0).Select(value => value.Value).Distinct(),
            ];
        foreach (var value in named)
        foreach (var total in _totals.Where(total => total != value).Distinct())
        foreach (var pair in Derivations.Pair(value, total, null))
            yield return pair;
    }

    /// <summary>What a part is less another one: 105 of the guests, if 27 of 132 are named.</summary>
    public IEnumerable<Candidate> Rest(IEnumerable<double> numbers)
    {
        foreach (var number in numbers.Distinct())
        foreach (var value in _values.Where(value => value.Value > number))
            yield return new Candidate(value.Value - number, Derivation.Direct, null);
    }

    /// <summary>What share numbers have of one that the answer names: 41 % of them.</summary>
    public IEnumerable<Candidate> SharesOf(IEnumerable<double> numbers)
    {
        foreach (var number in numbers.Where(number => number >= 100).Distinct())
        foreach (var value in _values.Where(value => value.Value > 0 && value.Value < number))
            yield return new Candidate(value.Value / number * 100, Derivation.Percent, null);
    }

    /// <summary>What share totals have of other numbers: 30 defects of 400 parts.</summary>
    public IEnumerable<Candidate> Wholes()
    {
        foreach (var total in _columnTotals.Where(total => total > 0).Distinct().Take(MostRelatives))
        foreach (var value in _values.Where(value => value.Value > total))
            yield return new Candidate(total / value.Value * 100, Derivation.Percent, null);
    }

    /// <summary>How numbers compare that a text gives of what a passage speaks of: 40 lamps ordered, 28 lamps sent.</summary>
    public IEnumerable<Candidate> Alike(Passage passage, IReadOnlyList<double> beside)
    {
        var alike = _values.Where(value => value.Beside.Any(passage.NearWords.Contains)).Select(value => value.Value).Distinct().ToList();
        var all = alike.Concat(beside).Distinct().Take(MostRelatives).ToList();
        for (var first = 0; first < all.Count; first++)
        {
            foreach (var other in all.Skip(first + 1))
            {
                yield return new Candidate(all[first] + other, Derivation.Sum, null);
                foreach (var pair in Derivations.Pair(all[first], other, null))
                    yield return pair;
            }
        }
    }

    /// <summary>Whether a round number is said to be the limit of one that comes close: under 6,500 for 6,440.</summary>
    public bool IsBound(NumberClaim claim)
    {
        if (!claim.IsBound)
            return false;
        var known =
            claim.Number.Percent == PercentKind.None
                ? _values.Select(number => number.Value)
                : Quotients().Select(quotient => quotient.Value * 100);
        var limits = claim
            .Readings.Where(reading => reading.Value >= 2 && reading.Coarse * 100 >= reading.Value)
            .Select(reading => reading.Value);
        return known.Any(number =>
            limits.Any(limit =>
                Math.Abs(Math.Abs(number) - limit) <= BoundSlack * limit
                && (claim.Bound == 0 || Math.Sign(Math.Abs(number) - limit) == claim.Bound)
            )
        );
    }

    private List<Candidate> Related(IEnumerable<double> numbers, Func<SourceValue, IEnumerable<double>> others)
    {
        var found = new List<Candidate>();
        foreach (var number in numbers.Distinct())
        {
            var related = _values.Where(value => Math.Abs(value.Value) == Math.Abs(number)).SelectMany(others).Select(Math.Abs);
            foreach (var other in related.Distinct().Where(other => other != 0 && other != Math.Abs(number)).Take(MostRelatives))
            {
                var one = Math.Abs(number);
                found.Add(new Candidate(one - other, Derivation.Difference, null));
                found.Add(new Candidate((one - other) / other * 100, Derivation.Percent, null) { IsChange = true });
                found.Add(new Candidate(one / other * 100, Derivation.Percent, null));
                found.Add(new Candidate(one / other, Derivation.Ratio, null));
            }
        }

        return found;
    }

    private IEnumerable<double> KinOf(SourceValue value)
    {
        var same = _values.Where(other => other != value && other.Words.Length > 0 && other.Words.SequenceEqual(value.Words)).ToList();
        var around = _values.Where(other => ParentOf(other) == ParentOf(value)).ToList();
        var ofSign = same.Append(value).Where(other => other.Value > 0 == value.Value > 0);
        return
        [
            same.Sum(other => other.Value) + value.Value,
            ofSign.Sum(other => other.Value),
            AreAlike(around) ? around.Sum(other => other.Value) : 0,
            .. same.Select(other => other.Value),
        ];
    }

    // Only amounts of one size are parts of one whole.
    private static bool AreAlike(List<SourceValue> values) =>
        values.Max(value => Math.Abs(value.Value)) < 1000 * values.Min(value => Math.Abs(value.Value))
        && !(values.Exists(value => value.Value % 1 != 0 && Math.Abs(value.Value) < 1) && values.Exists(value => value.Value >= 2));

    private IEnumerable<double> NeighboursOf(SourceValue value) =>
        _values
            .Where(other => other != value && IsAbove(ParentOf(other), ParentOf(value)))
            .OrderByDescending(other => ParentOf(other).Length)
            .Select(other => other.Value);

    // Fields of one thing, or the same field of two: the revenue and the orders of this week.
    private static bool IsOfOne(SourceValue value, SourceValue other) =>
        ParentOf(other) == ParentOf(value) || (value.Words.Length > 0 && value.Words.SequenceEqual(other.Words));

    private static bool IsAbove(string parent, string child) =>
        parent.Length == 0
        || (child.StartsWith(parent, StringComparison.Ordinal) && (child.Length == parent.Length || child[parent.Length] is '.' or '['));

    private static string ParentOf(SourceValue value) =>
        value.Place.LastIndexOf('.') is var end and > 0 ? value.Place[..end]
        : value.Words.Length == 0 || value.Place.EndsWith(']') ? value.Place
        : "";

    // 85 pretzels at 0.95 each, 40 wraps at 3.20 each.
    private void AddPriced()
    {
        var sum = 0.0;
        for (var at = 1; at < _values.Count; at++)
        {
            if (!_values[at].Beside.Any(Each.Contains) || _values[at].Place != _values[at - 1].Place)
                continue;
            var product = _values[at].Value * _values[at - 1].Value;
            _products.Add(new Candidate(product, Derivation.Product, null));
            sum += product;
        }

        if (sum == 0)
            return;
        _totals.Add(sum);
        _products.Add(new Candidate(sum, Derivation.Product, null));
    }

    private void AddTotals(SourceTable table)
    {
        var columns = table.Measures.Where(column => !column.IsVirtual).Take(MostRelatives).ToList();
        foreach (var column in columns)
        {
            var numbers = Derivations.Numbers(column, table.Rows);
            _totals.Add(numbers.Sum());
            _columnTotals.Add(numbers.Sum());
            _totals.Add(numbers.Where(number => number < 0).Sum());
            _totals.Add(numbers.Where(number => number > 0).Sum());
            _windows.AddRange(RunningTotals.Of(numbers));
        }

        if (columns.Count <= FewColumns)
        {
            var starts = _values.Where(value => !value.Place.Contains('[', StringComparison.Ordinal)).Select(value => value.Value);
            _windows.AddRange(RunningTotals.Balances(table, columns, [.. starts.Take(FewColumns)]));
        }

        foreach (var key in table.Columns.Where(column => column.IsKey || column.Name == "name").Where(column => column.IsNumeric).Take(2))
        {
            foreach (var column in columns.Where(column => column != key))
                AddProducts(table, key, column);
        }

        for (var first = 0; first < columns.Count; first++)
        {
            foreach (var second in columns.Where(column => column != columns[first]))
                AddProducts(table, columns[first], second);
        }

        if (columns.Count < 2)
            return;
        foreach (var row in table.Rows)
            _rowTotals.Add(columns.Sum(column => column.Cells[row]?.Number ?? 0));
        _totals.AddRange(_rowTotals);
    }

    private void AddProducts(SourceTable table, SourceColumn first, SourceColumn second)
    {
        var sum = 0.0;
        foreach (var row in table.Rows)
        {
            if (first.Cells[row]?.Number is not { } one || second.Cells[row]?.Number is not { } other)
                continue;
            // So many times so long.
            var unit =
                first.Unit is null || second.Unit is null
                    ? first.Unit is null
                        ? second
                        : first
                    : null;
            _products.Add(new Candidate(one * other, Derivation.Product, unit));
            sum += one * other;
            foreach (var third in table.Measures.Where(column => column != first && column != second && !column.IsVirtual).Take(2))
            {
                if (third.Cells[row]?.Number is { } less)
                    _products.Add(new Candidate(one * (other - less), Derivation.Product, null));
            }
        }

        _totals.Add(sum);
        _products.Add(new Candidate(sum, Derivation.Product, null));
        // The mean of one, each as often as the other says: the stars of ratings.
        var weight = Derivations.Numbers(second, table.Rows).Sum();
        if (weight != 0)
            _means.Add(new Candidate(sum / weight, Derivation.Mean, null));
    }

    // A number with one digit changed is soon the sum of it and a small one of another kind.
    private static bool MayAddUp(double one, double other) =>
        Math.Min(Math.Abs(one), Math.Abs(other)) * 50 >= Math.Max(Math.Abs(one), Math.Abs(other));

    private void AddComputed()
    {
        // What was used is what a meter shows less what it showed.
        foreach (var value in _values)
        {
            foreach (var other in _values.Where(other => other.Value > value.Value && ParentOf(other) == ParentOf(value)))
            {
                if (MayAddUp(value.Value, other.Value))
                    _computed.Add(new Candidate(other.Value - value.Value, Derivation.Product, null));
            }
        }

        for (var first = 0; first < _bases.Count; first++)
        {
            for (var second = first + 1; second < _bases.Count; second++)
            {
                var (one, other) = (_bases[first], _bases[second]);
                if (MayAddUp(one, other))
                {
                    _computed.Add(new Candidate(one + other, Derivation.Sum, null));
                    _computed.Add(new Candidate(one - other, Derivation.Difference, null));
                }

                _computed.Add(new Candidate(one * other, Derivation.Product, null));
                if (one == 0 || other == 0)
                    continue;
                _computed.Add(new Candidate(one / other, Derivation.Ratio, null));
                _computed.Add(new Candidate(other / one, Derivation.Ratio, null));
                _computed.Add(new Candidate(one / other * 100, Derivation.Percent, null));
                _computed.Add(new Candidate(other / one * 100, Derivation.Percent, null));
            }
        }
    }
}
