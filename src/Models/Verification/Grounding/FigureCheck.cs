using System.Text.RegularExpressions;
using Aios.Models.Verification.Grounding.Scanning;
using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>Compares a number of an answer with the values of the source and with what follows from them.</summary>
internal sealed class FigureCheck(SourceFacts facts)
{
    private static readonly Regex Thousands = new(
        @"^\s?(?:k[WVgmNJBL]|kHz|kPa|kcal|t\b|tonnes?|tons?|[kK]ilo|Tonnen|MW|MB|GB|MHz|GHz|l\b|liters?|litres?|Liter)|\((?:k[WVgm]|t\))",
        RegexOptions.CultureInvariant
    );

    // 3,400 €/m².
    private static readonly Regex Slash = new(@"^\s?[\p{L}€$£]{0,5}/\p{L}", RegexOptions.CultureInvariant);

    private static readonly Regex PerHundred = new(
        @"(?:\b(?:per|pro|je) |/\s?)100\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    private readonly Tally _tally = new(facts);

    // The share of all numbers of the same size and precision that may be taken for a sum of which nothing is said.
    private const double DenseUnsaid = 0.005;

    private const int FewShares = 6;

    private static readonly HashSet<string> Taken = new(
        (
            "deletion deleted removed removal cost expense refund loss discount withdrawal outflow debit churn churned "
            + "decrease deduction credit return fee rabatt kosten verlust"
        )
            .Split(' ')
            .Select(Words.Stem),
        StringComparer.Ordinal
    );

    /// <summary>The value of the source that a claim is; null if there is none.</summary>
    public double? Exact(NumberClaim claim)
    {
        var isOfThousand = IsOfThousand(claim);
        foreach (var value in facts.Values)
        {
            if (
                IsOfKind(claim, value)
                && (
                    claim.Is(value.Value)
                    || (isOfThousand && claim.Is(value.Value / 1000))
                    || (IsTakenAway(claim, value) && claim.Is(-value.Value))
                )
            )
                return value.Value;
        }

        if (claim.Number.Percent == PercentKind.Percent && facts.Values.Find(value => IsShare(claim, value)) is { } share)
            return share.Value;
        if (claim.Number.Percent == PercentKind.Percent && facts.Shares.Count <= FewShares)
        {
            foreach (var part in facts.Shares.Where(part => claim.Fits(part) is not null))
                return part;
        }

        if (claim.Number.Percent == PercentKind.Percent)
            return claim.Readings[0].Value == 100 && (Cues.In(claim.Passage.Near) & Derivation.Sum) != 0 ? 100 : null;
        var number = claim.Readings[0].Value;
        if (IsCount(claim) && (facts.Counts.Contains(number) || _tally.Counts(claim)))
            return number;
        if (facts.NameNumbers.Contains(number))
            return number;
        return IsOfCalendar(claim, number) || IsOfIdentifier(claim, number) || IsOfAnswer(claim, number) ? number : null;
    }

    /// <summary>The candidate that a claim is, unless it would be so by chance; null if there is none.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="candidates">What follows from the source.</param>
    /// <param name="closeness">How clearly the passage names what they are computed from.</param>
    public double? Find(NumberClaim claim, IEnumerable<Candidate> candidates, Closeness closeness)
    {
        var allowed = Allowed(claim);
        if (claim.Number.Percent == PercentKind.None || closeness == Closeness.Far)
            return Find(claim, candidates, closeness, allowed);
        // Up 12 % is a change, 12 % of it is a share: the fewer figures are in question, the less a hit is chance.
        var all = candidates.ToList();
        var isChange = claim.Number.Sign != 0 || (allowed & Derivation.Difference) != 0;
        return Find(claim, all.Where(candidate => candidate.IsChange == isChange), closeness, allowed)
            ?? Find(claim, all, closeness, allowed);
    }

    private static double? Find(NumberClaim claim, IEnumerable<Candidate> candidates, Closeness closeness, Derivation allowed)
    {
        var said = new Dictionary<Derivation, List<double>>();
        var unsaid = new Dictionary<Derivation, List<double>>();
        foreach (var candidate in candidates)
        {
            // Three digits are hardly a product by chance.
            var isSaid =
                (allowed & candidate.How) != 0
                || (
                    candidate.How == Derivation.Product
                    && (closeness == Closeness.Near || (closeness == Closeness.Narrow && candidate.IsOfRow))
                    && claim.Readings[0].Value >= (candidate.IsOfRow ? 20 : 100) * claim.Readings[0].Step
                )
                || (candidate.How == Derivation.Ratio && (allowed & Derivation.Mean) != 0 && claim.Number.HasDecimals);
            var mayBeUnsaid =
                candidate.How is Derivation.Sum or Derivation.Product
                || (candidate.How == Derivation.Difference && closeness is Closeness.Narrow && candidate.IsPrincipal);
            mayBeUnsaid &= !candidate.IsMixed;
            mayBeUnsaid |= closeness is Closeness.Narrow && IsOfRowUnsaid(claim, candidate);
            if (!isSaid && (!mayBeUnsaid || claim.Number.Percent != PercentKind.None))
                continue;
            var found = isSaid ? said : unsaid;
            if (!found.TryGetValue(candidate.How, out var values))
                found[candidate.How] = values = [];
            // What nobody says is rounded by nobody, unless it is long.
            values.AddRange(
                ValuesOf(claim, candidate).Where(value => isSaid || candidate.IsOfRow || IsLong(claim) || claim.IsClose(value))
            );
        }

        var (few, dense) = closeness switch
        {
            Closeness.Narrow => (8, 0.05),
            Closeness.Near => (4, 0.02),
            Closeness.Wide => (2, 0.012),
            _ => (1, 0.01),
        };
        var fewUnsaid = closeness switch
        {
            Closeness.Narrow => 5,
            Closeness.Wide => 2,
            _ => 0,
        };
        return HitOfAny(claim, said, few, dense) ?? HitOfAny(claim, unsaid, fewUnsaid, DenseUnsaid);
    }

    // What one field of a thing is for another, or all on average, needs no word where the thing itself is named.
    private static bool IsOfRowUnsaid(NumberClaim claim, Candidate candidate) =>
        candidate is { IsOfRow: true, IsNarrow: true }
        && candidate.How is Derivation.Ratio or Derivation.Mean
        && claim.Number.HasDecimals
        && claim.Readings[0].Value >= 10 * claim.Readings[0].Step;

    private static bool IsLong(NumberClaim claim) => claim.Readings[0].Value >= 1000 * claim.Readings[0].Step;

    private static double? HitOfAny(NumberClaim claim, Dictionary<Derivation, List<double>> found, int few, double dense)
    {
        foreach (var values in found.Values)
        {
            if (Hit(claim, values, few, dense) is { } hit)
                return hit;
        }

        return null;
    }

    // So many figures of the same size may be in question, or that share of all of its precision, before a hit may be chance.
    private static double? Hit(NumberClaim claim, List<double> values, int few, double dense)
    {
        foreach (var value in values)
        {
            if (claim.Fits(value) is not { } reading)
                continue;
            var size = Math.Abs(reading.Value);
            var rivals = values
                .Select(Math.Abs)
                .Where(other => other >= size / 2 && other <= size * 2)
                .Select(other => Math.Round(other / reading.Step))
                .Distinct()
                .Count();
            if (rivals <= few || rivals <= dense * 1.5 * size / reading.Step)
                return value;
        }

        return null;
    }

    // A percentage is one in the source too, or its field says so.
    private static bool IsOfKind(NumberClaim claim, SourceValue value)
    {
        if (claim.Number.Percent == PercentKind.None || value.IsPercent)
            return true;
        return claim.Readings[0].Step < 1 && claim.Readings[0].Value % 1 != 0
            || SourceColumn.IsPercentName(value.Words)
            || value.Words.Any(word => word.Length > 2 && claim.Passage.NearWords.Contains(word))
            || (value.Words is [{ Length: 2 or 3 or 4 } only] && claim.Passage.Initials.Contains(only));
    }

    // 65 % for 0.65.
    private static bool IsShare(NumberClaim claim, SourceValue value) =>
        Math.Abs(value.Value) is > 0 and < 1 && (claim.Is(value.Value * 100) || claim.Is(Math.Round(value.Value * 100, 10)));

    // What is taken away may be written with a minus.
    private static bool IsTakenAway(NumberClaim claim, SourceValue value) => claim.Number.Sign < 0 && value.Words.Any(Taken.Contains);

    private bool IsOfCalendar(NumberClaim claim, double number)
    {
        if (claim.Number.IsPlain && number is >= 1900 and <= 2100)
            return facts.HasYear((int)number) || (facts.HasYear((int)number + 1) && facts.HasYearBefore);
        var before = claim.Passage.Text[..claim.Token.Start].TrimEnd().ToLowerInvariant();
        return number is >= 1 and <= 53
            && (
                before.EndsWith("week", StringComparison.Ordinal)
                || before.EndsWith("weeks", StringComparison.Ordinal)
                || before.EndsWith("woche", StringComparison.Ordinal)
                || before.EndsWith("kw", StringComparison.Ordinal)
            )
            && facts.HasWeek((int)number);
    }

    // Incident 1042 for INC-1042.
    private bool IsOfIdentifier(NumberClaim claim, double number)
    {
        if (!facts.IdentifierNumbers.Contains(number) || claim.Number.Unit is not null)
            return false;
        var before = claim.Passage.Text[..claim.Token.Start].TrimEnd();
        var word = Words.Split(before[Math.Max(0, before.Length - 24)..]).LastOrDefault() ?? "";
        return before.EndsWith('#')
            || (
                before.EndsWith(word, StringComparison.Ordinal)
                && word.Length > 1
                && char.IsLetter(word[0])
                && (facts.Words.Has(word) || number >= 100)
            );
    }

    // As many as the answer lists.
    private static bool IsOfAnswer(NumberClaim claim, double number) =>
        number is >= 2 and <= 20
        && claim.Number.Unit is null
        && claim.Readings[0].Step == 1
        && claim.Passage.Lists.Contains((int)number)
        && claim.Number.IsWord;

    private Derivation Allowed(NumberClaim claim)
    {
        var said = Cues.Around(claim);
        var isOfField =
            claim.Passage.Kind is PassageKind.Cell or PassageKind.Leaf
            && (Cues.In(Words.Normal(claim.Passage.Field)) & Derivation.Percent) != 0;
        if (IsPercent(claim))
            return Derivation.Direct | Derivation.Percent | (said & (Derivation.Mean | Derivation.Difference));
        if (isOfField)
            return Derivation.Direct | said;
        var allowed = Derivation.Direct | (said & ~Derivation.Percent);
        if (claim.Number.Sign != 0)
            allowed |= Derivation.Difference;
        if (claim.Number.IsMultiple)
            allowed |= Derivation.Ratio;
        if (Slash.IsMatch(claim.Passage.Text[claim.Token.End..]) || claim.Passage.Field.Contains('/', StringComparison.Ordinal))
            allowed |= Derivation.Ratio;
        // Litres per 100 km are a percentage too.
        if (PerHundred.IsMatch(claim.Passage.Field) || PerHundred.IsMatch(claim.Passage.Text) || PerHundred.IsMatch(claim.Passage.Around))
            allowed |= Derivation.Percent;
        return IsCount(claim) ? allowed | Derivation.Count : allowed;
    }

    private static bool IsPercent(NumberClaim claim) =>
        claim.Number.Percent != PercentKind.None
        || claim.Passage.Field.Contains('%', StringComparison.Ordinal)
        || claim.Passage.Field.Contains("percent", StringComparison.OrdinalIgnoreCase)
        || claim.Passage.Field.Contains("pct", StringComparison.OrdinalIgnoreCase);

    // A whole number of things that are not themselves measured.
    private bool IsCount(NumberClaim claim)
    {
        if (claim.Readings[0].Value % 1 != 0 || claim.Readings[0].Step != 1)
            return false;
        if (claim.Passage.Kind is PassageKind.Cell or PassageKind.Leaf)
            return true;
        var behind = Words.Split(claim.Passage.Text[claim.Token.End..]).FirstOrDefault() ?? "";
        return !facts.Measured.Contains(Words.Stem(behind)) || facts.Tables.Exists(table => table.Words.Contains(Words.Stem(behind)));
    }

    private static IEnumerable<double> ValuesOf(NumberClaim claim, Candidate candidate)
    {
        var (value, column) = (candidate.Value, candidate.Column);
        // Which of two values is taken from the other is not said by a sign alone.
        if (claim.Number.Sign != 0 && candidate.How is Derivation.Difference or Derivation.Percent)
            value = Math.Abs(value) * claim.Number.Sign;
        candidate = candidate with { Value = value };
        if (candidate.How is Derivation.Percent or Derivation.Count or Derivation.Ratio)
            return candidate.How != Derivation.Percent || IsPercent(claim) ? [value]
                : candidate.IsChange ? []
                : [value, value / 100];
        if (claim.Number.Percent != PercentKind.None)
            return Percents(claim, candidate);
        var unit = claim.Number.Unit ?? FieldUnit(claim);
        if (column?.Unit is { } from && unit is not null)
            return from.Convert(value, unit);
        if (column is { IsVirtual: true, Unit: not null })
            return [];
        if (column is { IsCents: true })
            return [value, value / 100];
        return IsOfThousand(claim) ? [value, value / 1000] : [value];
    }

    // 2.4 kW for 2400 watts.
    private static bool IsOfThousand(NumberClaim claim) =>
        Thousands.IsMatch(claim.Passage.Text[claim.Token.End..]) || Thousands.IsMatch(claim.Passage.Field);

    private static IEnumerable<double> Percents(NumberClaim claim, Candidate candidate)
    {
        var factor = claim.Number.Percent == PercentKind.BasisPoints ? 100 : 1;
        if (candidate.Column is not { } column)
            return candidate.How == Derivation.Difference && claim.Number.Percent != PercentKind.Percent ? [candidate.Value * factor]
                : candidate.How == Derivation.Mean ? [candidate.Value]
                : candidate.How == Derivation.Direct && Math.Abs(candidate.Value) < 1.5 && candidate.Value % 1 != 0
                    ? [candidate.Value * 100]
                : [];
        if (candidate.How == Derivation.Difference && claim.Number.Percent == PercentKind.Percent)
            return [];
        if (column.IsFraction)
            return column.IsPercent ? [candidate.Value * 100 * factor, candidate.Value * factor] : [candidate.Value * 100 * factor];
        var isNamed = column.IsPercent || column.IsNamedBy(claim.Passage);
        return isNamed ? [candidate.Value * factor] : [];
    }

    // The unit of a column, or of another number of the sentence: the longest took 150 minutes, the shortest 20.
    private static Unit? FieldUnit(NumberClaim claim) =>
        claim.Passage.Field.Length == 0
            ? claim.Passage.Tokens.Select(token => token.Number?.Unit).FirstOrDefault(unit => unit is { IsTime: true })
            : Words.Split(claim.Passage.Field).Select(word => Unit.Of(word)).LastOrDefault(unit => unit is not null);
}

/// <summary>How clearly a passage names what a figure is computed from.</summary>
internal enum Closeness
{
    /// <summary>By its very rows.</summary>
    Narrow,

    /// <summary>By a label, a date, a number or the name of a field.</summary>
    Near,

    /// <summary>In another sentence.</summary>
    Wide,

    /// <summary>Not at all.</summary>
    Far,
}
