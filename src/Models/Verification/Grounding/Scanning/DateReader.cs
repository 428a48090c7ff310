using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Aios.Models.Verification.Grounding.Scanning;

/// <summary>Reads dates and times of day in the spellings of English and German.</summary>
internal static class DateReader
{
    private const string Month = Calendar.MonthPattern;
    private const string Rank = @"(?:st|nd|rd|th|er|º|\.)?";
    private const string Dash = @"\s?(?:–|—|-|to|through|until|and|bis|und|et|au|y|al?|e)(?: (?:the|le|el|il|zum))?\s?";

    private static readonly Regex[] Dates =
    [
        Make(@"(?<y>(?:19|20)\d\d)-?W(?<w>\d\d)(?:-\d)?(?!\w)"),
        Make(@"(?<y>(?:19|20)\d\d)[- /]?Q(?<q>[1-4])(?!\w)"),
        Make(@"Q(?<q>[1-4])(?:[ /-]?'?(?<y>(?:19|20)\d\d))?(?![\w/])"),
        Make(@"(?<y>(?:19|20)\d\d)[- /]?H(?<h>[12])(?!\w)"),
        Make(@"H(?<h>[12])[ /-]?'?(?<y>(?:19|20)\d\d)(?!\w)"),
        Make(@"(?<y>\d{4})(?<s>[-/.])(?<m>\d{1,2})\k<s>(?<d>\d{1,2})(?!\d)"),
        Make(@"(?<y>(?:19|20)\d\d)-(?<m>0[1-9]|1[0-2])(?![\d-])"),
        Make(@"(?<d0>\d{1,2})\.?(?<r>" + Dash + @")(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.\s?(?<y>\d{4})(?!\d)"),
        Make(@"(?<d0>\d{1,2})\.\s?(?<m0>\d{1,2})\.(?<r>" + Dash + @")(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.\s?(?<y>\d{4})(?!\d)"),
        Make(@"(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.\s?(?<y>\d{4}|\d\d(?![\d:.]))(?!\d)"),
        Make(@"(?<d>\d\d)\.(?<m>\d\d)\.(?=\s(?:\p{Ll}|–|-)|–|-|\)|,)"),
        Make(@"(?<a>\d{1,2})/(?<b>\d{1,2})/(?<y>\d{4}|\d\d)(?!\d)"),
        Make(
            @"(?<d0>\d{1,2})"
                + Rank
                + "(?<r>"
                + Dash
                + @")(?<d>\d{1,2})"
                + Rank
                + @"[ -](?:of |de )?(?<n>"
                + Month
                + @")(?!\p{L})\.?(?:,?[ -]'?(?:de )?(?<y>\d{4}))?(?!\d)"
        ),
        Make(@"(?<d>\d{1,2})" + Rank + @"[ -]?(?:of |de )?(?<n>" + Month + @")(?!\p{L})\.?(?:,?[ -]+'?(?:de )?(?<y>\d{4}))?(?!\d)"),
        Make(
            "(?<n>"
                + Month
                + @")(?!\p{L})\.?[ -](?<d0>\d{1,2})"
                + Rank
                + "(?<r>"
                + Dash
                + @")(?<d>\d{1,2})(?!\d|[.,]\d|\s?%|:\d)"
                + Rank
                + @"(?:,?\s'?(?<y>\d{4}))?(?!\d)"
        ),
        Make("(?<n>" + Month + @")(?!\p{L})\.?[ -](?<d>\d{1,2})(?!\d|[.,]\d|\s?%|:\d)(?:st|nd|rd|th)?(?:,?\s'?(?<y>\d{4}))?(?!\d)"),
        Make("(?<n>" + Month + @")(?!\p{L})\.?[ -]'?(?<y>(?:19|20)\d\d)(?!\d)"),
        // Tue 6: a day of a month that is said elsewhere.
        Make(
            @"(?<k>mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
                + @"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\.?,? (?:the |der |den )?(?<d>\d{1,2})(?:st|nd|rd|th)?"
                + @"(?=[:)]|,(?!\d)|\.?$|\.\s(?!\d|"
                + Month
                + @")| [–—-] )"
        ),
        Make(@"(?:KW|CW|calendar week)\s?-?(?<w>\d{1,2})(?:[ /](?<y>20\d\d))?(?!\w)"),
    ];

    private static readonly Regex Time = Make(
        @"(?<t>T)?(?<h>\d{1,2}):(?<i>[0-5]\d)(?::(?<s>[0-5]\d)(?:[.,]\d+)?)?(?:\s?(?<p>[ap])\.?m\b\.?)?(?:Z|\s?Uhr"
            + @"|\s?UTC|\s?h\b)?(?(t)(?:[+-]\d\d:?\d\d)?|(?(s)(?:[+-]\d\d:?\d\d)?))(?![\d:])"
            + @"|(?<h>\d{1,2})\s?(?<p>[ap])\.?m\b\.?|(?<h>\d{1,2})\s?(?:Uhr|o'clock)\b"
    );

    /// <summary>The dates that start here, two for a range, and where they end; none if there are none.</summary>
    public static (ImmutableArray<WrittenDate> Dates, int End) ReadDates(string text, int start)
    {
        foreach (var pattern in Dates)
        {
            if (pattern.Match(text, start) is { Success: true } match && Read(match) is { IsEmpty: false } read)
                return (read, match.Index + match.Length);
        }

        return ([], start);
    }

    /// <summary>The time of day that starts here and where it ends, or null.</summary>
    public static (WrittenTime Time, int End)? ReadTime(string text, int start)
    {
        if (Time.Match(text, start) is not { Success: true } match)
            return null;
        var hour = Number(match, "h") ?? 0;
        if (match.Groups["p"].Success)
        {
            if (hour is 0 or > 12)
                return null;
            hour = (hour % 12) + (match.Groups["p"].Value is "p" or "P" ? 12 : 0);
        }

        return hour > 24 ? null : (new WrittenTime(hour, Number(match, "i"), Number(match, "s")), match.Index + match.Length);
    }

    private static ImmutableArray<WrittenDate> Read(Match match)
    {
        var year = Number(match, "y") is { } number ? Whole(number, match.Groups["y"].Length) : (int?)null;
        if (match.Groups["a"].Success)
        {
            var (first, second) = (Number(match, "a"), Number(match, "b"));
            return Possible(false, new DateParts(year, first, second), new DateParts(year, second, first));
        }

        var month = match.Groups["n"].Success ? Calendar.MonthOf(match.Groups["n"].Value) : Number(match, "m");
        var isRange = match.Groups["d0"].Success;
        var last = Possible(
            isRange,
            new DateParts(year, month, Number(match, "d"), Number(match, "q"), Number(match, "w"), Number(match, "h"))
        );
        if (!isRange || last.IsEmpty)
            return last;
        var first0 = Possible(true, new DateParts(year, Number(match, "m0") ?? month, Number(match, "d0")));
        return first0.IsEmpty ? [] : [.. first0, .. last];
    }

    private static ImmutableArray<WrittenDate> Possible(bool isInRange, params ReadOnlySpan<DateParts> readings)
    {
        var possible = ImmutableArray.CreateBuilder<DateParts>();
        foreach (var reading in readings)
        {
            if (reading.IsPossible && !possible.Contains(reading))
                possible.Add(reading);
        }

        return possible.Count == 0 ? [] : [new WrittenDate(possible.ToImmutable()) { IsInRange = isInRange }];
    }

    private static int Whole(int year, int digits) => digits == 2 ? 2000 + year : year;

    private static int? Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static Regex Make(string pattern) => new(@"\G(?:" + pattern + ")", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
