using System.Globalization;
using Aios.Models.Verification.Grounding.Scanning;
using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>Decides whether the numbers of an answer are in the source or follow from it.</summary>
internal sealed class NumberJudge(SourceFacts facts)
{
    private const int Passes = 3;
    private const int FewNamed = 4;
    private const int FewRows = 2000;

    private readonly MentionedNumbers _mentioned = new(facts);
    private readonly FigureCheck _figures = new(facts);
    private readonly SmallSource _small = new(facts);
    private readonly SourceSpans _spans = new(facts);
    private readonly bool _isSmall = facts.Tables.Sum(table => table.RowCount) <= FewRows;

    // Passages are compared by reference, not by what they say.
    private readonly Dictionary<Passage, List<Candidate>> _near = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, List<Candidate>> _inClauses = new(StringComparer.Ordinal);
    private readonly Dictionary<Passage, HashSet<SourceColumn>> _named = new(ReferenceEqualityComparer.Instance);
    private readonly Lazy<List<Candidate>> _general = new(() =>
        [.. facts.Tables.SelectMany(Derivations.Of), .. facts.Values.Select(value => new Candidate(value.Value, Derivation.Direct, null))]
    );

    /// <summary>The claims of some passages that nothing supports.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="isGrounded">What is known of each of them; filled in.</param>
    public void Judge(IReadOnlyList<NumberClaim> claims, Dictionary<NumberClaim, bool> isGrounded)
    {
        var open = claims.ToList();
        _mentioned.Read(claims);
        // What one claim is computed from may be another one, which comes later.
        for (var pass = 0; pass < Passes && open.Count > 0; pass++)
        {
            var before = open.Count;
            open.RemoveAll(Supports);
            if (open.Count == before && pass > 0)
                break;
        }

        foreach (var claim in claims)
            isGrounded[claim] = !open.Contains(claim);
    }

    /// <summary>Why a claim is none of the source.</summary>
    public string Problem(NumberClaim claim)
    {
        var value = claim.Readings[0].Value * (claim.Number.Sign < 0 ? -1 : 1);
        var nearest = facts.Values.MinBy(known => Math.Abs(known.Value - value));
        var what = claim.Number.Percent == PercentKind.None ? "a stated sum, difference, ratio or count" : "a share or change";
        if (nearest is null)
            return $"The number is neither in the source nor {what} of what is in it; the source has no number.";
        var place = nearest.Place.Length == 0 ? "" : $" ({nearest.Place})";
        var there = $"the nearest number there is {nearest.Value.ToString(CultureInfo.InvariantCulture)}{place}";
        return $"The number is neither in the source nor {what} of what is in it; {there}.";
    }

    private bool Supports(NumberClaim claim)
    {
        if (Actual(claim) is not { } actual)
            return false;
        _mentioned.Add(claim, actual);
        return true;
    }

    // The value that supports a claim; null if none does.
    private double? Actual(NumberClaim claim)
    {
        if (_figures.Exact(claim) is { } exact)
            return exact;
        var known = Known(claim.Passage);
        var narrow = known.Where(candidate => candidate.IsNarrow).ToList();
        var named = narrow.Where(candidate => IsNamed(candidate, claim)).ToList();
        var general = _general.Value.Where(candidate => IsNamed(candidate, claim)).ToList();
        var wide = narrow.Count > 0 ? Closeness.Far : Closeness.Wide;
        return FindInClause(claim)
            ?? FindIn(claim, [.. named.Where(candidate => candidate.IsPair)], Closeness.Narrow)
            ?? FindIn(claim, [.. narrow.Where(candidate => candidate.IsPair)], Closeness.Narrow)
            ?? FindIn(claim, named, Closeness.Narrow)
            ?? FindIn(claim, narrow, named.Count > 0 ? Closeness.Near : Closeness.Narrow)
            ?? _figures.Find(claim, _mentioned.Beside(claim), Closeness.Narrow)
            ?? _figures.Find(claim, _mentioned.Earlier(claim, Derivation.Difference), Closeness.Narrow)
            ?? _figures.Find(claim, _mentioned.Near(claim, _general.Value), Closeness.Near)
            ?? FindIn(claim, [.. general.Where(candidate => candidate.IsNarrow)], Closeness.Near)
            ?? FindIn(claim, [.. general.Where(candidate => candidate.IsTrend)], Closeness.Near)
            ?? FindIn(claim, known, wide)
            ?? FindIn(claim, general, wide)
            ?? _figures.Find(claim, _general.Value.Where(candidate => candidate is { IsNarrow: true, IsPrincipal: true }), Closeness.Wide)
            ?? FindIn(claim, _general.Value, Closeness.Far)
            ?? _figures.Find(claim, _mentioned.Series(claim), Closeness.Narrow)
            ?? FindInSmall(claim, narrow)
            ?? _mentioned.Again(claim);
    }

    private double? FindInSmall(NumberClaim claim, List<Candidate> narrow)
    {
        var beside = _mentioned.Nearest(claim);
        var named = narrow.Where(candidate => candidate.How == Derivation.Direct).Select(candidate => candidate.Value).Distinct().ToList();
        var before = _mentioned.Before(claim);
        if (beside.Count == 0)
            beside.AddRange(before.TakeLast(1));
        if (claim.Passage.Field.Length > 0 || beside.Count == 0)
            beside.AddRange(_small.Named(claim.Passage));
        return _figures.Find(claim, _small.Kin(beside), Closeness.Narrow)
            ?? _figures.Find(claim, _small.Kin(named.Count <= FewNamed ? named : []), Closeness.Near)
            ?? _figures.Find(claim, _small.Neighbours(beside), Closeness.Near)
            ?? _figures.Find(claim, _small.Parts(beside), Closeness.Near)
            ?? _figures.Find(claim, _small.Neighbours(named.Count <= FewNamed ? named : []), Closeness.Near)
            ?? _figures.Find(claim, _small.Quotients(), Closeness.Near)
            ?? _figures.Find(claim, _small.Shares(beside), Closeness.Near)
            ?? _figures.Find(claim, _small.Products(), Closeness.Near)
            ?? _figures.Find(claim, _small.Means(), Closeness.Near)
            ?? _figures.Find(claim, _small.Windows(), Closeness.Near)
            ?? _figures.Find(claim, _small.Wholes(), Closeness.Near)
            ?? (claim.IsPart ? _figures.Find(claim, _small.Rest(beside), Closeness.Near) : null)
            ?? (claim.IsPart ? _figures.Find(claim, _small.SharesOf(beside), Closeness.Near) : null)
            ?? _figures.Find(claim, _small.Chained([.. beside, .. before]), Closeness.Far)
            ?? _figures.Find(claim, _small.Against(claim.Passage), Closeness.Near)
            ?? _figures.Find(claim, _small.Alike(claim.Passage, beside), Closeness.Near)
            ?? _figures.Find(claim, _spans.Durations(claim, isNext: true), Closeness.Narrow)
            ?? _figures.Find(claim, _spans.Durations(claim, isNext: false), Closeness.Near)
            ?? (_small.IsBound(claim) ? (double?)claim.Readings[0].Value : null)
            ?? _figures.Find(claim, _small.Computed(claim), Closeness.Far);
    }

    // North 252, South 156: each number belongs to the name in its own part of the sentence.
    private double? FindInClause(NumberClaim claim) =>
        (claim.Passage.ClauseOf(claim.Token) is { } clause ? FindInScope(claim, clause) : null)
        ?? (_isSmall && claim.Passage.StretchOf(claim.Token) is { } stretch ? FindInScope(claim, stretch) : null)
        ?? (_isSmall && claim.Passage.Topic is { } topic ? FindInScope(claim, topic) : null);

    private double? FindInScope(NumberClaim claim, PassageScope clause)
    {
        if (!_inClauses.TryGetValue(clause.Normal, out var found))
        {
            var candidates = facts.Tables.SelectMany(table => Derivations.Of([clause], table, new HashSet<int>()));
            _inClauses[clause.Normal] = found = [.. candidates.Where(candidate => candidate.IsNarrow)];
        }

        return FindIn(claim, [.. found.Where(candidate => IsNamed(candidate, claim))], Closeness.Narrow)
            ?? FindIn(claim, found, Closeness.Narrow);
    }

    // What reports say first is looked at first: the fewer figures are in question, the less a hit is chance.
    private double? FindIn(NumberClaim claim, List<Candidate> candidates, Closeness closeness) =>
        _figures.Find(claim, candidates.Where(candidate => candidate is { IsNarrow: true, IsPrincipal: true }), Nearer(closeness))
        ?? _figures.Find(claim, candidates.Where(candidate => candidate.IsPrincipal), closeness)
        ?? _figures.Find(claim, candidates, closeness == Closeness.Narrow ? Closeness.Near : closeness);

    private static Closeness Nearer(Closeness closeness) => closeness == Closeness.Near ? Closeness.Narrow : closeness;

    // What follows from that of which a passage speaks.
    private List<Candidate> Known(Passage passage)
    {
        if (_near.TryGetValue(passage, out var near))
            return near;
        var chosen = NumberClaims.Chosen(passage);
        return _near[passage] = [.. facts.Tables.SelectMany(table => Derivations.Of(passage.Scopes, table, chosen))];
    }

    // By the name of its field, or by its unit.
    private bool IsNamed(Candidate candidate, NumberClaim claim)
    {
        if (candidate.Column is not { } column)
            return false;
        if (column.Unit is { } unit && claim.Number.Unit is { } said && unit.IsTime == said.IsTime)
            return true;
        if (!_named.TryGetValue(claim.Passage, out var named))
            _named[claim.Passage] = named = [
                .. facts.Tables.SelectMany(table => table.Columns).Where(known => known.IsNamedBy(claim.Passage)),
            ];
        return named.Contains(column);
    }
}
