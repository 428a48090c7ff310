using System.Text.Json;
using System.Text.RegularExpressions;
using Aios.Models.Verification.Grounding.Scanning;

namespace Aios.Models.Verification.Grounding.Sources;

/// <summary>A table while its rows are found.</summary>
internal sealed class TableDraft(string name, bool isLoose = false)
{
    private const int MostColumns = 64;

    private static readonly Regex DecimalComma = new(@"^[^\d]*\d+(?:[. ]\d{3})*,(?:\d{1,2}|\d{4,})(?!\d)", RegexOptions.CultureInvariant);
    private static readonly Regex DecimalPoint = new(@"^[^\d]*\d+(?:[, ]\d{3})*\.(?:\d{1,2}|\d{4,})(?!\d)", RegexOptions.CultureInvariant);

    private readonly List<Dictionary<string, JsonElement>> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(Dictionary<string, JsonElement> row) => _rows.Add(row);

    /// <summary>The table; null if it has no column.</summary>
    public SourceTable? Finish()
    {
        var names = _rows.SelectMany(row => row.Keys).Distinct(StringComparer.Ordinal).Take(MostColumns).ToList();
        var texts = _rows
            .SelectMany(row => row.Values)
            .Where(value => value.ValueKind == JsonValueKind.String)
            .Select(value => Wire.Json.TextOf(value) ?? "");
        var hasComma = texts.Any(text => DecimalComma.IsMatch(text)) && !texts.Any(text => DecimalPoint.IsMatch(text));
        var columns = names.Select(column => new SourceColumn(column, [.. _rows.Select(row => CellOf(row, column, hasComma))])).ToList();
        return columns.Count == 0 ? null : new SourceTable(name, columns) { IsLoose = isLoose };
    }

    /// <summary>The moment that a number of a field is, counted from 1970; null if it is none.</summary>
    public static DateTime? MomentOf(double value, string[] words)
    {
        if (!words.Any(word => word is "time" or "timestamp" or "ts" or "date" or "at" or "epoch" or "created" or "updated"))
            return null;
        return value is > 1e9 and < 4e9 ? DateTime.UnixEpoch.AddSeconds(value)
            : value is > 1e12 and < 4e12 ? DateTime.UnixEpoch.AddMilliseconds(value)
            : null;
    }

    private static SourceCell? CellOf(Dictionary<string, JsonElement> row, string column, bool hasComma)
    {
        if (!row.TryGetValue(column, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => OfNumber(value, number, column),
            JsonValueKind.String => OfText((Wire.Json.TextOf(value) ?? "").Trim(), hasComma),
            JsonValueKind.True => new SourceCell("true", null, null, null, false),
            JsonValueKind.False => new SourceCell("false", null, null, null, false),
            _ => null,
        };
    }

    private static SourceCell OfNumber(JsonElement value, double number, string column)
    {
        if (MomentOf(number, Words.OfField(column)) is { } moment)
            return new SourceCell(value.GetRawText(), null, DateOnly.FromDateTime(moment), TimeOnly.FromDateTime(moment), false);
        return new SourceCell(value.GetRawText(), number, null, null, false);
    }

    private static SourceCell? OfText(string text, bool hasComma)
    {
        if (text.Length == 0)
            return null;
        var plain = new SourceCell(text, null, null, null, false);
        if (text.Length > 64 || !text.Any(char.IsAsciiDigit))
            return plain;
        var tokens = TextScanner.Scan(text);
        if (tokens is [{ Date: { } date }, ..] && date.Readings[0].Exact is { } day && tokens.Count <= 2)
            return OfDate(plain, day, tokens);
        if (tokens is [{ Time: { Hour: < 24 } time }])
            return plain with { Time = new TimeOnly(time.Hour, time.Minute ?? 0, time.Second ?? 0) };
        var numbers = tokens.Where(token => token.Kind == TokenKind.Number).ToList();
        if (numbers is not [{ Number: { } number }] || tokens.Any(token => token.Kind is not (TokenKind.Number or TokenKind.Word)))
            return plain;
        var isFigure =
            tokens.Count == 1
            || tokens.TrueForAll(token => token.Kind == TokenKind.Number || token.Text.Length <= 4 || Unit.Of(token.Text) is not null);
        if (!isFigure || (tokens[0].Kind == TokenKind.Word && !(tokens[0].Text.Length == 3 && tokens[0].Text.All(char.IsUpper))))
            return plain;
        return plain with { Number = ValueOf(number, hasComma), IsPercent = number.Percent == PercentKind.Percent };
    }

    private static SourceCell OfDate(SourceCell plain, DateOnly day, List<Token> tokens)
    {
        if (tokens.Count == 1)
            return tokens[0].End >= plain.Text.Length - 1 ? plain with { Date = day } : plain;
        return tokens[1].Time is { } time && time.Hour < 24
            ? plain with
            {
                Date = day,
                Time = new TimeOnly(time.Hour, time.Minute ?? 0, time.Second ?? 0),
            }
            : plain;
    }

    private static double ValueOf(Numeral number, bool hasComma)
    {
        var readings = number.Readings;
        var read = readings.Length > 1 && hasComma && readings[0].Step < readings[1].Step ? readings[1] : readings[0];
        if (!hasComma && readings.Length > 1 && readings[0].Step < readings[1].Step)
            read = readings[0];
        return number.Sign < 0 ? -read.Value : read.Value;
    }
}
