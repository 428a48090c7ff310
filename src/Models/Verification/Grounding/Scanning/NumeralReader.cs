using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Aios.Models.Verification.Grounding.Scanning;

/// <summary>Reads numbers in the spellings of English, German, French and Swiss texts, with what follows them.</summary>
internal static class NumeralReader
{
    private const string Currencies = "€$£¥₹";

    private static readonly Regex Percents = Make(
        @"[\s\u00a0\u202f-]?(?i:(?<points>percentage[ -]points?|pct\.? points?|% ?points?|%-?punkte?|prozentpunkten?|pp\b|ppts?\b)"
            + @"|(?<basis>basis[ -]points?|basispunkten?|bps?\b)|(?<percent>%|percent\b|per cent\b|prozent\b|pct\b\.?|v\. ?h\.))"
    );

    // Case counts: M is a million, m is a metre or a minute.
    private static readonly Regex Magnitudes = Make(
        @"(?<k>[kK]\b|k(?=[€$£]))|(?<m>M\b|m(?=[€$£])|mn\b)|(?<b>B\b|bn\b)|[\s\u00a0\u202f-]?(?:(?<k>k€|(?i:thousand"
            + @"|tausend)\b|[Tt]sd\b\.?)"
            + @"|(?<m>(?i:millions?|millionen|mln|mn)\b|(?i:mio)\b\.?|M\b)|(?<b>(?i:billions?|milliarden?|bn)\b"
            + @"|(?i:mrd)\b\.?)|(?<t>(?i:trillions?)\b)|(?<h>hundred\b))"
    );

    private static readonly Regex Units = Make(@"[\s\u00a0\u202f-]?(?<u>[A-Za-z]{1,12})\b");

    private static readonly Regex Duration = Make(@"(?<h>\d{1,3})\s?h\s?(?<m>\d{1,2})\s?m(?:in)?\b");

    private static readonly Dictionary<string, int> Words = Count(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            + "seventeen eighteen nineteen twenty",
        "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
            + "siebzehn achtzehn neunzehn zwanzig"
    );

    /// <summary>The number that starts here, with its sign and currency, and where it ends; null if none does.</summary>
    public static (Numeral Number, int End)? Read(string text, int start)
    {
        var at = start;
        var sign = 0;
        while (at < text.Length && (IsSign(text[at]) || Currencies.Contains(text[at]) || (at > start && text[at] is ' ' or '\u00a0')))
        {
            if (IsSign(text[at]))
                sign = text[at] == '+' ? 1 : -1;
            at++;
        }

        return at < text.Length && char.IsAsciiDigit(text[at]) ? ReadDigits(text, at, sign) : null;
    }

    /// <summary>The minutes of a duration that is one word, 2h15m, and where it ends; null if there is none.</summary>
    public static (Numeral Number, int End)? ReadDuration(string text, int start)
    {
        if (Duration.Match(text, start) is not { Success: true } match)
            return null;
        var minutes =
            (60 * double.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture))
            + double.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture);
        return (new Numeral { Readings = [new NumeralReading(minutes, 1)], Unit = Unit.Of("min") }, start + match.Length);
    }

    /// <summary>The number that a word is, or null.</summary>
    public static Numeral? ReadWord(string word) =>
        Words.TryGetValue(word, out var value) && value != 1 ? new Numeral { Readings = [new(value, 1)], IsWord = true } : null;

    /// <summary>Whether it may be the sign of a number.</summary>
    public static bool IsSign(char letter) => letter is '-' or '+' or '−' or '–';

    /// <summary>Whether it may be in front of a number.</summary>
    public static bool IsCurrency(char letter) => Currencies.Contains(letter);

    private static (Numeral Number, int End)? ReadDigits(string text, int start, int sign)
    {
        var groups = new List<(char Before, int Start, int End)>();
        var at = start;
        while (true)
        {
            var end = at;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            groups.Add((groups.Count == 0 ? '\0' : text[at - 1], at, end));
            at = end;
            if (end + 1 >= text.Length || !char.IsAsciiDigit(text[end + 1]) || !Joins(text, groups, end))
                break;
            at = end + 1;
        }

        var (readings, last) = Interpret(text, groups);
        if (readings.Count == 0)
            return null;
        var number = new Numeral
        {
            Readings = [.. readings],
            Sign = sign,
            IsPlain = last == 0 && sign == 0 && groups[0].End - groups[0].Start == 4,
            FirstPartEnd = last > 0 && groups[1].Before is ' ' or ',' ? groups[0].End : 0,
        };
        return ReadSuffix(text, groups[last].End, number);
    }

    // Whether the sign behind digits may be inside of a number.
    private static bool Joins(string text, List<(char Before, int Start, int End)> groups, int end)
    {
        var separator = text[end];
        if (separator is '.' or ',')
            return true;
        if (separator is not (' ' or '\u00a0' or '\u2009' or '\u202f' or '\'' or '’' or '_'))
            return false;
        var next = end + 1;
        while (next < text.Length && char.IsAsciiDigit(text[next]))
            next++;
        return next - end == 4
            && groups[0].End - groups[0].Start <= 3
            && groups.Skip(1).All(group => group.Before == separator)
            && (next >= text.Length || !char.IsLetter(text[next]) || separator != ' ');
    }

    private static (List<NumeralReading> Readings, int Last) Interpret(string text, List<(char Before, int Start, int End)> groups)
    {
        string Digits(int from, int to) =>
            string.Concat(Enumerable.Range(from, to - from + 1).Select(index => text[groups[index].Start..groups[index].End]));

        var readings = new List<NumeralReading>();
        var count = groups.Count;
        if (count == 1)
        {
            Add(readings, Digits(0, 0), 0);
            return (readings, 0);
        }

        var separators = groups.Skip(1).Select(group => group.Before).ToList();
        bool AreThousands(int last) =>
            groups[0].End - groups[0].Start <= 3
            && text[groups[0].Start] != '0'
            && Enumerable
                .Range(1, last)
                .All(index =>
                    groups[index].End - groups[index].Start == 3
                    || (groups[index].Before == ',' && index < last && groups[index].End - groups[index].Start == 2)
                );

        if (separators.Distinct().Count() == 1)
        {
            var separator = separators[0];
            if (AreThousands(count - 1))
                Add(readings, Digits(0, count - 1), 0);
            if (count == 2 && separator is '.' or ',')
                Add(readings, Digits(0, 1), groups[1].End - groups[1].Start);
            if (readings.Count == 2 && separator == '.')
                readings.Reverse();
            if (readings.Count > 0 || separator == '.')
                return (readings, count - 1);
            Add(readings, Digits(0, 0), 0);
            return (readings, 0);
        }

        if (separators[^1] is '.' or ',' && separators.SkipLast(1).Distinct().Count() == 1 && AreThousands(count - 2))
        {
            Add(readings, Digits(0, count - 1), groups[^1].End - groups[^1].Start);
            return (readings, count - 1);
        }

        Add(readings, Digits(0, 0), 0);
        return (readings, 0);
    }

    private static void Add(List<NumeralReading> readings, string digits, int decimals)
    {
        if (double.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            readings.Add(new NumeralReading(Scaled(whole, decimals), Math.Pow(10, -decimals)));
    }

    private static double Scaled(double whole, int decimals) => decimals == 0 ? whole : whole / Math.Pow(10, decimals);

    private static (Numeral Number, int End) ReadSuffix(string text, int end, Numeral number)
    {
        if (Rank(text, end) is > 0 and var rank)
            return (number with { IsOrdinal = true }, end + rank);
        if (Magnitudes.Match(text, end) is { Success: true } match)
        {
            number = Scale(number, match);
            end = match.Index + match.Length;
        }

        if (Percents.Match(text, end) is { Success: true } percent)
        {
            var kind =
                percent.Groups["points"].Success ? PercentKind.Points
                : percent.Groups["basis"].Success ? PercentKind.BasisPoints
                : PercentKind.Percent;
            return (number with { Percent = kind, IsPlain = false }, percent.Index + percent.Length);
        }

        if (end < text.Length && text[end] is 'x' or '×' && (end + 1 >= text.Length || !char.IsLetterOrDigit(text[end + 1])))
            return (number with { IsMultiple = true, IsPlain = false }, end + 1);
        while (end < text.Length && IsCurrency(text[end]))
            end++;
        return Units.Match(text, end) is { Success: true } unit ? WithUnit(text, end, number, unit) : (number, end);
    }

    private static (Numeral Number, int End) WithUnit(string text, int end, Numeral number, Match match)
    {
        var letters = match.Groups["u"];
        var isGlued = letters.Index == end;
        number = number with
        {
            Unit = Unit.Of(letters.Value),
            IsMultiple = letters.Value is "times" or "fold" or "fach" or "mal" or "Mal" && number.Percent == PercentKind.None,
        };
        return isGlued && Unit.IsGlued(letters.Value) ? (number with { IsPlain = false }, letters.Index + letters.Length) : (number, end);
    }

    private static Numeral Scale(Numeral number, Match match)
    {
        var factor =
            match.Groups["k"].Success ? 1e3
            : match.Groups["m"].Success ? 1e6
            : match.Groups["b"].Success ? 1e9
            : match.Groups["t"].Success ? 1e12
            : 100;
        // A field may itself be in thousands or millions, as what the report says.
        return number with
        {
            IsPlain = false,
            Scale = factor,
            Readings =
            [
                .. number.Readings.Select(reading => new NumeralReading(reading.Value * factor, reading.Step * factor)),
                .. number.Readings.Where(reading => reading.Step < 1),
            ],
        };
    }

    private static int Rank(string text, int end)
    {
        if (end + 2 > text.Length || (end + 2 < text.Length && char.IsLetterOrDigit(text[end + 2])))
            return 0;
        return text.AsSpan(end, 2) is "st" or "nd" or "rd" or "th" ? 2 : 0;
    }

    private static Dictionary<string, int> Count(params ReadOnlySpan<string> languages)
    {
        var words = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var language in languages)
        {
            foreach (var (value, word) in language.Split(' ').Index())
                words[word] = value;
        }

        return words;
    }

    private static Regex Make(string pattern) => new(@"\G(?:" + pattern + ")", RegexOptions.CultureInvariant);
}
