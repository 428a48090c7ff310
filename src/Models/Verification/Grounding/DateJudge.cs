using Aios.Models.Verification.Grounding.Scanning;
using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>Decides whether the dates and times of an answer are in the source or follow from its dates.</summary>
internal sealed class DateJudge(SourceFacts facts)
{
    private const int LongestSpan = 400;

    private static readonly HashSet<string> BeforeMonth = new(
        (
            "in of since until till by from for during through to last this early mid late end beginning between and "
            + "and, im seit bis ab vom ende anfang mitte vs versus than over"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    // A sentence that says what there is not.
    private static readonly HashSet<string> Negations = new(
        "no not none never without nothing nobody neither nor kein keine keinen keiner nicht nichts niemand ohne nie".Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>What is wrong with the dates of a passage.</summary>
    public IEnumerable<(int Start, Finding? Finding)> Judge(Passage passage)
    {
        var tokens = passage.Tokens;
        for (var at = 0; at < tokens.Count; at++)
        {
            var token = tokens[at];
            if (token.Date is { } date)
                yield return (token.Start, Check(passage, token, date, at));
            else if (token.Time is { } time)
                yield return (token.Start, Check(passage, token, time));
            else if (token.Kind == TokenKind.Word && IsMonth(passage, at) && Calendar.WholeMonth(token.Text) is var month)
                yield return (
                    token.Start,
                    HasDate(new DateParts(Month: month)) || HasMonth(month) || IsBefore(month)
                        ? null
                        : Missing(token.Text, $"no date in month {month}")
                );
            else if (token.Kind == TokenKind.Word && IsWeekday(token) is { } day)
                yield return (token.Start, CheckWeekday(token, day, at + 1 < tokens.Count ? tokens[at + 1] : null, passage));
        }
    }

    private Finding? Check(Passage passage, Token token, WrittenDate date, int at)
    {
        if (date.Readings.Any(HasDate) || facts.Words.HasPhrase(token.Text) || facts.Words.HasIdentifier(token.Text))
            return null;
        if (date.IsInRange && date.Readings.Any(EndsPeriod))
            return null;
        if (IsWeek(passage, token) && date.Readings.Any(HasWeekOf))
            return null;
        if (date.Readings is [{ Month: null, Day: { } number }] && facts.Values.Exists(value => value.Value == number))
            return null;
        if (IsAmongDays(passage, date))
            return null;
        // March 12 may be twelve of something in March.
        var parts = date.Readings[0];
        if (
            parts is { Month: { } month, Day: { } day, Year: null }
            && !date.IsInRange
            && char.IsLetter(token.Text[0])
            && HasDate(new DateParts(Month: month))
            && facts.Values.Exists(value => value.Value == day)
            && at + 1 < passage.Tokens.Count
            && passage.Tokens[at + 1].Kind == TokenKind.Word
            && passage.Tokens[at + 1].Start == token.End + 1
            && facts.Words.Has(passage.Tokens[at + 1].Text)
        )
            return null;
        // A sentence that ends in 14.03. is no date of the source, but may be a number of it.
        if (token.Text.EndsWith('.') && facts.Values.Exists(value => value.Value == (parts.Day ?? 0) + ((parts.Month ?? 0) / 100.0)))
            return null;
        return Missing(token.Text, Nearest(parts));
    }

    private Finding? Check(Passage passage, Token token, WrittenTime time)
    {
        if (facts.Times.Exists(time.Covers) || facts.Ends.Exists(time.Covers) || facts.Words.HasPhrase(token.Text))
            return null;
        // 2:1 may be the goals of a match.
        if (
            time is { Minute: { } second, Second: null }
            && facts.Values.Exists(value => value.Value == time.Hour)
            && facts.Values.Exists(value => value.Value == second)
        )
            return null;
        // 2:15 may be two hours and a quarter.
        var minutes = (time.Hour * 60) + (time.Minute ?? 0);
        if (
            time.Minute is not null
            && passage.Near.Contains(" duration ", StringComparison.Ordinal)
            && facts.Values.Exists(value => value.Value == minutes)
        )
            return null;
        var nearest = facts.Times.MinBy(known => Math.Abs((known.Hour * 60) + (known.Minute ?? 0) - minutes));
        return Missing(token.Text, nearest is null ? "no time of day" : $"{nearest.Hour:00}:{nearest.Minute ?? 0:00} as the nearest time");
    }

    // The weekday of a date must be that of the date; one alone must be that of a date of the source.
    private Finding? CheckWeekday(Token token, DayOfWeek day, Token? next, Passage passage)
    {
        var isBeside =
            next is { Date: not null }
            && next.Start - token.End <= 4
            && passage.Text[token.End..next.Start].All(letter => letter is ',' or ' ' or '.' or 't' or 'h' or 'e');
        if (isBeside && next!.Date!.Readings.Select(DayOf).OfType<DateOnly>().ToList() is { Count: > 0 } days)
        {
            return days.Exists(known => known.DayOfWeek == day) ? null
                : !days.Exists(facts.Days.Contains) ? null
                : new Finding($"{token.Text} {next.Text}", $"{next.Text} is a {days[0].DayOfWeek}, not a {day}.");
        }

        return
            facts.Days.Any(known => known.DayOfWeek == day)
            || facts.Words.Has(token.Text)
            || facts.Words.Has($"{day}")
            || facts.Words.Has($"{day}"[..3])
            || (IsNegated(passage) && HasWeekdays())
            || (IsNegated(passage) && Between().Any(known => known.DayOfWeek == day))
            ? null
            : Missing(token.Text, "no date on that weekday");
    }

    // Mon, Tue, Thu: on the other days there was nothing.
    private bool HasWeekdays() => Enum.GetValues<DayOfWeek>().Count(day => facts.Words.Has($"{day}") || facts.Words.Has($"{day}"[..3])) > 1;

    private static bool IsNegated(Passage passage) =>
        passage.Tokens.Any(token => Negations.Contains(token.Text) && !passage.Text.AsSpan(token.End).StartsWith("."));

    // Nothing happened on a day between the others.
    private bool IsAmongDays(Passage passage, WrittenDate date) =>
        IsNegated(passage) && date.Readings.Any(reading => reading.Day is not null && Between().Any(reading.Covers));

    private IEnumerable<DateOnly> Between()
    {
        if (facts.Days.Count < 2)
            return [];
        var (first, last) = (facts.Days.Min(), facts.Days.Max());
        return Enumerable.Range(0, Math.Min(LongestSpan, last.DayNumber - first.DayNumber + 1)).Select(first.AddDays);
    }

    // The month before one that the source compares with its previous.
    private bool IsBefore(int month) => facts.HasYearBefore && facts.Dates.Exists(date => date.Month == (month % 12) + 1);

    // A date without a year is in the year that the source has it in.
    private DateOnly? DayOf(DateParts parts) =>
        parts.Exact ?? facts.Days.Where(parts.Covers).Select(day => (DateOnly?)day).FirstOrDefault();

    private bool HasDate(DateParts said) => facts.Days.Any(said.Covers) || facts.Dates.Exists(said.IsPartOf) || HasNumbers(said);

    // {"year": 2026, "month": 3}, {"week": 12}
    private bool HasNumbers(DateParts said) =>
        said.Day is null
        && said.Half is null
        && HasNumber(said.Year, "year", "jahr")
        && (said.Month is null || HasMonth(said.Month.Value))
        && HasNumber(said.Quarter, "quarter", "quartal")
        && HasNumber(said.Week, "week", "kw")
        && (said.Year is null || said.Month is not null || said.Quarter is not null || said.Week is not null);

    private bool HasNumber(int? number, string field, string other) =>
        number is null
        || facts.Values.Exists(value => value.Value == number && value.Words.Any(word => word == field || word == other))
        || (field == "year" && facts.Dates.Exists(date => date.Year == number))
        || facts.Words.HasPhrase($"{field} {number}")
        || (field == "quarter" && facts.Words.HasPhrase($"Q{number}"))
        || (field == "week" && (facts.Words.HasPhrase($"W{number}") || facts.Words.HasPhrase($"W{number:00}")));

    private bool HasMonth(int month) =>
        facts.Dates.Exists(date => date.Month == month)
        || facts.Values.Exists(value => value.Value == month && value.Words.Any(word => word is "month" or "monat"))
        || Calendar.NamesOf(month).Any(facts.Words.HasPhrase)
        || facts.Words.HasPhrase(System.Globalization.CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month));

    // The first or last day of a month, or the end of a week, of which the source has days.
    private bool EndsPeriod(DateParts parts)
    {
        if (parts.Month is not { } month || parts.Day is not { } day)
            return false;
        return facts.Days.Any(known =>
            (
                known.Month == month
                && (parts.Year is null || parts.Year == known.Year)
                && (day == 1 || day == DateTime.DaysInMonth(known.Year, month))
            )
            || parts.Covers(known.AddDays(6))
            || parts.Covers(known.AddDays(4))
        );
    }

    private static bool IsWeek(Passage passage, Token token)
    {
        var before = Words.Split(passage.Text[Math.Max(0, token.Start - 30)..token.Start]);
        return before.TakeLast(4).Any(word => word.ToLowerInvariant() is "week" or "woche" or "ending" or "starting" or "beginning");
    }

    private bool HasWeekOf(DateParts parts) =>
        parts.Month is not null
        && parts.Day is not null
        && (
            facts.Days.Any(known => Enumerable.Range(-6, 13).Any(days => known.DayNumber + days > 0 && parts.Covers(known.AddDays(days))))
            || facts.Dates.Exists(date =>
                date is { Week: { } week, Year: { } year }
                && Enumerable
                    .Range(0, 7)
                    .Any(day => parts.Covers(DateOnly.FromDateTime(System.Globalization.ISOWeek.ToDateTime(year, week, (DayOfWeek)day))))
            )
        );

    // May and March are also other words.
    private static bool IsMonth(Passage passage, int at)
    {
        var word = passage.Tokens[at].Text;
        if (Calendar.WholeMonth(word) == 0 || !char.IsUpper(word[0]))
            return false;
        if (word is not ("May" or "March"))
            return true;
        var isAlone = passage.Text.Trim() == word;
        return isAlone || (at > 0 && BeforeMonth.Contains(passage.Tokens[at - 1].Text));
    }

    private static DayOfWeek? IsWeekday(Token token) =>
        token.Text.Length > 5 && char.IsUpper(token.Text[0]) ? Calendar.Weekday(token.Text) : null;

    private static Finding Missing(string text, string there) =>
        new(text, $"The date is neither in the source nor follows from its dates; the source has {there}.");

    private string Nearest(DateParts parts)
    {
        if (facts.Days.Count == 0)
            return facts.Dates.Count == 0 ? "no date" : $"{facts.Dates.Count} less exact dates";
        var day = (
            parts with
            {
                Year = parts.Year ?? facts.Days.Max().Year,
                Month = parts.Month ?? (parts.Quarter * 3) ?? 6,
                Day = parts.Day ?? 15,
            }
        ).Exact
            ?? facts.Days.Min();
        return $"{facts.Days.MinBy(known => Math.Abs(known.DayNumber - day.DayNumber)):yyyy-MM-dd} as the nearest date";
    }
}
