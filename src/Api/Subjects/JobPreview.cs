using System.Text.Json;
using Aios.Control;
using Aios.Jobs;
using Aios.Store;

namespace Aios.Api.Subjects;

/// <summary>When a job of a list that is not in force would run.</summary>
/// <param name="Job">The job.</param>
/// <param name="Schedule">In words; null where no clock starts it.</param>
/// <param name="Occurrences">The next ones.</param>
internal sealed record JobPreview(Job Job, string? Schedule, IReadOnlyList<ComingOccurrence> Occurrences)
{
    // More than anybody looks through while they write.
    private const int MostJobs = 200;

    /// <summary>Those of a list.</summary>
    public static IReadOnlyList<JobPreview> Of(JobList list, IStoreReader reader, int count, DateTimeOffset now)
    {
        var coming = new ComingOccurrences(reader, now);
        var databaseId = reader.DatabaseId();
        return
        [
            .. list
                .Jobs.Take(MostJobs)
                .Select(job => new JobPreview(job, JobSchedules.Of(job, databaseId)?.ToString(), [.. coming.Of(job).Take(count)])),
        ];
    }

    /// <summary>Writes one.</summary>
    public static void Write(Utf8JsonWriter json, JobPreview preview)
    {
        json.WriteStartObject();
        json.WriteString("job_name", preview.Job.Name);
        json.WriteString("type", preview.Job.Schedule.Kind.Name);
        json.WriteText("schedule", preview.Schedule);
        json.WriteArray("at", preview.Occurrences.Select(occurrence => occurrence.At).OfType<DateTimeOffset>(), (writer, at) =>
            writer.WriteStringValue(JsonForms.Iso(at))
        );
        json.WriteText("reason", preview.ReasonForNone());
        json.WriteEndObject();
    }

    private string? ReasonForNone()
    {
        if (Occurrences.Any(occurrence => occurrence.At is not null))
            return null;
        if (Occurrences is [{ Reason: { } reason }, ..])
            return reason;
        if (!Job.Enabled)
            return "it is disabled";
        return Job.Schedule.Kind.When ?? (Schedule is null ? null : "nothing comes as long as it is held");
    }
}
