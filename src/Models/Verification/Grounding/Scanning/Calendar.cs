using System.Globalization;

namespace Aios.Models.Verification.Grounding.Scanning;

/// <summary>The names of months and weekdays in English and German, and what follows from a day.</summary>
internal static class Calendar
{
    /// <summary>A month by name, for a regular expression.</summary>
    public const string MonthPattern =
        "(?:janvier|janeiro|gennaio|januari|enero|février|fevereiro"
        + "|febbraio|febrero|februari|marzo|março|maart|mars"
        + "|avril|abril|aprile|mayo|maio|maggio|mei|juin|junho|junio|giugno|juillet|julho|julio|luglio"
        + "|août|agosto|augustus|septembre|septiembre|setembro|settembre|octobre|octubre|outubro|ottobre"
        + "|novembre|noviembre|novembro|décembre|diciembre|dezembro|dicembre"
        + "|jan(?:uary|uar)?|jänner|feb(?:ruary|ruar)?|mar(?:ch)?|märz?|maerz|mrz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?"
        + "|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)";

    private static readonly string[] MonthStarts =
    [
        "jan jän",
        "feb",
        "mar mär mae mrz",
        "apr",
        "may mai",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct okt",
        "nov",
        "dec dez",
    ];

    private static readonly Dictionary<string, int> Months = new(StringComparer.OrdinalIgnoreCase);

    // They have no capital there, so that alone they are no claims.
    private static readonly string[] Others =
    [
        "janvier janeiro gennaio januari enero",
        "février fevereiro febbraio febrero februari",
        "mars marzo março maart",
        "avril abril aprile",
        "mayo maio maggio mei",
        "juin junho junio giugno",
        "juillet julho julio luglio",
        "août agosto augustus",
        "septembre septiembre setembro settembre",
        "octobre octubre outubro ottobre",
        "novembre noviembre novembro",
        "décembre diciembre dezembro dicembre",
    ];

    private static readonly Dictionary<string, DayOfWeek> Weekdays = new(StringComparer.OrdinalIgnoreCase);

    static Calendar()
    {
        string[] months =
        [
            "january januar jänner",
            "february februar",
            "march märz maerz",
            "april",
            "may mai",
            "june juni",
            "july juli",
            "august",
            "september",
            "october oktober",
            "november",
            "december dezember",
        ];
        string[] weekdays =
        [
            "sunday sundays sonntag sonntags sun",
            "monday mondays montag montags mon",
            "tuesday tuesdays dienstag dienstags tue",
            "wednesday wednesdays mittwoch mittwochs wed",
            "thursday thursdays donnerstag donnerstags thu",
            "friday fridays freitag freitags fri",
            "saturday saturdays samstag samstags sonnabend sat",
        ];
        for (var month = 0; month < months.Length; month++)
        {
            foreach (var name in months[month].Split(' '))
                Months[name] = month + 1;
        }

        for (var day = 0; day < weekdays.Length; day++)
        {
            foreach (var name in weekdays[day].Split(' '))
                Weekdays[name] = (DayOfWeek)day;
        }
    }

    /// <summary>The month of a name or an abbreviation that a date has.</summary>
    public static int MonthOf(string name)
    {
        if (Array.FindIndex(Others, names => names.Split(' ').Contains(name.ToLowerInvariant())) is >= 0 and var other)
            return other + 1;
        var start = name[..Math.Min(3, name.Length)].ToLowerInvariant();
        return Array.FindIndex(MonthStarts, starts => starts.Contains(start, StringComparison.Ordinal)) + 1;
    }

    /// <summary>The month whose whole name a word is, or 0.</summary>
    public static int WholeMonth(string word) => Months.GetValueOrDefault(word);

    /// <summary>The names of a month in English and German.</summary>
    public static IEnumerable<string> NamesOf(int month) => Months.Where(known => known.Value == month).Select(known => known.Key);

    /// <summary>The weekday that a word is; its abbreviation counts.</summary>
    public static DayOfWeek? Weekday(string word) => Weekdays.TryGetValue(word.TrimEnd('.'), out var day) ? day : null;

    /// <summary>The week of a day by ISO 8601.</summary>
    public static (int Year, int Week) WeekOf(DateOnly day)
    {
        var time = day.ToDateTime(TimeOnly.MinValue);
        return (ISOWeek.GetYear(time), ISOWeek.GetWeekOfYear(time));
    }
}
