using System.Globalization;
using System.Text.Json;
using Aios.Health;
using Aios.Jobs;
using Aios.Platform;
using Aios.Store.Audit;
using Aios.Store.Devices;
using Aios.Store.Events;
using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Results;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Control;

/// <summary>
/// The forms that things have in JSON, for programs: names in snake_case as in the database, instants as ISO 8601 in UTC.
/// </summary>
internal static class JsonForms
{
    /// <summary>ISO 8601, UTC, to the microsecond.</summary>
    public static string Iso(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture);

    /// <summary>An array, one element each.</summary>
    public static void WriteArray<T>(this Utf8JsonWriter json, string? name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        foreach (var item in items)
            write(json, item);
        json.WriteEndArray();
    }

    /// <summary>A text or null.</summary>
    public static void WriteText(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
            json.WriteNull(name);
        else
            json.WriteString(name, value);
    }

    /// <summary>A number or null.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    /// <summary>A number or null.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    /// <summary>An instant or null.</summary>
    public static void WriteInstant(this Utf8JsonWriter json, string name, DateTimeOffset? value) =>
        json.WriteText(name, value is { } instant ? Iso(instant) : null);

    /// <summary>A run.</summary>
    /// <param name="json">Where it is written.</param>
    /// <param name="run">The run.</param>
    /// <param name="withResult">False where results were not read, since there are many runs.</param>
    public static void WriteRun(this Utf8JsonWriter json, RunSummary run, bool withResult = true)
    {
        json.WriteStartObject();
        json.WriteNumber("id", run.Id);
        json.WriteNumber("trigger_id", run.TriggerId);
        json.WriteNumberOrNull("flow_id", run.FlowId);
        json.WriteString("job_name", run.JobName);
        json.WriteNumber("attempt", run.Attempt);
        json.WriteString("status", run.Status);
        json.WriteText("reason", run.Reason);
        json.WriteFraction("progress", run.Progress);
        json.WriteText("progress_text", run.ProgressText);
        json.WriteString("device", run.Device);
        json.WriteNumberOrNull("pid", run.Pid);
        json.WriteInstant("started", run.Started);
        json.WriteInstant("ended", run.Ended);
        json.WriteNumberOrNull("exit_code", run.ExitCode);
        json.WriteNumberOrNull("signal", run.Signal);
        if (run.CpuSeconds is { } seconds)
            json.WriteNumber("cpu_seconds", Math.Round(seconds, 6));
        else
            json.WriteNull("cpu_seconds");
        json.WriteNumberOrNull("peak_memory", run.PeakMemory);
        json.WriteNumberOrNull("output_bytes", run.OutputBytes);
        if (withResult)
            json.WriteResult(run.ResultJson);
        json.WriteFile(run.ResultFile);
        json.WriteEndObject();
    }

    // Any program may have written any number.
    private static void WriteFraction(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    /// <summary>Where a result is that is too long for a row.</summary>
    public static void WriteFile(this Utf8JsonWriter json, ResultReference? file)
    {
        json.WritePropertyName("result_file");
        if (file is null)
            json.WriteNullValue();
        else
            file.WriteTo(json);
    }

    private static void WriteResult(this Utf8JsonWriter json, string? result)
    {
        json.WritePropertyName("result");
        json.WriteStored(result);
    }

    /// <summary>
    /// A value that some program wrote, as it stands there; blanks and line breaks would only be in the way. What is not
    /// JSON is told as a text.
    /// </summary>
    public static void WriteStored(this Utf8JsonWriter json, string? value)
    {
        if (value is null)
            json.WriteNullValue();
        else if (TryCompact(value) is { } compact)
            json.WriteRawValue(compact, skipInputValidation: true);
        else
            json.WriteStringValue(value);
    }

    private static string? TryCompact(string json)
    {
        try
        {
            return RawJson.Compact(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Something that was changed.</summary>
    public static void WriteAudit(this Utf8JsonWriter json, AuditRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("id", row.Id);
        json.WriteInstant("at", row.Entry.At);
        json.WriteString("actor", row.Entry.By.Name);
        json.WriteString("origin", row.Entry.By.Origin);
        json.WriteString("action", row.Entry.Action);
        json.WriteText("job_name", row.Entry.JobName);
        json.WriteText("subject", row.Entry.Subject);
        json.WriteAny("before", row.Entry.BeforeJson);
        json.WriteAny("after", row.Entry.AfterJson);
        json.WriteString("hash", row.Hash);
        json.WriteEndObject();
    }

    /// <summary>A value that some program wrote, or null.</summary>
    public static void WriteAny(this Utf8JsonWriter json, string name, string? value)
    {
        json.WritePropertyName(name);
        json.WriteStored(value);
    }

    /// <summary>That a job is held.</summary>
    public static void WriteHold(this Utf8JsonWriter json, string jobName, JobHold hold)
    {
        json.WriteStartObject();
        json.WriteString("job_name", jobName);
        json.WriteString("kind", hold.Word);
        json.WriteInstant("since", hold.Since);
        json.WriteEndObject();
    }

    /// <summary>A trigger.</summary>
    public static void WriteTrigger(this Utf8JsonWriter json, TriggerSummary trigger)
    {
        json.WriteStartObject();
        json.WriteNumber("id", trigger.Id);
        json.WriteNumberOrNull("flow_id", trigger.FlowId);
        json.WriteNumberOrNull("parent_run_id", trigger.ParentRunId);
        json.WriteString("job_name", trigger.JobName);
        json.WriteString("status", trigger.Status);
        json.WriteText("reason", trigger.Reason);
        json.WriteText("note", trigger.Note);
        json.WriteString("source", trigger.Source);
        json.WriteNumber("attempt", trigger.Attempt);
        json.WriteInstant("created", trigger.Created);
        json.WriteInstant("run_at", trigger.RunAt);
        json.WriteInstant("processed", trigger.Processed);
        json.WriteEndObject();
    }

    /// <summary>How many triggers are open, by how they stand, as a member of its own.</summary>
    public static void WriteLine(this Utf8JsonWriter json, QueueFigures line)
    {
        json.WriteStartObject("triggers");
        json.WriteNumber("queued", line.Queued);
        json.WriteNumber("waiting", line.Waiting);
        json.WriteNumber("running", line.Running);
        json.WriteEndObject();
    }

    /// <summary>A daemon that shares the database.</summary>
    public static void WriteDevice(this Utf8JsonWriter json, DeviceSummary device)
    {
        json.WriteStartObject();
        json.WriteString("device", device.Device);
        json.WriteString("status", device.Status);
        json.WriteArray("tags", device.Tags, (writer, tag) => writer.WriteStringValue(tag));
        json.WriteNumber("pid", device.Pid);
        json.WriteString("version", device.Version);
        json.WriteNumber("max_parallel", device.MaxParallel);
        json.WriteInstant("started", device.Started);
        json.WriteInstant("heartbeat", device.Heartbeat);
        json.WriteText("trouble", device.Trouble);
        json.WriteText("engine", device.Engine);
        json.WriteEndObject();
    }

    /// <summary>A line of the log.</summary>
    public static void WriteLogLine(this Utf8JsonWriter json, LogRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("id", row.Id);
        json.WriteInstant("timestamp", row.Line.At);
        json.WriteString("level", row.Line.Level);
        json.WriteString("message", row.Line.Message);
        json.WriteString("device", row.Device);
        json.WriteText("job_name", row.Line.JobName);
        json.WriteNumberOrNull("run_id", row.Line.RunId);
        json.WriteText("stream", row.Line.Stream);
        json.WriteEndObject();
    }

    /// <summary>Something that happened.</summary>
    public static void WriteEvent(this Utf8JsonWriter json, EventRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("id", row.Id);
        json.WriteString("kind", row.Kind);
        json.WriteInstant("at", row.At);
        json.WriteText("job_name", row.JobName);
        json.WriteNumberOrNull("trigger_id", row.TriggerId);
        json.WriteNumberOrNull("run_id", row.RunId);
        json.WriteText("status", row.Status);
        json.WriteText("reason", row.Reason);
        json.WriteText("device", row.Device);
        json.WriteFraction("progress", row.Progress);
        json.WriteText("progress_text", row.ProgressText);
        json.WriteNumberOrNull("flow_id", row.FlowId);
        json.WriteText("step", row.Step);
        json.WriteNumberOrNull("approval_id", row.ApprovalId);
        json.WriteEndObject();
    }

    /// <summary>A job as it stands: not its definition, but what it is, whether it may run, and how its last run went.</summary>
    public static void WriteJob(
        this Utf8JsonWriter json,
        Job job,
        JobHold? hold,
        JobHealth health,
        RunSummary? latest,
        DateTimeOffset? next
    )
    {
        json.WriteStartObject();
        json.WriteJobMembers(job, hold, health, latest, next);
        json.WriteEndObject();
    }

    /// <summary>The same without the braces, for those that have more to say of it.</summary>
    public static void WriteJobMembers(
        this Utf8JsonWriter json,
        Job job,
        JobHold? hold,
        JobHealth health,
        RunSummary? latest,
        DateTimeOffset? next
    )
    {
        json.WriteString("name", job.Name);
        json.WriteString("type", job.Schedule.Kind.Name);
        json.WriteText("description", job.Description);
        json.WriteBoolean("enabled", job.Enabled);
        json.WriteText("held", hold?.Word);
        json.WriteHealth(health);
        json.WriteArray("tags", job.Tags, (writer, tag) => writer.WriteStringValue(tag));
        json.WriteInstant("next", next);
        json.WritePropertyName("last_run");
        if (latest is not null)
            json.WriteRun(latest, withResult: false);
        else
            json.WriteNullValue();
    }

    /// <summary>How well a job is, as a member of its own.</summary>
    public static void WriteHealth(this Utf8JsonWriter json, JobHealth health)
    {
        json.WriteStartObject("health");
        json.WriteString("state", health.Word);
        json.WriteInstant("since", health.Since);
        json.WriteNumber("failures", health.Failures);
        json.WriteText("words", health.Words);
        json.WriteNumberOrNull("run_id", health.RunId);
        json.WriteEndObject();
    }

    /// <summary>When a job will run.</summary>
    public static void WriteOccurrence(this Utf8JsonWriter json, ComingOccurrence occurrence)
    {
        json.WriteStartObject();
        json.WriteString("job_name", occurrence.JobName);
        json.WriteInstant("at", occurrence.At);
        json.WriteText("reason", occurrence.Reason);
        json.WriteEndObject();
    }
}
