using Aios.Models.Verification.Grounding.Scanning;

namespace Aios.Models.Verification.Grounding.Sources;

/// <summary>The values of one field in all rows of a table.</summary>
internal sealed class SourceColumn
{
    private static readonly HashSet<string> PercentWords = new(
        (
            "percent percentage pct rate share ratio margin growth change quote anteil prozent humidity "
            + "satisfaction uptime availability cpu usage "
            + "utilization utilisation coverage discount tax vat load probability confidence conversion churn "
            + "completion progress yield efficiency "
            + "occupancy battery accuracy error feuchte feuchtigkeit rabatt steuer mwst auslastung quota"
        ).Split(' '),
        StringComparer.Ordinal
    );

    private static readonly HashSet<string> KeyWords = new(
        (
            "week kw woche year jahr month monat quarter quartal day tag hour stunde id ids nr no number index idx rank "
            + "floor level line zip plz code ticket"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    // The sales of this week and the orders for each day are amounts.
    private static readonly HashSet<string> NoKeyWords = new(
        ["this", "last", "prev", "previous", "prior", "per", "pro"],
        StringComparer.OrdinalIgnoreCase
    );

    // A floor may be called a level, but a reorder level is an amount.
    private static readonly HashSet<string> AmountWords = new(["level", "line", "ticket", "index"], StringComparer.OrdinalIgnoreCase);

    public SourceColumn(string name, IReadOnlyList<SourceCell?> cells, bool isVirtual = false, Unit? unit = null)
    {
        Name = name;
        Words = Scanning.Words.OfField(name);
        Cells = cells;
        IsVirtual = isVirtual;
        var filled = cells.Where(cell => cell is not null).ToList();
        IsNumeric = filled.Count > 0 && filled.Count(cell => cell!.Number is not null) * 2 > filled.Count;
        IsDate = filled.Count > 0 && filled.Count(cell => cell!.Date is not null) * 2 > filled.Count;
        Unit = unit ?? (IsNumeric ? Unit.OfField(Words) ?? Named(name) : null);
        var numbers = filled.Where(cell => cell!.Number is not null).Select(cell => cell!.Number!.Value).ToList();
        IsPercent = IsNumeric && (filled.Any(cell => cell!.IsPercent) || Words.Any(PercentWords.Contains));
        IsFraction =
            IsNumeric && numbers.TrueForAll(number => Math.Abs(number) <= 1.5) && numbers.Exists(number => number != Math.Round(number));
        IsKey = IsNumeric && numbers.TrueForAll(number => number == Math.Round(number)) && IsKeyName(name);
        IsCents = Words.Any(word => word is "cent" or "ct");
    }

    public string Name { get; }

    /// <summary>The table that it is a field of.</summary>
    public SourceTable? Table { get; set; }

    /// <summary>The stems of the words of its name.</summary>
    public string[] Words { get; }

    public IReadOnlyList<SourceCell?> Cells { get; }

    public bool IsNumeric { get; }

    public bool IsDate { get; }

    /// <summary>It holds times of day.</summary>
    public bool IsTime => Cells.Count(cell => cell is { Time: not null, Date: null }) * 2 > Cells.Count;

    /// <summary>It holds percentages.</summary>
    public bool IsPercent { get; }

    /// <summary>It holds shares of 1.</summary>
    public bool IsFraction { get; }

    /// <summary>Its numbers name something, as weeks and years do.</summary>
    public bool IsKey { get; }

    /// <summary>It holds hundredths of a currency.</summary>
    public bool IsCents { get; }

    /// <summary>It is not in the source, but follows from each of its rows: a duration, an amount.</summary>
    public bool IsVirtual { get; }

    public Unit? Unit { get; }

    /// <summary>Whether it is measured: a number that is more than a name.</summary>
    public bool IsMeasure => IsNumeric && !IsKey;

    /// <summary>Whether numbers of a field with this name are percentages.</summary>
    public static bool IsPercentName(string[] words) => words.Any(PercentWords.Contains);

    /// <summary>Whether numbers of a field with this name name something.</summary>
    public static bool IsKeyName(string name) =>
        Scanning.Words.Split(name) is [.., var last] words
        && KeyWords.Contains(last)
        && !words.Exists(NoKeyWords.Contains)
        && (words.Count == 1 || !AmountWords.Contains(last));

    /// <summary>Whether a passage names this field.</summary>
    public bool IsNamedBy(Passage passage) =>
        Words.Any(word =>
            word.Length > 2
            && (passage.NearWords.Contains(word) || (word.Length > 3 && passage.NearWords.Any(said => IsFormOf(said, word))))
        )
        || (Calendar.Weekday(Name) is { } day && passage.Tokens.Any(token => Calendar.Weekday(token.Text) == day))
        || (Name.Length is 2 or 3 or 4 && passage.Initials.Contains(Name.ToLowerInvariant()));

    /// <summary>Whether one word is a form of another: passed of pass, enrolment of enrolled.</summary>
    public static bool IsFormOf(string said, string word)
    {
        var shorter = Math.Min(said.Length, word.Length);
        return shorter > 3
            && Math.Abs(said.Length - word.Length) <= 4
            && said.AsSpan(0, Math.Max(4, shorter - 2)).SequenceEqual(word.AsSpan(0, Math.Max(4, shorter - 2)));
    }

    // A whole name such as "seconds" is a unit too.
    private static Unit? Named(string name) => name.Length > 1 ? Unit.Of(name.ToLowerInvariant()) : null;
}

/// <summary>One value of a table.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Number">The number that it is.</param>
/// <param name="Date">The day that it is.</param>
/// <param name="Time">The time of that day.</param>
/// <param name="IsPercent">It is written with a percent sign.</param>
internal sealed record SourceCell(string Text, double? Number, DateOnly? Date, TimeOnly? Time, bool IsPercent)
{
    /// <summary>The moment that it is; null if it names no time of day.</summary>
    public DateTime? Moment => Date is { } date && Time is { } time ? date.ToDateTime(time) : null;
}
