using System.Globalization;
using System.Text.Json;
using Aios.Jobs;
using Aios.Jobs.Schedules;
using Aios.Store;
using Aios.Store.Jobs;

namespace Aios.Import;

/// <summary>The table <c>scheduled_jobs</c> of the Python original's database.</summary>
internal sealed class OriginalSource : IJobSource
{
    /// <inheritdoc />
    public string Name => "original";

    /// <inheritdoc />
    public string Description => "the table scheduled_jobs of the Python original's database (default: the home's)";

    /// <inheritdoc />
    public ImportedList Read(ImportRequest request)
    {
        var database = request.Path is { } path ? Databases.At(path) : request.Database;
        var jobs = database.OriginalJobs();
        if (jobs.Count == 0)
            throw new ImportException($"the table scheduled_jobs of {database.Name} is empty, so there is nothing to take over.");
        return new ImportedList($"the table scheduled_jobs of {Path.GetFileName(database.Name)}")
        {
            Head = ["\"retries\" is one less than there: it counts further attempts, not attempts in all."],
            Jobs = [.. jobs.Select(JobOf)],
        };
    }

    // The original left fields alone that do not belong to a job's type; in a job list they are mistakes.
    private static ImportedJob JobOf(OriginalJob original)
    {
        var job = new ImportedJob();
        Add("name", Text(original.Name));
        Add("type", Text(original.Type));
        Add("file", Text(original.File));
        Add("function", Text(original.Function));
        Add("time", Text(original.Time));
        Add("after_time", Text(original.AfterTime));
        Add("before_time", Text(original.BeforeTime));
        Add("interval_minutes", Number(original.IntervalMinutes));
        Add("tags", Tags(original.Tags));
        Add("retries", Retries(original.Retries));
        Add("priority", original.Priority is "0" ? null : Number(original.Priority));
        Add("enabled", Enabled(original.Enabled));
        return job;

        void Add(string field, string? yaml)
        {
            if (yaml is not null && Belongs(field, original.Type))
                job.Yaml(field, yaml);
        }
    }

    private static bool Belongs(string field, string? type)
    {
        var kind = ScheduleKinds.All.FirstOrDefault(kind => kind.Name == type);
        return kind is null || JobFields.Standard.Find(field)!.BelongsTo(kind);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : YamlText.Scalar(text);

    private static string? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : Text(text);

    private static string? Retries(string? attempts) =>
        long.TryParse(attempts, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var inAll)
            ? Math.Max(inAll - 1, 0).ToString(CultureInfo.InvariantCulture)
            : Text(attempts);

    private static string? Enabled(string? value) =>
        value switch
        {
            "1" => null,
            "0" => "false",
            _ => Text(value),
        };

    // What is not a JSON list stays a text: tags with commas between them may be written so, too.
    private static string? Tags(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Null)
                return null;
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return Text(json);
            var tags = document.RootElement.EnumerateArray().Select(tag => tag.ToString()).ToList();
            return tags.Count == 0 ? null : YamlText.List(tags);
        }
        catch (JsonException)
        {
            return Text(json);
        }
    }
}
