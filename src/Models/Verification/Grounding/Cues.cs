using Aios.Models.Verification.Grounding.Scanning;

namespace Aios.Models.Verification.Grounding;

/// <summary>The words by which an answer says that a figure is a sum, a difference, a ratio, a share.</summary>
internal static class Cues
{
    private const int WordsBefore = 12;
    private const int WordsBehind = 6;

    private static readonly (Derivation How, string[] Words)[] All =
    [
        (
            Derivation.Sum,
            Read(
                "total totals totaled totalled totaling totalling sum sums summed overall combined together "
                    + "altogether all across entire whole cumulative "
                    + "aggregate aggregated jointly both subtotal grand full add adds added adding ytd gesamt "
                    + "so thus hence therefore somit soit donc "
                    + "insgesamt summe zusammen gesamte "
                    + "gesamten gesamter gesamtumsatz gesamtsumme alle aller über plus"
                    + " totale somme ensemble tous toutes suma todos todas totaal samen complessivo insieme soma"
            )
        ),
        (
            Derivation.Mean,
            Read(
                "average averages averaged averaging avg mean median typical typically per each every schnitt "
                    + "durchschnitt durchschnittlich mittel mittelwert je pro ø"
                    + " moyenne moyen chaque media medio promedio cada gemiddeld gemiddelde média médio"
            )
        ),
        (
            Derivation.Difference,
            Read(
                "up down increase increased increases increasing decrease decreased decreases decreasing rise rises "
                    + "rose risen rising fall falls fell fallen "
                    + "falling grew grow grows growing grown growth drop drops dropped dropping gain gained gains "
                    + "loss lost lose difference differ differs "
                    + "differed differing more less fewer higher lower greater larger smaller better worse gap "
                    + "spread range change changed changes changing "
                    + "ahead behind than plus minus by delta remaining remain remains short margin net profit "
                    + "surplus deficit shortfall exceeded exceeds "
                    + "exceeding above below under over improved improvement improving declined decline declines "
                    + "declining fluctuated swing jump jumped "
                    + "climbed climb slipped slid shrank shrunk lead leads led beat outsold outpaced left rest "
                    + "between versus vs compared points extra "
                    + "leave leaves leaving free available variance deviation overspent underspent overspend "
                    + "underspend saved saving savings excess balance beyond deviates "
                    + "fail failed failing missed missing unsold unpaid unused pending absent outstanding vacant empty open "
                    + "durchgefallen offen ausstehend fehlend "
                    + "abweichung differenz ersparnis überschritten unterschritten frei verfügbar "
                    + "so thus hence therefore somit soit donc mithin idle "
                    + "additional reduced reduction reduces added longer shorter faster slower later earlier after since until "
                    + "mehr weniger höher niedriger differenz unterschied gestiegen stieg steigerung zuwachs "
                    + "rückgang gesunken sank sinkt steigt gefallen "
                    + "fiel um plus wuchs wachstum zunahme abnahme gewachsen gegenüber verglichen abstand vorsprung "
                    + "yoy mom wow qoq delta moins hausse baisse augmentation augmenté écart aumento más menos meer minder più meno "
                    + "verbleibend bleiben bleibt verbleiben verbleibt fehlen fehlt übrig restlich rest"
            )
        ),
        (
            Derivation.Ratio,
            Read(
                "times time ratio per each every fold x rate factor share average averaging versus vs relative "
                    + "multiple twice return roi roas je pro fach mal verhältnis faktor quote anteil"
            )
        ),
        (
            Derivation.Percent,
            Read(
                "percent percentage pct share rate ratio % proportion fraction growth change yoy mom wow qoq margin "
                    + "anteil prozent quote veränderung wachstum delta Δ"
            )
        ),
    ];

    // Parts of German words: Durchschnittsgehalt, Gesamtsumme, Preisdifferenz.
    private static readonly (string Part, bool IsStart, Derivation How)[] Compounds =
    [
        ("gesamt", true, Derivation.Sum),
        ("summe", false, Derivation.Sum),
        ("durchschnitt", true, Derivation.Mean),
        ("mittel", true, Derivation.Mean),
        ("durchschnitt", false, Derivation.Mean),
        ("differenz", false, Derivation.Difference),
        ("unterschied", false, Derivation.Difference),
        ("quote", false, Derivation.Percent),
        ("anteil", false, Derivation.Percent),
    ];

    private static readonly HashSet<string> Hedges = Read(
            "about around roughly approximately approx circa ca some rund etwa ungefähr zirka gut"
        )
        .ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> Overs = Read(
            "over above than least exceeded exceeding exceeds exceed gut über mehr mindestens past"
        )
        .ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> Unders = Read(
            "under below than most nearly almost close near knapp fast weniger unter höchstens"
        )
        .ToHashSet(StringComparer.Ordinal);

    private static readonly string[] Taxes = Read(
        "tax vat gst discount fee commission gross net mwst ust steuer umsatzsteuer mehrwertsteuer rabatt skonto "
            + "brutto netto surcharge duty"
    );

    /// <summary>What the words around a figure say of it.</summary>
    /// <param name="normal">The words, as texts are compared.</param>
    public static Derivation In(string normal)
    {
        var words = normal.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var found = Derivation.None;
        foreach (var (how, cues) in All)
        {
            if (cues.Any(words.Contains))
                found |= how;
        }

        foreach (var (part, isStart, how) in Compounds)
        {
            if (
                words.Any(word => isStart ? word.StartsWith(part, StringComparison.Ordinal) : word.EndsWith(part, StringComparison.Ordinal))
            )
                found |= how;
        }

        return found;
    }

    /// <summary>What is said of a figure: near it, or in what leads to it. A sum may be said anywhere in the sentence.</summary>
    public static Derivation Around(NumberClaim claim)
    {
        var (text, token) = (claim.Passage.Text, claim.Token);
        var before = Words
            .Split(text[(text[..token.Start].LastIndexOf(';') + 1)..token.Start])
            .Where(word => !char.IsAsciiDigit(word[0]))
            .TakeLast(WordsBefore);
        var close = text.IndexOf(';', token.End);
        var behind = Words.Split(text[token.End..(close < 0 ? text.Length : close)]).Take(WordsBehind);
        var near = Words.Normal($"{claim.Passage.Field} {string.Join(' ', before)} {string.Join(' ', behind)} {claim.Passage.Lead}");
        return In(near) | (In(claim.Passage.Near) & Derivation.Sum);
    }

    /// <summary>Whether a text speaks of taxes, discounts or fees, which are percentages of something.</summary>
    public static bool HasTax(string normal) => Taxes.Any(word => normal.Contains($" {word} ", StringComparison.Ordinal));

    /// <summary>What the words directly before a figure say of its exactness: that it is rounded, and to which side it may be.</summary>
    public static (bool IsRounded, bool MayBeMore, bool MayBeLess) Hedge(string before)
    {
        var trimmed = before.AsSpan().TrimEnd();
        var mark = trimmed.Length > 0 ? trimmed[^1] : ' ';
        var words = Words.Split(before[Math.Max(0, before.Length - 40)..]).TakeLast(2).Select(Words.Stem).ToList();
        var isMore = mark is '>' or '≥' || words.Exists(Overs.Contains);
        var isLess = mark is '<' or '≤' || words.Exists(Unders.Contains);
        return (mark is '~' or '≈' or '∼' || isMore || isLess || words.Exists(Hedges.Contains), isMore, isLess);
    }

    private static string[] Read(string words) => [.. words.Split(' ').Select(Words.Stem)];
}
