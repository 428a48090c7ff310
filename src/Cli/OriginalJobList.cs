using System.Globalization;
using System.Text;
using System.Text.Json;
using Aios.Jobs;
using Aios.Queue;

namespace Aios.Cli;

/// <summary>
/// Writes the Python original's jobs as a job list. What is missing or makes no sense is written as it is, so that the
/// check of the list names it: a job that is left out without a word would be missed too late.
/// </summary>
internal static class OriginalJobList
{
    /// <summary>The list as YAML.</summary>
    public static string Write(IEnumerable<OriginalJob> jobs, string databasePath)
    {
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"# Taken over by `aios init --from original` from the table scheduled_jobs of {OneLine(Path.GetFileName(databasePath))}.\n");
        yaml.Append("# \"retries\" is one less than there: it counts further attempts, not attempts in all.\n");
        var list = jobs.ToList();
        if (list.Count == 0) yaml.Append("[]\n");
        foreach (var job in list) Append(yaml, job);
        return yaml.ToString();
    }

    private static void Append(StringBuilder yaml, OriginalJob job)
    {
        // The original left fields alone that do not belong to a job's type; in a job list they are mistakes.
        var start = yaml.Length;
        Field("name", Text(job.Name));
        Field("type", Text(job.Type));
        Field("file", Text(job.File));
        Field("function", Text(job.Function));
        Field("time", Text(job.Time));
        Field("after_time", Text(job.AfterTime));
        Field("before_time", Text(job.BeforeTime));
        Field("interval_minutes", Number(job.IntervalMinutes));
        Field("tags", Tags(job.Tags));
        Field("retries", Retries(job.Retries));
        Field("priority", job.Priority is "0" ? null : Number(job.Priority));
        Field("enabled", Enabled(job.Enabled));
        if (yaml.Length == start) yaml.Append("\n- {}\n");

        void Field(string name, string? value)
        {
            if (value is null || !Belongs(name, job.Type)) return;
            yaml.Append(CultureInfo.InvariantCulture, $"{(yaml.Length == start ? "\n- " : "  ")}{name}: {value}\n");
        }
    }

    private static bool Belongs(string field, string? type)
    {
        foreach (var (name, value) in JobTypes.All)
        {
            if (name == type) return JobFields.Find(field)!.BelongsTo(value);
        }

        return true;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : Quoted(text);

    private static string? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : Text(text);

    private static string? Retries(string? attempts) =>
        long.TryParse(attempts, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var inAll)
            ? Math.Max(inAll - 1, 0).ToString(CultureInfo.InvariantCulture)
            : Text(attempts);

    private static string? Enabled(string? value) => value switch
    {
        "1" => null,
        "0" => "false",
        _ => Text(value),
    };

    // What is not a JSON list stays a text: tags with commas between them may be written so, too.
    private static string? Tags(string? json)
    {
        if (string.IsNullOrWhiteSpace(json)) return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Null) return null;
            if (document.RootElement.ValueKind != JsonValueKind.Array) return Text(json);
            var tags = document.RootElement.EnumerateArray().Select(tag => Quoted(tag.ToString())).ToList();
            return tags.Count == 0 ? null : $"[{string.Join(", ", tags)}]";
        }
        catch (JsonException)
        {
            return Text(json);
        }
    }

    private static string Quoted(string text)
    {
        var yaml = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\') yaml.Append('\\').Append((char)rune.Value);
            else if (IsPrintable(rune)) yaml.Append(rune);
            else yaml.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }

        return yaml.Append('"').ToString();
    }

    // Line and paragraph separators would be line breaks in YAML, and a byte order mark its beginning.
    private static bool IsPrintable(Rune rune) => !Rune.IsControl(rune) && rune.Value is not (0x2028 or 0x2029 or 0xFEFF or 0xFFFE or 0xFFFF);

    private static string OneLine(string name) => string.Concat(name.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
