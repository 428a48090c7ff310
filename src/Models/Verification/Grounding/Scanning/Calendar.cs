using System.Globalization;

namespace Aios.Models.Verification.Grounding.Scanning;

/// <summary>The names of months and weekdays in English and German, and what follows from a day.</summary>
internal static class Calendar
{
    /// <summary>A month by name, for a regular expression.</summary>
    public const string MonthPattern =
        "(?:jan(?:uary|uar)?|jänner|feb(?:ruary|ruar)?|mar(?:ch)?|märz?|maerz|mrz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?"
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
        var start = name[..Math.Min(3, name.Length)].ToLowerInvariant();
        return Array.FindIndex(MonthStarts, starts => starts.Contains(start, StringComparison.Ordinal)) + 1;
    }

    /// <summary>The month whose whole name a word is, or 0.</summary>
    public static int WholeMonth(string word) => Months.GetValueOrDefault(word);

    /// <summary>The weekday that a word is; its abbreviation counts.</summary>
    public static DayOfWeek? Weekday(string word) => Weekdays.TryGetValue(word.TrimEnd('.'), out var day) ? day : null;

    /// <summary>The week of a day by ISO 8601.</summary>
    public static (int Year, int Week) WeekOf(DateOnly day)
    {
        var time = day.ToDateTime(TimeOnly.MinValue);
        return (ISOWeek.GetYear(time), ISOWeek.GetWeekOfYear(time));
    }
}
