using System.Text.RegularExpressions;
using Aios.Models.Verification.Grounding.Scanning;
using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>Decides whether the names and identifiers of an answer are in the source.</summary>
internal sealed class NameJudge(SourceFacts facts)
{
    private static readonly Regex Quoted = new(@"[""“„«](?<text>[^""“”„«»\n]{1,60})[""”“»]", RegexOptions.CultureInvariant);

    private static readonly Regex Pieces = new(@"[^\p{L}\d]+", RegexOptions.CultureInvariant);

    private static readonly Regex Percentile = new(@"^p\d{2,3}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex Week = new(@"^(?:w|wk|kw|cw)(?<n>\d{1,2})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex Label = new(@"^(?:[^:\s]+\s){0,4}[^:\s]+:(?=\s|$)", RegexOptions.CultureInvariant);

    // Departed, remaining, quarterly: a form of a verb or an adverb where every word has a capital.
    private static readonly Regex Form = new(@"^\p{Lu}\p{Ll}{3,}(?:ed|ing|ly|est|ancy|ency|ance|ence)$", RegexOptions.CultureInvariant);

    // With a capital and no name.
    private static readonly HashSet<string> NoNames = new(
        (
            "I I'm I've I'll OK KPI KPIs SLA SLAs SLO SLOs API APIs CSV JSON SQL HTTP HTTPS URL CPU GPU RAM IO ID "
            + "IDs USD EUR GBP CHF JPY VAT YoY QoQ MoM WoW YTD MTD QTD "
            + "MTTR MTTD MTBF ROI CAGR ARR MRR NPS CSAT CEO CFO CTO COO HR IT AI ML LLM PDF FAQ TBD TODO ETA EOD RCA "
            + "PR PRs QA UI UX B2B B2C SKU SKUs PO FYI NB PS "
            + "Herr Herrn Frau AM PM UTC GMT CET CEST Mr Mrs Ms Dr Prof Inc Ltd LLC GmbH AG Corp Co KG SE plc "
            + "English German Internet Week Weeks Day Days Month Months Quarter Quarters Year "
            + "Years Region Regions Product Products Sensor Sensors Invoice Invoices Incident Incidents Team Teams "
            + "Table Figure Section Step Note Appendix Total Totals Average "
            + "Euro Euros Dollar Dollars Celsius Fahrenheit Kelvin Pascal Volt Hertz Hz kHz MHz GHz kWh MWh kW MW "
            + "hPa kPa GB MB KB TB GiB MiB KiB ms Uhr KW CW Mio Mrd Tsd Max Min Avg "
            + "Std Dev TL DR TLDR vs N/A NA N A CRM ERP POS HTML XML REST SDK CI CD VM VMs DNS TLS SSL VPN FY GDPR "
            + "CTR CPC CPM CPA CPL ROAS AOV LTV CLV CAC DAU WAU MAU ARPU GMV COGS EBIT EBITDA EPS P&L PE NPL OKR OKRs RSVP RPM MAE RMSE "
            + "Christmas Easter Thanksgiving Halloween Eve Mid Non Subject Re Fwd "
            + "ISO OS DB ETL DevOps SaaS SQL GUI TCP UDP IP ACK SMS Summary Overview Report Executive Key"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly HashSet<string> TitlesInGerman = new(
        (
            "Herr Herrn Frau Dr Prof Firma Region Produkt Kunde Kundin Lieferant Filiale Standort Werk Lager Team Stadt "
            + "Sensor Service Dienst Abteilung Bereich Marke Gruppe Projekt Artikel Kanal Kategorie Land Niederlassung "
            + "Mitarbeiter Mitarbeiterin in aus nach"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly HashSet<string> VerbsInGerman = new(
        (
            "hat hatte führt führte gewann erzielte erreichte steigerte verkaufte lieferte erhielt bekam "
            + "verdient arbeitet leitet kauft kaufte bestellte besiegte schlug spielte traf meldete schrieb übernahm belegt"
        ).Split(' '),
        StringComparer.Ordinal
    );

    // Pronouns and adverbs, which begin sentences too.
    private static readonly HashSet<string> StartsInGerman = new(
        (
            "diese dieser dieses jede jeder jedes alle alles beide beides eine einer eines keine keiner niemand jemand "
            + "damit daher dabei dafür dagegen dadurch danach davon davor dazu darin darauf daraus hier dort heute gestern morgen "
            + "insgesamt außerdem zudem ferner somit jedoch dennoch trotzdem allerdings aktuell derzeit momentan zuletzt zuvor "
            + "bisher bislang nun jetzt dann anschließend schließlich insbesondere besonders lediglich etwa rund knapp fast "
            + "erneut wieder auch noch nicht nur welche welcher welches wann warum wieso "
            + "erstmals letztlich leider natürlich dementsprechend entsprechend deshalb deswegen weiterhin gleichzeitig "
            + "durchschnittlich ihre ihrer unsere unser unseres meine seine sein ihnen ansonsten immerhin inzwischen"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The names of a passage, with what is wrong with each; null for nothing.</summary>
    public IEnumerable<(int Start, Finding? Finding)> Judge(Passage passage)
    {
        var quotes = Quoted.Matches(passage.Text).ToList();
        foreach (var quote in quotes)
        {
            if (JudgeQuote(quote.Groups["text"].Value) is var (isClaim, finding) && isClaim)
                yield return (quote.Index, finding);
        }

        var tokens = passage.Tokens;
        for (var at = 0; at < tokens.Count; at++)
        {
            var token = tokens[at];
            if (quotes.Exists(quote => token.Start > quote.Index && token.End <= quote.Index + quote.Length))
                continue;
            if (token.Kind == TokenKind.Identifier && JudgeIdentifier(token.Text) is var (isClaim, finding))
            {
                if (isClaim)
                    yield return (token.Start, finding);
            }
            else if (token.Kind == TokenKind.Word && IsName(passage, at))
            {
                var last = EndOfName(passage, at);
                yield return (token.Start, JudgeName(passage, at, last));
                at = last;
            }
        }
    }

    private (bool IsClaim, Finding? Finding) JudgeQuote(string text)
    {
        if (facts.Words.HasPhrase(text))
            return (true, null);
        var words = Words.Split(text);
        var unknown = words.Where(word => !facts.Words.Has(word)).ToList();
        if (words.Count > 8 || unknown.Count == 0)
            return (false, null);
        var isName =
            unknown.Exists(word => char.IsUpper(word[0]) && !CommonWords.Has(word)) || unknown.Exists(word => word.Any(char.IsAsciiDigit));
        var isVerbatim = words.Count <= 4 && unknown.Count == words.Count && unknown.TrueForAll(word => !CommonWords.Has(word));
        return isName || isVerbatim ? (true, Missing(text)) : (false, null);
    }

    private (bool IsClaim, Finding? Finding) JudgeIdentifier(string text)
    {
        if (Percentile.IsMatch(text) || IsMeasure(text))
            return (false, null);
        // Version 2.4.1 for v2.4.1, and the other way.
        if (char.IsAsciiDigit(text[0]) ? facts.Words.HasIdentifier($"v{text}") : text[0] is 'v' or 'V' && facts.Words.HasPhrase(text[1..]))
            return (true, null);
        if (
            Week.Match(text) is { Success: true } week
            && facts.HasWeek(int.Parse(week.Groups["n"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture))
        )
            return (true, null);
        if (facts.Words.HasIdentifier(text) || (!facts.Words.HasSeries(text) && facts.Words.HasPhrase(text)))
            return (true, null);
        if (facts.Words.HasSeries(text))
            return (true, Missing(text));
        // North/South, sensor-7, sales_2026: each part may be known.
        var parts = Words.Split(text.Replace('_', ' '));
        var isCode = text.Contains('_', StringComparison.Ordinal) && facts.Words.HasUnderscores;
        var isKnown = parts.TrueForAll(part =>
            facts.Words.Has(part)
            || (CommonWords.Has(part) && !isCode)
            || (NoNames.Contains(part) && !isCode)
            || (
                double.TryParse(part, out var number)
                && (facts.IdentifierNumbers.Contains(number) || facts.Values.Exists(value => value.Value == number))
            )
        );
        isKnown &= Array.TrueForAll(Pieces.Split(text), piece =>
            !piece.Any(char.IsLetter) || !piece.Any(char.IsAsciiDigit) || IsKnownPiece(piece)
        );
        var hasWord = parts.Exists(part => facts.Words.Has(part) && part.Any(char.IsLetter));
        return isKnown && (hasWord || !text.Any(char.IsAsciiDigit)) ? (true, null) : (true, Missing(text));
    }

    // vpn01 is not known because there is a "vpn" and a 1.
    private bool IsKnownPiece(string piece) =>
        facts.Words.HasIdentifier(piece) || Words.Split(piece).TrueForAll(part => !part.Any(char.IsLetter) || facts.Words.Has(part));

    // l/100, km/h: a unit for each of another.
    private static bool IsMeasure(string text) =>
        text.Contains('/', StringComparison.Ordinal)
        && Array.TrueForAll(text.Split('/'), part => part.Length > 0 && (Unit.IsGlued(part) || part.All(char.IsAsciiDigit)))
        && text.Any(char.IsLetter);

    // A word that stands where only a name has a capital, or that is no common word.
    private bool IsName(Passage passage, int at)
    {
        var word = passage.Tokens[at].Text;
        if (
            !char.IsUpper(word[0])
            || word.Length < 2
            || IsCommon(word)
            || Calendar.WholeMonth(Bare(word)) > 0
            || Calendar.Weekday(Bare(word)) is not null
            || IsUnitBehindNumber(passage, at)
            || IsOfCurrency(passage, at)
        )
            return false;
        if (facts.Words.Has(word))
            return true;
        if (passage.Small.Contains(word))
            return false;
        if (passage.IsGerman)
            return IsNameInGerman(passage, at);
        if (passage.Kind == PassageKind.Heading)
            return false;
        if (passage.IsOther && IsWeak(passage, at))
            return passage.Text.AsSpan(passage.Tokens[at].End).TrimStart().StartsWith(":");
        if (IsWeak(passage, at) && Form.IsMatch(word))
            return false;
        if (!CommonWords.Has(Bare(word)))
            return true;
        return !IsWeak(passage, at) && !IsTitle(passage, at);
    }

    private static bool IsCommon(string word) => NoNames.Contains(word) || NoNames.Contains(Bare(word));

    private static string Bare(string word)
    {
        var mark = word.IndexOfAny(['\'', '’']);
        return mark > 0 ? word[..mark] : word;
    }

    private static bool IsUnitBehindNumber(Passage passage, int at) =>
        at > 0
        && passage.Tokens[at - 1].Kind == TokenKind.Number
        && passage.Tokens[at].Start - passage.Tokens[at - 1].End <= 1
        && Unit.IsGlued(passage.Tokens[at].Text);

    // The Swiss franc.
    private static bool IsOfCurrency(Passage passage, int at) =>
        at + 1 < passage.Tokens.Count
        && passage.Tokens[at + 1].Start - passage.Tokens[at].End == 1
        && Words.Stem(passage.Tokens[at + 1].Text)
            is "franc"
                or "dollar"
                or "pound"
                or "yen"
                or "krona"
                or "krone"
                or "peso"
                or "yuan"
                or "rupee"
                or "franken"
                or "zloty"
                or "euro";

    // Where every word has a capital: at the start of a sentence, behind a colon, a bracket, a quote or a dash.
    private static bool IsWeak(Passage passage, int at)
    {
        var before = passage.Text.AsSpan(0, passage.Tokens[at].Start).TrimEnd(' ');
        return before.Length == 0
            || before[^1] is ':' or '(' or '"' or '“' or '–' or '—' or '.' or '!' or '?' or '|' or '-' or '→' or '>' or ']' or '*' or '/'
            || (before[^1] > 0x2190 && !char.IsLetterOrDigit(before[^1]));
    }

    // Key Figures: a label, or a line in which nearly all words have capitals.
    private static bool IsTitle(Passage passage, int at)
    {
        if (passage.Kind is PassageKind.Cell or PassageKind.Leaf && passage.Tokens.Count <= 6)
            return true;
        if (Label.Match(passage.Text) is { Success: true } label && passage.Tokens[at].End <= label.Length)
            return true;
        // Beside another common word with a capital: Customer Support.
        var tokens = passage.Tokens;
        bool IsCapital(int index) =>
            index >= 0
            && index < tokens.Count
            && tokens[index].Kind == TokenKind.Word
            && char.IsUpper(tokens[index].Text[0])
            && CommonWords.Has(Bare(tokens[index].Text));
        var isNumbered = at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Number && tokens[at + 1].Start - tokens[at].End <= 2;
        return isNumbered || IsCapital(at + 1) || (IsCapital(at - 1) && at > 1);
    }

    // Every noun has a capital: a name is what is called one, or two words that no article joins.
    private bool IsNameInGerman(Passage passage, int at)
    {
        var tokens = passage.Tokens;
        bool IsCapital(int index) =>
            index >= 0
            && index < tokens.Count
            && tokens[index].Kind == TokenKind.Word
            && char.IsUpper(tokens[index].Text[0])
            && tokens[index].Text.Length > 1;
        if (TitlesInGerman.Contains(tokens[at].Text))
            return false;
        if (at > 0 && TitlesInGerman.Contains(tokens[at - 1].Text) && !GermanNouns.Has(tokens[at].Text))
            return true;
        if (at == 0 && passage.Kind == PassageKind.Sentence && IsSubjectInGerman(tokens))
            return true;
        if (IsWeak(passage, at) && passage.Kind == PassageKind.Sentence)
        {
            return passage.Text[tokens[at].End..].StartsWith(':') && !GermanNouns.Has(tokens[at].Text) && !CommonWords.Has(tokens[at].Text);
        }

        if (GermanNouns.Has(tokens[at].Text) || passage.Kind == PassageKind.Heading)
            return false;
        var isPair =
            (IsCapital(at + 1) && Beside(tokens, at) && !GermanNouns.Has(tokens[at + 1].Text))
            || (
                IsCapital(at - 1)
                && Beside(tokens, at - 1)
                && !GermanNouns.Has(tokens[at - 1].Text)
                && (at > 1 || facts.Words.Has(tokens[0].Text))
            );
        return isPair || (passage.Kind is PassageKind.Cell or PassageKind.Leaf && tokens.Count <= 2);
    }

    // Who begins a sentence without an article and does something alone is somebody.
    private static bool IsSubjectInGerman(IReadOnlyList<Token> tokens) =>
        tokens.Count > 1
        && tokens[1].Kind == TokenKind.Word
        && VerbsInGerman.Contains(tokens[1].Text)
        && tokens[0].Text.Length > 3
        && !StartsInGerman.Contains(tokens[0].Text)
        && !GermanNouns.Has(tokens[0].Text)
        && !CommonWords.Has(tokens[0].Text);

    private static bool Beside(IReadOnlyList<Token> tokens, int at) => tokens[at + 1].Start - tokens[at].End == 1;

    private int EndOfName(Passage passage, int at)
    {
        var tokens = passage.Tokens;
        var last = at;
        while (
            last + 1 < tokens.Count
            && tokens[last + 1].Kind == TokenKind.Word
            && tokens[last + 1].Start - tokens[last].End == 1
            && passage.Text[tokens[last].End] is ' ' or '-'
            && IsName(passage, last + 1)
        )
            last++;
        return last;
    }

    private Finding? JudgeName(Passage passage, int first, int last)
    {
        var words = Enumerable.Range(first, last - first + 1).Select(index => passage.Tokens[index].Text).ToList();
        var text = passage.Text[passage.Tokens[first].Start..passage.Tokens[last].End];
        return
            words.TrueForAll(word => facts.Words.Has(word) || facts.Words.Has(Bare(word)) || IsInitials(word))
            || facts.Words.HasPhrase(text)
            ? null
            : Missing(text);
    }

    // EMEA is known if the source says it, and also if a name in it has these first letters.
    private bool IsInitials(string word) => word.Length is >= 2 and <= 5 && word.All(char.IsUpper) && facts.Words.HasInitials(word);

    private Finding Missing(string text)
    {
        var nearest = facts.Words.Nearest(text);
        return new Finding(
            text,
            $"The name is not in the source{(nearest is null ? ", nor is one like it" : $"; the nearest there is {nearest}")}."
        );
    }
}
