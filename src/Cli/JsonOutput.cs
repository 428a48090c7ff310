using System.Text.Encodings.Web;
using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;
using Aios.Queue;

namespace Aios.Cli;

/// <summary>Writes JSON for programs: names in snake_case as in the database, instants as ISO 8601 in UTC.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one value and ends the line.</summary>
    public static void Write(TextWriter writer, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options)) write(json);
        writer.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>Writes one value as one line, for programs that read line by line.</summary>
    public static string Line(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options with { Indented = false })) write(json);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>An array, one element each.</summary>
    public static void WriteArray<T>(this Utf8JsonWriter json, string? name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (name is null) json.WriteStartArray();
        else json.WriteStartArray(name);
        foreach (var item in items) write(json, item);
        json.WriteEndArray();
    }

    /// <summary>A text or null.</summary>
    public static void WriteText(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is null) json.WriteNull(name);
        else json.WriteString(name, value);
    }

    /// <summary>A number or null.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    /// <summary>An instant or null.</summary>
    public static void WriteInstant(this Utf8JsonWriter json, string name, DateTimeOffset? value) =>
        json.WriteText(name, value is { } instant ? Words.Iso(instant) : null);

    /// <summary>A run.</summary>
    public static void WriteRun(this Utf8JsonWriter json, RunSummary run)
    {
        json.WriteStartObject();
        json.WriteNumber("id", run.Id);
        json.WriteNumber("trigger_id", run.TriggerId);
        json.WriteString("job_name", run.JobName);
        json.WriteNumber("attempt", run.Attempt);
        json.WriteString("status", run.Status);
        json.WriteText("reason", run.Reason);
        json.WritePropertyName("progress");
        if (run.Progress is { } progress && double.IsFinite(progress)) json.WriteNumberValue(progress);
        else json.WriteNullValue();
        json.WriteText("progress_text", run.ProgressText);
        json.WriteString("device", run.Device);
        json.WriteNumberOrNull("pid", run.Pid);
        json.WriteInstant("started", run.Started);
        json.WriteInstant("ended", run.Ended);
        json.WriteNumberOrNull("exit_code", run.ExitCode);
        json.WriteNumberOrNull("signal", run.Signal);
        if (run.CpuSeconds is { } seconds) json.WriteNumber("cpu_seconds", Math.Round(seconds, 6));
        else json.WriteNull("cpu_seconds");
        json.WriteNumberOrNull("peak_memory", run.PeakMemory);
        json.WriteNumberOrNull("output_bytes", run.OutputBytes);
        json.WritePropertyName("result");
        if (run.ResultJson is null) json.WriteNullValue();
        else json.WriteRawValue(Compact(run.ResultJson));
        json.WriteEndObject();
    }

    // A program may have put line breaks and blanks around and into its result; in here they would only be in the way.
    private static string Compact(string json)
    {
        using var document = JsonDocument.Parse(json, DeepJson.Options);
        return JsonText.Write(document.RootElement.WriteTo);
    }

    /// <summary>That a job is held.</summary>
    public static void WriteHold(this Utf8JsonWriter json, string jobName, Hold hold)
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
}
