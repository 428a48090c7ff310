using System.Text.RegularExpressions;
using Aios.Models.Verification.Grounding.Scanning;
using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>Finds the numbers of a passage that claim something.</summary>
internal static class NumberClaims
{
    // Steps, figures, ranks, footnotes: numbers of the answer itself.
    private static readonly Regex Numbering = new(
        @"(?:\b(?:step|section|figure|fig\.?|table|chapter|page|appendix|note|option|phase|part|rank(?:ed)?|schritt"
            + @"|abschnitt|abbildung|abb\.?|tabelle|kapitel|seite|punkt|rang|platz)\s+|#|\[)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    private static readonly Regex ScaleBefore = new(
        @"(?:\bout of|\d\s?/|\bof|\bvon|\bauf einer skala von|\bscale (?:of|from)(?: \d+ (?:to|-))?)\s?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    private static readonly Regex PlanBefore = new(
        @"\b(?:next|every|coming|nächsten|(?<limit>within|innerhalb von|binnen))(?: the)?\s+$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    private static readonly Regex PerBefore = new(@"\b(?:per|pro|je)\s+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex Plan = new(
        @"\b(?:should|will|recommend|must|can|plan|aim|target|please|suggest|propose|sollte|werden|muss|bitte|empfehle)\w*\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    private static readonly Regex ChoiceBefore = new(
        @"\b(?:top|bottom|first|last|past|previous|best|worst|leading|final|recent|latest|ersten|letzten|besten"
            + @"|obersten|vergangenen)[\s-]+$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    private static readonly Regex ChoiceBehind = new(
        @"^\s+(?:largest|biggest|best|top|most|lowest|highest|worst|smallest|least|leading|busiest|slowest|fastest"
            + @"|strongest|weakest|größten|besten|stärksten|schwächsten|höchsten)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    private static readonly Regex PartBehind = new(
        @"^-?\s?(?:thirds?|halves|quarters?|fifths?|drittel|viertel)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    // One in ten.
    private static readonly Regex InBefore = new(
        @"\b(?:one|1) (?:in|out of)(?: every)? $",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    );

    private static readonly Regex HalfBehind = new(@"^ (?:and a half|einhalb)\b", RegexOptions.CultureInvariant);

    /// <summary>The claims in their order.</summary>
    public static IEnumerable<NumberClaim> In(Passage passage, SourceFacts facts)
    {
        var tokens = passage.Tokens;
        for (var at = 0; at < tokens.Count; at++)
        {
            var token = tokens[at];
            if (token.Kind == TokenKind.Word && NumeralReader.ReadWord(token.Text) is { } word)
                token = token with { Number = word with { Unit = UnitBehind(passage, tokens, at) } };
            if (token.Number is not { } number || IsNoClaim(passage, token, number))
                continue;
            if (Longer(passage.Text, tokens, at) is var (joined, last))
                (token, at) = (joined, last);
            token = WithRange(passage, tokens, at, token);
            yield return new NumberClaim(passage, token, isScaled: token.Number!.Scale > 1 && facts.IsIn(token.Number.Scale));
        }
    }

    // Two weeks later.
    private static Unit? UnitBehind(Passage passage, IReadOnlyList<Token> tokens, int at) =>
        at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Word && passage.Text[tokens[at].End] is ' ' or '-'
            ? Unit.Of(tokens[at + 1].Text)
            : null;

    /// <summary>How many of something the passage chooses: the top three.</summary>
    public static HashSet<int> Chosen(Passage passage)
    {
        var chosen = new HashSet<int>();
        foreach (var text in new[] { passage.Text, passage.Lead, passage.Field })
        {
            foreach (var token in TextScanner.Scan(text))
            {
                var number = token.Number ?? (token.Kind == TokenKind.Word ? NumeralReader.ReadWord(token.Text) : null);
                if (
                    number?.Readings[0].Value is >= 1 and <= 20 and var value
                    && (ChoiceBefore.IsMatch(text[..token.Start]) || ChoiceBehind.IsMatch(text[token.End..]))
                )
                    chosen.Add((int)value);
            }
        }

        return chosen;
    }

    private static bool IsNoClaim(Passage passage, Token token, Numeral number)
    {
        var (before, behind) = (passage.Text[..token.Start], passage.Text[token.End..]);
        var value = number.Readings[0].Value;
        if (value is 100 or 1000 && PerBefore.IsMatch(before))
            return true;
        if (
            number.IsOrdinal
            || (number.IsWord && value == 0)
            || PartBehind.IsMatch(behind)
            || HalfBehind.IsMatch(behind)
            || InBefore.IsMatch(before)
        )
            return true;
        if (value <= 50 && number.Percent == PercentKind.None && Numbering.IsMatch(before))
            return true;
        if (passage.Kind == PassageKind.Heading && token.Start == 0 && value <= 30 && (behind.StartsWith('.') || behind.StartsWith(')')))
            return true;
        if (
            value is 5 or 7 or 10 or 100
            && ScaleBefore.IsMatch(before)
            && (
                before.EndsWith('/')
                || before.Contains("out of", StringComparison.OrdinalIgnoreCase)
                || before.Contains("scale", StringComparison.OrdinalIgnoreCase)
                || before.Contains("skala", StringComparison.OrdinalIgnoreCase)
            )
        )
            return true;
        if (before.Contains("scale", StringComparison.OrdinalIgnoreCase) && value is 0 or 1 or 5 or 7 or 10)
            return true;
        if (
            number.Percent == PercentKind.None
            && PlanBefore.Match(before) is { Success: true } plan
            && (!plan.Groups["limit"].Success || Plan.IsMatch(passage.Text))
            && (number.Unit is not null || Regex.IsMatch(behind, @"^[\s-]\p{L}+"))
        )
            return true;
        if (
            value == 24 && behind.StartsWith("/7", StringComparison.Ordinal)
            || (value == 7 && before.EndsWith("24/", StringComparison.Ordinal))
        )
            return true;
        return value <= 400 && number.Percent == PercentKind.None && (ChoiceBefore.IsMatch(before) || ChoiceBehind.IsMatch(behind));
    }

    // 2 hours and 15 minutes are one claim.
    private static (Token Token, int Last)? Longer(string text, IReadOnlyList<Token> tokens, int at)
    {
        if (tokens[at].Number is not { Unit: { IsTime: true } large } first)
            return null;
        for (var next = at + 1; next < tokens.Count && next <= at + 3; next++)
        {
            if (tokens[next].Number is { Unit: { IsTime: true } small } second && small.Factor < large.Factor)
            {
                var minor = second.Readings[0];
                var value = (first.Readings[0].Value * large.Factor / small.Factor) + minor.Value;
                var joined = second with { Readings = [new NumeralReading(value, minor.Step)], Sign = first.Sign, IsPlain = false };
                var (start, end) = (tokens[at].Start, tokens[next].End);
                return (new Token(TokenKind.Number, start, end, text[start..end]) { Number = joined }, next);
            }

            if (tokens[next].Kind != TokenKind.Word || !(Unit.Of(tokens[next].Text) is not null || tokens[next].Text is "and" or "und"))
                return null;
        }

        return null;
    }

    // 10 to 12 %: both are percentages.
    private static Token WithRange(Passage passage, IReadOnlyList<Token> tokens, int at, Token token)
    {
        if (token.Number is not { Percent: PercentKind.None, IsPlain: false } number)
            return token;
        var next = at + 1;
        if (next < tokens.Count && tokens[next] is { Kind: TokenKind.Word, Text: "to" or "and" or "bis" or "und" or "or" })
            next++;
        if (next >= tokens.Count || tokens[next].Number is not { Percent: not PercentKind.None } last)
            return token;
        var between = passage.Text[token.End..tokens[next].Start].Trim();
        return
            between is "-" or "–" or "—" or "to" or "bis" or ""
            || (
                between is "and" or "und"
                && passage.Text.Contains(between == "and" ? "between" : "zwischen", StringComparison.OrdinalIgnoreCase)
            )
            ? token with
            {
                Number = number with { Percent = last.Percent },
            }
            : token;
    }
}
