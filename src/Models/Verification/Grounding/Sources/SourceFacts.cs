using System.Text.Json;
using Aios.Models.Verification.Grounding.Scanning;

namespace Aios.Models.Verification.Grounding.Sources;

/// <summary>What a source says: its numbers, dates, times, words and tables.</summary>
internal sealed class SourceFacts
{
    private static readonly (double Scale, string[] Words)[] Scales =
    [
        (1e3, ["k", "thousand", "tsd", "teur", "keur", "kusd", "tausend"]),
        (1e6, ["m", "mn", "mio", "million", "meur", "musd", "millionen"]),
        (1e9, ["b", "bn", "billion", "mrd", "milliarden"]),
    ];

    private HashSet<string>? _measured;
    private bool? _hasYearBefore;

    public List<SourceValue> Values { get; } = [];

    public List<DateParts> Dates { get; } = [];

    public HashSet<DateOnly> Days { get; } = [];

    public List<WrittenTime> Times { get; } = [];

    /// <summary>When what begins at a time and takes so long ends.</summary>
    public List<WrittenTime> Ends { get; } = [];

    public List<SourceTable> Tables { get; } = [];

    public Vocabulary Words { get; } = new();

    /// <summary>The words of each line, sentence or row, so that it can be counted how many speak of something.</summary>
    public List<HashSet<string>> Entries { get; } = [];

    /// <summary>Numbers in the names of fields: <c>sold_30d</c>.</summary>
    public HashSet<double> NameNumbers { get; } = [];

    /// <summary>Numbers that are part of identifiers.</summary>
    public HashSet<double> IdentifierNumbers { get; } = [];

    /// <summary>How many items the lists and tables have, how many fields the objects, and how many different values the columns.</summary>
    public HashSet<double> Counts { get; } = [];

    /// <summary>In percent, how many rows are so and how many are not: done and open.</summary>
    public HashSet<double> Shares { get; } = [];

    /// <summary>What fields with numbers measure: the last words of their names.</summary>
    public HashSet<string> Measured =>
        _measured ??= [
            .. Tables
                .SelectMany(table => table.Measures)
                .Where(column => !column.IsVirtual)
                .Select(column => column.Words.LastOrDefault() ?? ""),
        ];

    /// <summary>It compares with the time before: <c>previous_revenue</c>.</summary>
    public bool HasYearBefore =>
        _hasYearBefore ??= Values.Exists(value =>
            value.Words.Any(word => word is "prev" or "previou" or "prior" or "last" or "py" or "vorjahr" or "vormonat")
        );

    /// <summary>Whether the source speaks of a year, or of a day in it.</summary>
    public bool HasYear(int year) =>
        Dates.Exists(date => date.Year == year)
        || Values.Exists(value => value.Value == year && value.Words.Any(word => word is "year" or "jahr" or "fy"));

    /// <summary>Whether the source has numbers in thousands, millions or billions, so that 5 may be said as 5 million.</summary>
    public bool IsIn(double scale) =>
        Scales.FirstOrDefault(known => known.Scale == scale).Words is { } words
        && words.Any(word => Words.Has(word) || Values.Exists(value => value.Words.Contains(word)));

    /// <summary>Whether the source speaks of a week by its number, or of a day in it.</summary>
    public bool HasWeek(int week) =>
        Dates.Exists(date => date.Week == week)
        || Days.Any(day => Calendar.WeekOf(day).Week == week)
        || Values.Exists(value => value.Value == week && value.Words.Any(word => word is "week" or "kw" or "woche"));

    /// <summary>Reads a source.</summary>
    public static SourceFacts Of(JsonElement source)
    {
        var reader = new SourceReader();
        reader.Read(source);
        return reader.Finish();
    }
}

/// <summary>A number of the source.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Words">The stems of the words of its field's name.</param>
/// <param name="IsPercent">It is written with a percent sign.</param>
internal sealed record SourceValue(double Value, string Place, string[] Words, bool IsPercent)
{
    /// <summary>The stems of the words beside it in a text: what is counted or measured.</summary>
    public string[] Beside { get; init; } = [];
}
