using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aios.Control.Spending;

/// <summary>Reads what a provider says that requests cost: CSV with a heading, or a JSON object on each line.</summary>
internal static class BillFile
{
    /// <summary>What is expected, as the end of a sentence.</summary>
    public const string Expected =
        "CSV with a heading, or a JSON object on each line: the id of each request in request_id (or id), and its cost in US dollars "
        + "in cost (or cost_usd, amount)";

    private static readonly string[] IdNames = ["request_id", "id"];
    private static readonly string[] CostNames = ["cost", "cost_usd", "amount"];

    /// <summary>Reads it.</summary>
    /// <exception cref="BillFileException">It is something else, or a row of it cannot be read.</exception>
    public static IReadOnlyList<BillRow> Read(string text) =>
        text.AsSpan().TrimStart() is ['{', ..] ? [.. ReadLines(text)] : [.. ReadTable(text)];

    private static IEnumerable<BillRow> ReadLines(string text)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            using var parsed = Parse(number, line);
            var fields = FieldsOf(number, parsed.RootElement);
            var ids = IdNames.SelectMany(name => fields[name]).OfType<string>().ToList();
            var cost = CostNames.SelectMany(name => fields[name]).OfType<string>().FirstOrDefault();
            if (ids.Count == 0 || cost is null)
                throw new BillFileException($"line {number}: found no {(ids.Count == 0 ? "id" : "cost")}, expected {Expected}.");
            yield return Row(number, ids, cost);
        }
    }

    private static JsonDocument Parse(int number, string line)
    {
        try
        {
            var parsed = JsonDocument.Parse(line);
            if (parsed.RootElement.ValueKind == JsonValueKind.Object)
                return parsed;
            parsed.Dispose();
        }
        catch (JsonException)
        {
            // Reported below.
        }

        throw new BillFileException($"line {number}: found no JSON object, expected {Expected}.");
    }

    // Half a surrogate is JSON, and no text.
    private static ILookup<string, string?> FieldsOf(int number, JsonElement row)
    {
        try
        {
            return row.EnumerateObject().ToLookup(field => field.Name, ScalarOf, StringComparer.OrdinalIgnoreCase);
        }
        catch (InvalidOperationException)
        {
            throw new BillFileException($"line {number}: found a text with half a character (such as \\ud800), expected {Expected}.");
        }
    }

    private static string? ScalarOf(JsonProperty field) =>
        field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? field.Value.ToString() : null;

    private static IEnumerable<BillRow> ReadTable(string text)
    {
        var rows = CsvReader.Read(text);
        var heading = rows.FirstOrDefault().Fields?.ConvertAll(name => name.Trim()) ?? [];
        var (ids, costs) = (IndexesOf(heading, IdNames), IndexesOf(heading, CostNames));
        if (ids is [] || costs is not [var cost, ..])
        {
            var found = heading.Count == 0 ? "nothing" : $"the columns {string.Join(", ", heading)}";
            throw new BillFileException($"found {found}, expected {Expected}.");
        }

        foreach (var (line, fields) in rows.Skip(1))
        {
            // With a field too many, part of a cost may stand in its column: 1,234.50.
            if (fields.Count != heading.Count)
                throw new BillFileException($"line {line}: found {fields.Count} fields, expected {heading.Count}, as in the heading.");
            yield return Row(line, ids.Select(id => fields[id]), fields[cost]);
        }
    }

    private static List<int> IndexesOf(List<string> heading, string[] names) =>
        [
            .. names
                .Select(name => heading.FindIndex(found => found.Equals(name, StringComparison.OrdinalIgnoreCase)))
                .Where(index => index >= 0),
        ];

    private static BillRow Row(int line, IEnumerable<string> ids, string cost)
    {
        // A cost of 1e-05 is what many programs write.
        if (
            !decimal.TryParse(cost, NumberStyles.Float, CultureInfo.InvariantCulture, out var dollars)
            || CallReconciliation.AmountOf(dollars) is not { } amount
        )
            throw new BillFileException(
                $"line {line}: found the cost \"{cost}\", expected US dollars that are not negative, such as 0.0123."
            );
        return new BillRow(line, [.. ids.Select(id => id.Trim()).Where(id => id.Length > 0)], amount);
    }
}

/// <summary>What a provider says of a request.</summary>
/// <param name="Line">Its place in the file, from 1.</param>
/// <param name="Ids">What the provider calls the request and its answer; none if it does not say.</param>
/// <param name="Amount">What it cost, nanodollars.</param>
internal sealed record BillRow(int Line, IReadOnlyList<string> Ids, long Amount)
{
    /// <summary>The id that tells rows apart; empty if there is none.</summary>
    public string Id => Ids is [var first, ..] ? first : "";
}

/// <summary>A file does not say what requests cost. The message says what was found and expected.</summary>
internal sealed class BillFileException(string message) : Exception(message);

/// <summary>Reads CSV as RFC 4180 has it.</summary>
internal static class CsvReader
{
    /// <summary>The rows with the lines on which they begin, without empty ones.</summary>
    /// <exception cref="BillFileException">A quote does not end.</exception>
    public static List<(int Line, List<string> Fields)> Read(string text)
    {
        var rows = new List<(int, List<string>)>();
        var (fields, field) = (new List<string>(), new StringBuilder());
        var (isQuoted, quote, line, began) = (false, 1, 1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
                line++;
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                field.Append(text[++i]);
            else if (c == '"')
                (isQuoted, quote) = (!isQuoted, line);
            else if (isQuoted || c is not (',' or '\n' or '\r'))
                field.Append(c);
            else if (c == ',')
                End(fields, field);
            else if (c == '\n')
                (fields, began) = (Close(rows, began, fields, field), line);
        }

        if (isQuoted)
            throw new BillFileException($"line {quote}: a quoted field begins and does not end, expected another \".");
        Close(rows, began, fields, field);
        return rows;
    }

    private static void End(List<string> fields, StringBuilder field)
    {
        fields.Add(field.ToString());
        field.Clear();
    }

    private static List<string> Close(List<(int, List<string>)> rows, int began, List<string> fields, StringBuilder field)
    {
        End(fields, field);
        if (fields is not [""])
            rows.Add((began, fields));
        return [];
    }
}
