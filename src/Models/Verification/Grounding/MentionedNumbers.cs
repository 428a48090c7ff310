using Aios.Models.Verification.Grounding.Scanning;
using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>What follows from numbers that an answer itself names near a claim.</summary>
internal sealed class MentionedNumbers(SourceFacts facts)
{
    private const int Most = 12;
    private const int MostRows = 3;
    private const int MostChance = 10;
    private const int LongestSeries = 60;

    // The number as it is written, and what the source has.
    private readonly Dictionary<double, double> _actual = [];

    private readonly HashSet<(double Written, PercentKind Percent)> _said = [];
    private readonly Dictionary<NumberClaim, double> _claims = [];
    private readonly Dictionary<(string Series, int Place), List<NumberClaim>> _series = [];

    /// <summary>Takes the claims of an answer.</summary>
    public void Read(IEnumerable<NumberClaim> claims)
    {
        foreach (var passage in claims.GroupBy(claim => claim.Passage, ReferenceEqualityComparer.Instance))
        foreach (var (place, claim) in passage.Index().Where(claim => claim.Item.Passage.Series is not null))
        {
            var key = (claim.Passage.Series!, place);
            if (!_series.TryGetValue(key, out var items))
                _series[key] = items = [];
            items.Add(claim);
        }
    }

    /// <summary>Takes a number that is supported.</summary>
    public void Add(NumberClaim claim, double actual)
    {
        var written = claim.Readings[0].Value;
        _actual.TryAdd(written, actual);
        _said.Add((written, claim.Number.Percent));
        _claims[claim] = actual;
    }

    /// <summary>Whether a number is one that the answer has already and that is supported; few things are so often by chance.</summary>
    public double? Again(NumberClaim claim) =>
        claim.Readings[0].Value > MostChance && _said.Contains((claim.Readings[0].Value, claim.Number.Percent))
            ? _actual[claim.Readings[0].Value]
            : null;

    /// <summary>What the lists of an answer and the columns of its tables come to, if each of their numbers is supported.</summary>
    public List<Candidate> Series(NumberClaim claim)
    {
        var found = new List<Candidate>();
        foreach (var items in _series.Values.Where(items => items.Count is > 1 and <= LongestSeries))
        {
            var others = items.FindAll(item => item != claim);
            if (others.Count < 2 || !others.TrueForAll(_claims.ContainsKey) || (others.Count < items.Count && items[^1] != claim))
                continue;
            AddSeries(others.ConvertAll(item => item.Readings[0].Value * (item.Number.Sign < 0 ? -1 : 1)), found);
            AddSeries(others.ConvertAll(item => _claims[item]), found);
        }

        return found;
    }

    // The last may be the total itself.
    private static void AddSeries(List<double> numbers, List<Candidate> found)
    {
        if (numbers.Count > 2 && Math.Abs(numbers[^1] - numbers.SkipLast(1).Sum()) < 1e-6 * Math.Abs(numbers[^1]))
            numbers.RemoveAt(numbers.Count - 1);
        found.Add(new Candidate(numbers.Sum(), Derivation.Sum, null));
        found.Add(new Candidate(numbers.Average(), Derivation.Mean, null));
    }

    /// <summary>How the numbers next to a claim compare: from 1,200 to 1,350, up 12.5 %.</summary>
    public List<Candidate> Beside(NumberClaim claim)
    {
        var numbers = claim.Passage.Tokens.Where(token => IsMention(claim.Passage.Text, token)).ToList();
        var before = numbers.FindAll(token => token.End <= claim.Token.Start).TakeLast(2).ToList();
        if (before.Count < 2)
            before = [.. Earlier(claim).TakeLast(2), .. before];
        var behind = numbers.FindAll(token => token.Start >= claim.Token.End).Take(2);
        var found = new List<Candidate>();
        foreach (var pair in new[] { before, behind, before.TakeLast(1).Concat(behind.Take(1)) })
            AddPairs([.. pair.Select(Actual)], found);
        AddConverted(claim, found);
        AddParts([.. numbers.FindAll(token => token.End <= claim.Token.Start).TakeLast(3).Select(Actual)], found);
        return found;
    }

    /// <summary>How numbers of the sentences before compare with the next one: 64 instead of 120, 15 instead of 20.</summary>
    public List<Candidate> Earlier(NumberClaim claim, Derivation how)
    {
        var numbers = Earlier(claim).TakeLast(Most).Select(Actual).ToList();
        var found = new List<Candidate>();
        for (var at = 1; at < numbers.Count; at++)
            found.AddRange(Derivations.Pair(numbers[at - 1], numbers[at], null).Where(candidate => (candidate.How & how) != 0));
        return found;
    }

    // 1,252 seconds (about 21 minutes).
    private void AddConverted(NumberClaim claim, List<Candidate> found)
    {
        if (claim.Number.Unit is not { } unit)
            return;
        foreach (var token in claim.Passage.Tokens.Where(token => token.Start < claim.Token.Start && IsMention(claim.Passage.Text, token)))
        {
            if (NumberOf(token)!.Unit is { } other && other != unit)
                found.AddRange(other.Convert(Actual(token), unit).Select(value => new Candidate(value, Derivation.Direct, null)));
        }
    }

    // Of 24, 19 passed and 5 failed; 332 less 20 and plus 7.
    private static void AddParts(List<double> numbers, List<Candidate> found)
    {
        if (numbers.Count < 2)
            return;
        var (last, one) = (numbers[^1], numbers[^2]);
        if (last + one != 0)
        {
            found.Add(new Candidate(last / (last + one) * 100, Derivation.Percent, null));
            found.Add(new Candidate(one / (last + one) * 100, Derivation.Percent, null));
        }

        if (numbers.Count < 3)
            return;
        foreach (
            var value in (ReadOnlySpan<double>)
                [numbers[0] - one + last, numbers[0] + one - last, numbers[0] - one - last, numbers[0] + one + last]
        )
            found.Add(new Candidate(value, Derivation.Sum, null));
    }

    /// <summary>The numbers that stand beside a claim: before and behind it, in its row, in the sentence before.</summary>
    public List<double> Nearest(NumberClaim claim)
    {
        var passage = claim.Passage;
        if (passage.Kind == PassageKind.Cell)
            return [.. TextScanner.Scan(passage.Around).Where(token => IsMention(passage.Around, token)).Select(Actual)];
        var numbers = passage.Tokens.Where(token => IsMention(passage.Text, token) && token.Start != claim.Token.Start).ToList();
        List<Token> near =
        [
            .. numbers.FindAll(token => token.End <= claim.Token.Start).TakeLast(2),
            .. numbers.FindAll(token => token.Start >= claim.Token.End).Take(2),
        ];
        return [.. near.Select(Actual)];
    }

    /// <summary>The last numbers of the sentences before.</summary>
    public List<double> Before(NumberClaim claim) => [.. Earlier(claim).TakeLast(2).Select(Actual)];

    /// <summary>The candidates for a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="general">What follows from the source as such.</param>
    public List<Candidate> Near(NumberClaim claim, List<Candidate> general)
    {
        var values = Of(claim, percent: false);
        var percents = Of(claim, percent: true);
        var found = new List<Candidate>();
        AddPairs(values, found);
        AddPairs(percents, found);
        foreach (var value in values)
            AddPlaces(value, found);
        if (
            claim.Passage.Near.Contains(" remain", StringComparison.Ordinal)
            || Has(claim, "rest")
            || Has(claim, "other")
            || Has(claim, "übrig")
        )
        {
            found.AddRange(percents.Select(percent => new Candidate(100 - percent, Derivation.Percent, null)));
            found.Add(new Candidate(100 - percents.Sum(), Derivation.Percent, null));
        }

        if (Cues.HasTax(claim.Passage.Near))
            AddRates(values, percents, general, found);
        return found;
    }

    // The numbers of the sentences before.
    private IEnumerable<Token> Earlier(NumberClaim claim)
    {
        var start = claim.Passage.Around.IndexOf(claim.Passage.Text, StringComparison.Ordinal);
        return start <= 0 ? [] : TextScanner.Scan(claim.Passage.Around[..start]).Where(token => IsMention(claim.Passage.Around, token));
    }

    private static bool Has(NumberClaim claim, string word) => claim.Passage.Near.Contains($" {word} ", StringComparison.Ordinal);

    private List<double> Of(NumberClaim claim, bool percent) =>
        [
            .. claim
                .Passage.Scopes.SelectMany(scope => scope.Tokens)
                .Where(token =>
                    token.Text != claim.Token.Text && IsMention("", token) && (NumberOf(token)!.Percent != PercentKind.None) == percent
                )
                .Select(Actual)
                .Distinct()
                .Take(Most),
        ];

    private double Actual(Token token) => Math.Abs(_actual[NumberOf(token)!.Readings[0].Value]) * (NumberOf(token)!.Sign < 0 ? -1 : 1);

    private static Numeral? NumberOf(Token token) =>
        token.Number ?? (token.Kind == TokenKind.Word ? NumeralReader.ReadWord(token.Text) : null);

    // A supported number that is no week or version.
    private bool IsMention(string text, Token token)
    {
        if (NumberOf(token) is not { } number || !_actual.ContainsKey(number.Readings[0].Value))
            return false;
        if (text.Length < token.Start || (token.Start > 1 && text[token.Start - 2] is ',' or ';' or ':' or '('))
            return true;
        var before = Words.Split(text[Math.Max(0, token.Start - 20)..token.Start]);
        return before.Count == 0 || !SourceColumn.IsKeyName(Words.Stem(before[^1]));
    }

    private static void AddPairs(List<double> values, List<Candidate> found)
    {
        for (var first = 0; first < values.Count; first++)
        {
            var sum = values[first];
            for (var second = first + 1; second < values.Count; second++)
            {
                found.AddRange(Derivations.Pair(values[first], values[second], null));
                found.Add(new Candidate(values[first] + values[second], Derivation.Sum, null));
                found.Add(new Candidate(values[first] * values[second], Derivation.Product, null));
                sum += values[second];
                found.Add(new Candidate(sum, Derivation.Sum, null));
                found.Add(new Candidate(sum / (second - first + 1), Derivation.Mean, null));
            }
        }
    }

    // A value with those before and behind it, and its share of all.
    private void AddPlaces(double value, List<Candidate> found)
    {
        foreach (var table in facts.Tables)
        {
            foreach (var column in table.Measures)
            {
                var numbers = Derivations.Numbers(column, table.Rows);
                foreach (var at in Enumerable.Range(0, numbers.Count).Where(index => numbers[index] == value).Take(MostRows))
                {
                    var others = table.IsLoose ? Enumerable.Range(0, numbers.Count) : [at - 1, at + 1, 0, numbers.Count - 1];
                    foreach (var other in others.Where(index => index >= 0 && index < numbers.Count && index != at).Distinct())
                        found.AddRange(Derivations.Pair(numbers[other], value, column));
                    found.AddRange(Derivations.Pair(numbers.Sum(), value, column));
                    found.AddRange(Derivations.Pair(numbers.Average(), value, column));
                }
            }
        }
    }

    private void AddRates(List<double> values, List<double> percents, List<Candidate> general, List<Candidate> found)
    {
        var known = facts
            .Values.Where(value =>
                value.Value is > 0 and <= 100
                && value.Words.Any(word => word is "tax" or "vat" or "discount" or "rate" or "mwst" or "ust" or "rabatt" or "fee")
            )
            .Select(value => value.Value is < 1 ? value.Value * 100 : value.Value);
        var rates = percents.Concat(known).Distinct().Take(Most).ToList();
        var bases = values
            .Concat(general.Where(candidate => candidate.How == Derivation.Sum).Select(candidate => candidate.Value))
            .Distinct()
            .Take(Most * Most);
        foreach (var (value, rate) in bases.SelectMany(_ => rates, (value, rate) => (value, rate / 100)))
        {
            foreach (var result in (ReadOnlySpan<double>)[value * rate, value * (1 + rate), value * (1 - rate), value / (1 + rate)])
                found.Add(new Candidate(result, Derivation.Direct, null));
        }
    }
}
