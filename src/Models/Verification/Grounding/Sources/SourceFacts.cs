using System.Text.Json;
using Aios.Models.Verification.Grounding.Scanning;

namespace Aios.Models.Verification.Grounding.Sources;

/// <summary>What a source says: its numbers, dates, times, words and tables.</summary>
internal sealed class SourceFacts
{
    private HashSet<string>? _measured;

    public List<SourceValue> Values { get; } = [];

    public List<DateParts> Dates { get; } = [];

    public HashSet<DateOnly> Days { get; } = [];

    public List<WrittenTime> Times { get; } = [];

    public List<SourceTable> Tables { get; } = [];

    public Vocabulary Words { get; } = new();

    /// <summary>Numbers that are part of identifiers.</summary>
    public HashSet<double> IdentifierNumbers { get; } = [];

    /// <summary>How many items the lists and tables have, how many fields the objects, and how many different values the columns.</summary>
    public HashSet<double> Counts { get; } = [];

    /// <summary>What fields with numbers measure: the last words of their names.</summary>
    public HashSet<string> Measured =>
        _measured ??= [
            .. Tables
                .SelectMany(table => table.Measures)
                .Where(column => !column.IsVirtual)
                .Select(column => column.Words.LastOrDefault() ?? ""),
        ];

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
internal sealed record SourceValue(double Value, string Place, string[] Words, bool IsPercent);
