using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aios.Control.Spending;

/// <summary>Reads what a provider says that requests did cost: CSV with a heading, or a JSON object on each line.</summary>
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
            var fields = parsed.RootElement.EnumerateObject().ToLookup(field => field.Name, ScalarOf, StringComparer.OrdinalIgnoreCase);
            var id = IdNames.SelectMany(name => fields[name]).FirstOrDefault();
            var cost = CostNames.SelectMany(name => fields[name]).FirstOrDefault();
            if (id is null || cost is null)
                throw new BillFileException($"line {number}: found no {(id is null ? "id" : "cost")}, expected {Expected}.");
            yield return Row(number, id, cost);
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

    private static string? ScalarOf(JsonProperty field) =>
        field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? field.Value.ToString() : null;

    private static IEnumerable<BillRow> ReadTable(string text)
    {
        var rows = CsvReader.Read(text);
        var heading = rows.FirstOrDefault().Fields?.ConvertAll(name => name.Trim()) ?? [];
        var (id, cost) = (IndexOf(heading, IdNames), IndexOf(heading, CostNames));
        if (id < 0 || cost < 0)
        {
            var found = heading.Count == 0 ? "nothing" : $"the columns {string.Join(", ", heading)}";
            throw new BillFileException($"found {found}, expected {Expected}.");
        }

        foreach (var (line, fields) in rows.Skip(1))
        {
            if (fields.Count <= Math.Max(id, cost))
                throw new BillFileException($"line {line}: found {fields.Count} fields, expected {heading.Count}, as in the heading.");
            yield return Row(line, fields[id], fields[cost]);
        }
    }

    private static int IndexOf(List<string> heading, string[] names) =>
        names
            .Select(name => heading.FindIndex(found => found.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(index => index >= 0, -1);

    private static BillRow Row(int line, string id, string cost)
    {
        // A cost of 1e-05 is what many programs write.
        if (
            !decimal.TryParse(cost, NumberStyles.Float, CultureInfo.InvariantCulture, out var dollars)
            || CallReconciliation.AmountOf(dollars) is not { } amount
        )
            throw new BillFileException(
                $"line {line}: found the cost \"{cost}\", expected US dollars that are not negative, such as 0.0123."
            );
        return new BillRow(line, id.Trim(), amount);
    }
}

/// <summary>What a provider says of a request.</summary>
/// <param name="Line">Its place in the file, from 1.</param>
/// <param name="Id">What the provider calls the request or its answer.</param>
/// <param name="Amount">What it cost, nanodollars.</param>
internal sealed record BillRow(int Line, string Id, long Amount);

/// <summary>A file does not say what requests did cost. The message says what was found and expected.</summary>
internal sealed class BillFileException(string message) : Exception(message);

/// <summary>Reads CSV as RFC 4180 has it.</summary>
internal static class CsvReader
{
    /// <summary>The rows with the lines on which they begin, without empty ones.</summary>
    public static List<(int Line, List<string> Fields)> Read(string text)
    {
        var rows = new List<(int, List<string>)>();
        var (fields, field) = (new List<string>(), new StringBuilder());
        var (isQuoted, line, began) = (false, 1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
                line++;
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                field.Append(text[++i]);
            else if (c == '"')
                isQuoted = !isQuoted;
            else if (isQuoted || c is not (',' or '\n' or '\r'))
                field.Append(c);
            else if (c == ',')
                End(fields, field);
            else if (c == '\n')
                (fields, began) = (Close(rows, began, fields, field), line);
        }

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
